// One POST over real sockets: what is sent, every way it can be cut off, and that nothing stays open.
import assert from 'node:assert/strict';
import { getEventListeners } from 'node:events';
import { test } from 'node:test';
import { createServer as createTcpServer, type Socket } from 'node:net';
import { gzipSync } from 'node:zlib';
import { requestImages, type Connection } from '../../../../src/request/send/client.ts';
import { makeFastClock } from '../../systemClock.ts';
import { answerJson, connectionTo, failureFrom, KEY, listen, never, readText, REQUEST, serve, serveRaw, transport } from '../loopback.ts';

const ANSWER = { created: 1, data: [{ url: 'https://images.example.com/a.png?sig=1', b64_json: '' }] };
const send = (connection: Connection, signal: AbortSignal = never): ReturnType<typeof requestImages> => requestImages(REQUEST, connection, transport, { signal });

test('the POST carries the six fields, the key and nothing that tells of other servers', async () => {
  let seen: unknown;
  await using server = await serve((request, response) => {
    void readText(request).then((text) => {
      seen = { method: request.method, url: request.url, body: JSON.parse(text) as unknown, headers: request.headers };
      answerJson(response, 200, ANSWER);
    });
  });
  const answer = await send(connectionTo(`${server.origin}/v1`));
  assert.deepEqual(answer, { items: [{ kind: 'url', url: ANSWER.data[0]!.url }] });
  const { headers, ...rest } = seen as { headers: Record<string, string> };
  assert.deepEqual(rest, { method: 'POST', url: '/v1/images/generations', body: { model: 'qwen-image-max', prompt: 'a cat', size: '1328x1328', n: 1, watermark: false, prompt_extend: true } });
  assert.equal(headers['authorization'], `Bearer ${KEY}`);
  assert.equal(headers['content-type'], 'application/json');
  assert.equal(headers['accept-encoding'], 'identity');
  assert.deepEqual([headers['referer'], headers['cookie'], headers['origin']], [undefined, undefined, undefined]);
  await server.quiet();
});

test('no Authorization header without a key, nor to another machine over plain http', async () => {
  const headers: unknown[] = [];
  await using server = await serve((request, response) => {
    headers.push(request.headers.authorization);
    answerJson(response, 200, ANSWER);
  });
  const connection = connectionTo(server.origin);
  await send({ ...connection, key: undefined });
  await send({ ...connection, endpoint: { ...connection.endpoint, isLoopback: false } });
  assert.deepEqual(headers, [undefined, undefined]);
});

test('a key that no header can hold is refused before anything is sent, and not repeated', async () => {
  let requests = 0;
  await using server = await serve((_, response) => (requests++, answerJson(response, 200, ANSWER)));
  for (const key of ['sk-a\nX-Evil: 1', 'sk-密钥', 'sk a', '']) {
    const failure = await failureFrom(send(connectionTo(server.origin, { key })));
    assert.equal(failure.reason, 'keyRefused');
    assert.equal(JSON.stringify(failure.facts).includes('sk'), false);
  }
  assert.equal(requests, 0);
});

test('an endpoint is reached over IPv6', async (t) => {
  const server = await serve((_, response) => answerJson(response, 200, ANSWER), '::1').catch(() => undefined);
  if (!server) return t.skip('this machine has no IPv6');
  assert.equal((await send(connectionTo(server.origin))).items.length, 1);
  await server.close();
});

test('an answer is read whatever the transport does to it: packed, in tiny chunks, with trailers, without a length', async () => {
  const json = JSON.stringify(ANSWER);
  const head = 'HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n';
  const chunks = [...json].map((char) => `1\r\n${char}\r\n`).join('');
  const packed = gzipSync(json);
  for (const raw of [
    `${head}Content-Length: ${json.length}\r\n\r\n${json}`,
    `${head}Transfer-Encoding: chunked\r\n\r\n${chunks}0\r\n\r\n`,
    `${head}Transfer-Encoding: chunked\r\n\r\n${chunks}0\r\nX-Trailer: 1\r\n\r\n`,
    `${head}Connection: close\r\n\r\n${json}`,
    Buffer.concat([Buffer.from(`${head}Content-Encoding: gzip\r\nContent-Length: ${packed.length}\r\n\r\n`), packed]),
  ]) {
    await using server = await serveRaw(raw);
    assert.equal((await send(connectionTo(server.origin))).items.length, 1, String(raw).slice(0, 120));
  }
});

test('whitespace sent to keep the connection alive is no answer yet', async () => {
  await using server = await serve((_, response) => {
    response.writeHead(200);
    response.write('\n\n  ');
    setTimeout(() => response.end(JSON.stringify(ANSWER)), 30);
  });
  assert.equal((await send(connectionTo(server.origin))).items.length, 1);
});

