// The free check, against servers whose list of models is open, closed, missing or no list.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checkEndpoint } from '../../../../src/request/send/checkEndpoint.ts';
import { makeFastClock } from '../../systemClock.ts';
import { answerJson, connectionTo, failureFrom, KEY, listen, never, serve, spoken, transport } from '../loopback.ts';
import { createServer as createTcpServer } from 'node:net';
import type { IncomingMessage, ServerResponse } from 'node:http';

const LIST = { object: 'list', data: [{ id: 'qwen-image-max' }] };
type Answer = (response: ServerResponse, request: IncomingMessage) => unknown;
const list: Answer = (response) => answerJson(response, 200, LIST);
const page: Answer = (response) => response.writeHead(200, { 'content-type': 'text/html' }).end('<html>hello</html>');
const status = (code: number): Answer => (response) => answerJson(response, code, { error: { message: 'no' } });

const SERVERS: readonly (readonly [name: string, without: Answer, withKey: Answer, result: string, noKey: string])[] = [
  ['closed, and the key opens it', status(401), list, 'fine', 'keyRefused'],
  ['closed with 403, and the key opens it', status(403), list, 'fine', 'keyRefused'],
  ['closed, and a bare array behind the key', status(401), (response) => answerJson(response, 200, []), 'fine', 'keyRefused'],
  ['closed to everybody', status(401), status(401), 'keyRefused', 'keyRefused'],
  ['closed, and the key not allowed', status(401), status(403), 'keyRefused', 'keyRefused'],
  ['open to everybody', list, list, 'unknown', 'fine'],
  ['open, and a wrong key refused', list, status(401), 'unknown', 'fine'],
  ['missing', status(404), status(404), 'unknown', 'unknown'],
  ['missing once the key is there', status(401), status(404), 'unknown', 'keyRefused'],
  ['a page', page, page, 'unknown', 'unknown'],
  ['a page behind the key', status(401), page, 'unknown', 'keyRefused'],
  ['JSON that is no list', status(401), (response) => answerJson(response, 200, { code: 401, msg: 'no' }), 'unknown', 'keyRefused'],
  ['broken', status(500), status(500), 'unknown', 'unknown'],
  ['a redirect to a sign-in', (response) => response.writeHead(302, { location: '/login' }).end(), list, 'unknown', 'unknown'],
  ['a list without end', status(401), (response) => response.end('[' + '1,'.repeat(5_000_000)), 'unknown', 'keyRefused'],
  ['a list cut short', status(401), (response) => (response.writeHead(200, { 'content-length': 99 }).write('{"data"'), setTimeout(() => response.destroy(), 5)), 'unknown', 'keyRefused'],
];
for (const [name, without, withKey, result, noKey] of SERVERS) {
  test(`models ${name}: ${result}`, async () => {
    const seen: string[] = [];
    await using server = await serve((request, response) => {
      seen.push(`${request.method} ${request.url} ${request.headers.authorization ?? ''}`);
      (request.headers.authorization === undefined ? without : withKey)(response, request);
    });
    assert.equal(await checkEndpoint(connectionTo(`${server.origin}/v1`), transport, never), result);
    assert.equal(seen[0], 'GET /v1/models ');
    assert.ok(seen.length === 1 || (seen.length === 2 && seen[1] === `GET /v1/models Bearer ${KEY}`));
    assert.equal(await checkEndpoint({ ...connectionTo(`${server.origin}/v1`), key: undefined }, transport, never), noKey);
    await server.quiet();
  });
}

test('a key that may not travel is not shown', async () => {
  const seen: unknown[] = [];
  await using server = await serve((request, response) => (seen.push(request.headers.authorization), void status(401)(response, request)));
  const connection = connectionTo(server.origin);
  assert.equal(await checkEndpoint({ ...connection, endpoint: { ...connection.endpoint, isLoopback: false } }, transport, never), 'unknown');
  assert.deepEqual(seen, [undefined]);
});

test('what cannot be reached, does not answer, or is called off is a failure that cost nothing', async () => {
  const gone = await listen(createTcpServer());
  await gone.close();
  const unreachable = await failureFrom(checkEndpoint(connectionTo(gone.origin), transport, never));
  assert.deepEqual([unreachable.reason, unreachable.billed], ['unreachable', 'no']);
  for (const start of ['', 'HTTP/1.1 200 OK\r\n\r\n[']) {
    await using silent = await listen(createTcpServer((socket) => socket.once('data', () => socket.write(start))));
    const clock = makeFastClock(200);
    const late = await failureFrom(checkEndpoint(connectionTo(silent.origin), { ...transport, clock }, never));
    assert.deepEqual([late.reason, late.billed, clock.openTimers()], ['timedOut', 'no', 0]);
    await silent.quiet();
    const controller = new AbortController();
    setTimeout(() => controller.abort(), 20);
    const cancelled = await failureFrom(checkEndpoint(connectionTo(silent.origin), transport, controller.signal));
    assert.deepEqual([cancelled.reason, cancelled.billed], ['cancelled', 'no']);
    await silent.quiet();
  }
});

test('an error that echoes the key says nothing of it', async () => {
  await using server = await serve((request, response) => void response.writeHead(401, { 'x-echo': request.headers.authorization ?? '' }).destroy());
  assert.ok(!spoken(await failureFrom(checkEndpoint(connectionTo(server.origin), transport, never))).includes(KEY));
});
