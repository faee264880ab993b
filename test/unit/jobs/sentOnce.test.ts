// Breaks real connections at every moment: a request that anybody may have read is sent once, and told as charged perhaps.
import assert from 'node:assert/strict';
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { ClientRequest } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { connect, createServer as createTcpServer, type Socket } from 'node:net';
import { test, type TestContext } from 'node:test';
import { getCACertificates, setDefaultCACertificates, type SecureVersion } from 'node:tls';
import { createService } from '../../../src/jobs/service.ts';
import { CERTIFICATE, CERTIFICATE_KEY } from '../../endpoint/certificate.ts';
import { connectionTo, listen, serve, transport } from '../request/loopback.ts';
import { expectPhase, makeRequest, makeWorkbench, until } from './workbench.ts';

setDefaultCACertificates([...getCACertificates('default'), CERTIFICATE]);

/** Asks for one image there and waits, also for what would be sent again, until the job has ended. */
async function askOnce(test: TestContext, origin: string): Promise<{ reason: string; billed: string }> {
  const bench = makeWorkbench(test, { service: createService(transport), connectionFor: () => Promise.resolve(connectionTo(origin)) });
  const job = bench.queue.add(makeRequest(), 'person');
  await until(() => {
    if (job.state.phase === 'waiting') bench.clock.pass(60_000);
    return job.state.phase === 'failed';
  });
  bench.clock.pass(3_600_000);
  const { failure } = expectPhase(job, 'failed');
  return { reason: failure.reason, billed: failure.billed };
}

/** A server that takes requests over TLS and never answers; before it, a line on which a test can say what it likes. */
async function tapLine(maxVersion: SecureVersion, onRequest: (line: Socket) => void): Promise<{ origin: string; posts: () => number; close: () => Promise<void> }> {
  let posts = 0;
  const lines = new Map<number, Socket>();
  const inner = await listen(
    createTlsServer({ cert: CERTIFICATE, key: CERTIFICATE_KEY, maxVersion }, (request) => {
      posts++;
      request.resume().on('end', () => onRequest(lines.get(request.socket.remotePort ?? 0)!));
    }),
  );
  const outer = await listen(
    createTcpServer((line) => {
      const onward = connect(inner.port, '127.0.0.1', () => lines.set(onward.localPort ?? 0, line));
      onward.on('error', () => undefined);
      line.pipe(onward).pipe(line);
    }),
  );
  return { origin: `https://localhost:${outer.port}`, posts: () => posts, close: async () => void (await outer.close(), await inner.close()) };
}

const VERSIONS: readonly SecureVersion[] = ['TLSv1.2', 'TLSv1.3'];
const INJECTED: readonly (readonly [string, (line: Socket) => void])[] = [
  ['plain HTTP', (line) => line.write('HTTP/1.1 400 Bad Request\r\n\r\n')],
  ['zeros', (line) => line.write(Buffer.alloc(64))],
  ['a TLS alert', (line) => line.write(Buffer.from([0x15, 3, 3, 0, 2, 2, 40]))],
  ['a record that is too long', (line) => line.write(Buffer.from([0x17, 3, 3, 0xff, 0xff, 1, 2, 3]))],
  ['an old version', (line) => line.write(Buffer.from([0x16, 2, 0, 0, 4, 1, 0, 0, 0]))],
  ['a reset', (line) => line.resetAndDestroy()],
  ['an end', (line) => line.end()],
];
for (const version of VERSIONS) {
  for (const [name, inject] of INJECTED) {
    test(`${name}, injected into ${version} after the request was read: one POST, which may have been charged`, async (t) => {
      const line = await tapLine(version, inject);
      t.after(line.close);
      const end = await askOnce(t, line.origin);
      assert.deepEqual([end, line.posts()], [{ reason: 'connectionLost', billed: 'maybe' }, 1]);
    });
  }
}

for (const [code, syscall] of [['EHOSTUNREACH', 'read'], ['ENETDOWN', 'read'], ['ENETUNREACH', 'write'], ['EADDRNOTAVAIL', 'read'], ['ETIMEDOUT', 'read'], ['ECONNREFUSED', 'read']] as const) {
  test(`a network that goes to sleep under an open socket (${syscall} ${code}): one POST, which may have been charged`, async (t) => {
    const requests: ClientRequest[] = [];
    const note = (message: unknown): void => void requests.push((message as { request: ClientRequest }).request);
    subscribe('http.client.request.created', note);
    t.after(() => unsubscribe('http.client.request.created', note));
    let posts = 0;
    await using server = await serve((request) => {
      posts++;
      request.resume().on('end', () => requests.at(-1)?.socket?.destroy(Object.assign(new Error(`${syscall} ${code}`), { code, syscall })));
    });
    const end = await askOnce(t, server.origin);
    assert.deepEqual([end, posts], [{ reason: 'connectionLost', billed: 'maybe' }, 1]);
  });
}

test('a handshake that breaks, whatever breaks it, is tried again twice: nothing was sent', async (t) => {
  for (const answer of [
    (line: Socket) => line.write('HTTP/1.1 400 Bad Request\r\n\r\n'),
    (line: Socket) => line.write(Buffer.from([0x15, 3, 3, 0, 2, 2, 40])),
    (line: Socket) => line.resetAndDestroy(),
    (line: Socket) => line.end(),
  ]) {
    const heard: Buffer[] = [];
    let lines = 0;
    await using server = await listen(createTcpServer((line) => (lines++, line.once('data', (data) => (heard.push(data), answer(line))))));
    const end = await askOnce(t, `https://localhost:${server.port}`);
    assert.deepEqual([end, lines], [{ reason: 'unreachable', billed: 'no' }, 3]);
    assert.equal(Buffer.concat(heard).includes('Bearer'), false);
  }
});