test('a redirect is refused, whatever it points at, and names only where', async () => {
  for (const location of ['/elsewhere', 'https://evil.example/x?key=1', 'file:///etc/passwd', 'foreign://host/x', 'http://[', '']) {
    let requests = 0;
    await using server = await serve((_, response) => (requests++, response.writeHead(307, { location }).end()));
    const failure = await failureFrom(send(connectionTo(server.origin)));
    assert.deepEqual([failure.reason, failure.facts.status, failure.billed, requests], ['redirectRefused', 307, 'no', 1]);
    assert.equal(failure.facts.redirectedTo, location.startsWith('https') ? 'https://evil.example' : location === '/elsewhere' || location === '' ? server.origin : undefined);
  }
});

const PACKED = gzipSync('{"data":[').subarray(0, 15);
type Phase = readonly [name: string, answer: (socket: Socket) => void];
const PHASES: readonly Phase[] = [
  ['before the headers', () => undefined],
  ['in the headers', (socket) => socket.write('HTTP/1.1 200 OK\r\nContent-')],
  ['before the body', (socket) => socket.write('HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\n')],
  ['in the body', (socket) => socket.write('HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\n{"data"')],
  ['in a chunked body', (socket) => socket.write('HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n7\r\n{"data"\r\n')],
  ['in a packed body', (socket) => socket.write(Buffer.concat([Buffer.from('HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 5000\r\n\r\n'), PACKED]))],
  ['in the body of an error', (socket) => socket.write('HTTP/1.1 500 No\r\nContent-Length: 5000\r\n\r\n{"error"')],
];

for (const [name, answer] of PHASES) {
  test(`cancel ${name}: the server sees the socket close`, async () => {
    const clock = makeFastClock(1);
    const controller = new AbortController();
    await using server = await listen(
      createTcpServer((socket) => socket.once('data', () => (answer(socket), setTimeout(() => controller.abort(), 30)))),
    );
    const failure = await failureFrom(requestImages(REQUEST, connectionTo(server.origin), { ...transport, clock }, { signal: controller.signal }));
    assert.deepEqual([failure.reason, failure.billed], ['cancelled', 'maybe']);
    await server.quiet();
    assert.equal(clock.openTimers(), 0);
  });

  test(`the deadline ${name}: one reason, and the socket closes`, async () => {
    const clock = makeFastClock(1);
    await using server = await listen(createTcpServer((socket) => socket.once('data', () => answer(socket))));
    const connection = connectionTo(server.origin, { timeoutMs: name.endsWith('error') ? 2000 : 100 });
    const failure = await failureFrom(requestImages(REQUEST, connection, { ...transport, clock }, { signal: never }));
    // An error's status is known by then, and says more than the time-out of its body.
    assert.equal(failure.reason, name.endsWith('error') ? 'serviceFailed' : 'timedOut');
    assert.equal(failure.billed, 'maybe');
    await server.quiet();
    assert.equal(clock.openTimers(), 0);
  });

  test(`a connection that ends ${name} may have been billed`, async () => {
    for (const end of ['end', 'resetAndDestroy'] as const) {
      await using server = await listen(createTcpServer((socket) => socket.once('data', () => (answer(socket), setTimeout(() => socket[end](), 20)))));
      const failure = await failureFrom(send(connectionTo(server.origin)));
      const expected = name.endsWith('error') ? ['serviceFailed'] : name.includes('packed') ? ['connectionLost', 'answerUnreadable'] : ['connectionLost'];
      assert.ok(expected.includes(failure.reason), failure.reason);
      assert.equal(failure.billed, 'maybe');
      assert.equal(failure.facts.unsent, undefined);
    }
  });
}

test('cancel before sending costs nothing and opens nothing', async () => {
  let connections = 0;
  await using server = await listen(createTcpServer(() => connections++));
  const failure = await failureFrom(send(connectionTo(server.origin), AbortSignal.abort()));
  assert.deepEqual([failure.reason, failure.billed, connections], ['cancelled', 'no', 0]);
});

test('a slow drip ends at the deadline, however often a byte comes', async () => {
  await using server = await serve((_, response) => {
    response.writeHead(200);
    const timer = setInterval(() => response.write(' '), 5);
    response.on('close', () => clearInterval(timer));
  });
  const failure = await failureFrom(send(connectionTo(server.origin, { timeoutMs: 150 })));
  assert.equal(failure.reason, 'timedOut');
  await server.quiet();
});

test('a body over 128 MiB is refused while it is read, and when it is announced', async () => {
  let sent = 0;
  await using endless = await serve((_, response) => {
    const chunk = Buffer.alloc(1024 * 1024, 0x20);
    const more = (): void => {
      while (!response.destroyed && (sent += chunk.length) && response.write(chunk));
    };
    response.on('drain', more);
    more();
  });
  assert.equal((await failureFrom(send(connectionTo(endless.origin)))).reason, 'answerTooLarge');
  await endless.quiet();
  assert.ok(sent < 200 * 1024 * 1024, `${sent} bytes were sent`);
  await using announced = await serveRaw('HTTP/1.1 200 OK\r\nContent-Length: 134217729\r\n\r\n ', () => undefined);
  assert.equal((await failureFrom(send(connectionTo(announced.origin)))).reason, 'answerTooLarge');
});

test('a gzip bomb is refused while it is unpacked, and leaves no memory behind', async () => {
  const bomb = gzipSync(Buffer.alloc(160 * 1024 * 1024, 0x20), { level: 1 });
  await using server = await serve((_, response) => response.writeHead(200, { 'content-encoding': 'gzip' }).end(bomb));
  assert.equal((await failureFrom(send(connectionTo(server.origin)))).reason, 'answerTooLarge');
  await server.quiet();
});

test('deep JSON and large JSON end in answerUnreadable', async () => {
  const bodies = ['['.repeat(100_000) + ']'.repeat(100_000), '{"data":'.repeat(100_000) + '1' + '}'.repeat(100_000), '['.repeat(5_000_000), `[${'"a",'.repeat(2_000_000)}1]`];
  for (const [index, body] of bodies.entries()) {
    await using server = await serve((_, response) => response.end(body));
    const failure = await failureFrom(send(connectionTo(server.origin)));
    assert.ok(['answerUnreadable', 'noImageInAnswer'].includes(failure.reason), `${index}: ${failure.reason}`);
  }
  await using server = await serve((_, response) => response.writeHead(400).end('{"error":'.repeat(25_000) + '1' + '}'.repeat(25_000)));
  assert.equal((await failureFrom(send(connectionTo(server.origin)))).reason, 'requestRefused');
});

test('an image of 6 MB in base64 arrives whole, over a slow line', async () => {
  const image = Buffer.alloc(6_000_000);
  for (let at = 0; at < image.length; at++) image[at] = (at * 31) ^ (at >> 8);
  const body = JSON.stringify({ revised_prompt: '一只猫', data: [{ b64_json: image.toString('base64') }] });
  await using server = await serve((_, response) => {
    for (let at = 0; at < body.length; at += 500_000) response.write(body.slice(at, at + 500_000));
    response.end();
  });
  const [item] = (await send(connectionTo(server.origin))).items;
  assert.ok(item?.kind === 'bytes' && image.equals(item.bytes));
  assert.equal(item.revisedPrompt, '一只猫');
});

test('bytes after the announced end are no part of the answer', async () => {
  const json = JSON.stringify(ANSWER);
  await using server = await serveRaw(`HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: ${json.length}\r\n\r\n${json}HTTP/1.1 200 OK\r\n\r\n`);
  const end = await send(connectionTo(server.origin)).catch((error: unknown) => error);
  assert.ok('items' in (end as object) || (end as { reason: string }).reason === 'connectionLost');
});

test('a body that is not packed as its header says is unreadable', async () => {
  for (const encoding of ['gzip', 'br', 'deflate']) {
    await using server = await serve((_, response) => response.writeHead(200, { 'content-encoding': encoding }).end('\xff\xff\xff plain text'));
    assert.equal((await failureFrom(send(connectionTo(server.origin)))).reason, 'answerUnreadable', encoding);
  }
});

test('what is no HTTP is a lost connection', async () => {
  for (const raw of ['hello\r\n\r\n', '\0'.repeat(100), `HTTP/1.1 200 OK\r\n${'X: y\r\n'.repeat(20_000)}\r\n`]) {
    await using server = await serveRaw(raw);
    assert.equal((await failureFrom(send(connectionTo(server.origin)))).reason, 'connectionLost');
  }
});

test('three hundred requests, a third of them cancelled, leave no socket, timer or listener', async () => {
  const clock = makeFastClock(1);
  await using server = await serve((request, response) => void (Number(request.socket.remotePort) % 2 ? answerJson(response, 200, ANSWER) : setTimeout(() => answerJson(response, 500, '{}'), 2)));
  const signals: AbortSignal[] = [];
  for (let round = 0; round < 15; round++) {
    await Promise.all(
      Array.from({ length: 20 }, async (_, index) => {
        const controller = new AbortController();
        signals.push(controller.signal);
        if (index % 3 === 0) setTimeout(() => controller.abort(), index / 4);
        await requestImages(REQUEST, connectionTo(server.origin), { ...transport, clock }, { signal: controller.signal }).catch(() => undefined);
      }),
    );
  }
  await server.quiet();
  assert.equal(clock.openTimers(), 0);
  assert.equal(signals.flatMap((signal) => getEventListeners(signal, 'abort')).length, 0);
});
