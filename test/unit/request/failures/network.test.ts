// Errors of the network: which of them mean that nothing was sent.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer as createTlsServer } from 'node:https';
import { createServer as createTcpServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { requestImages } from '../../../../src/request/send/client.ts';
import type { FailureReason } from '../../../../src/request/failures/failure.ts';
import { networkFailure } from '../../../../src/request/failures/networkFailure.ts';
import { connectionTo, failureFrom, listen, never, REQUEST, transport } from '../loopback.ts';

const make = (fields: object): Error => Object.assign(new Error('request to https://h.example/a?sig=SECRET failed'), fields);
const ERRORS: readonly (readonly [name: string, error: unknown, reason: FailureReason, unsent: boolean])[] = [
  ...['ENOTFOUND', 'EAI_AGAIN', 'ECONNREFUSED', 'EHOSTUNREACH', 'ENETUNREACH'].map((code) => [code, make({ code }), 'unreachable', true] as const),
  ['ETIMEDOUT of connect', make({ code: 'ETIMEDOUT', syscall: 'connect' }), 'unreachable', true],
  ['ECONNRESET of connect', make({ code: 'ECONNRESET', syscall: 'connect' }), 'unreachable', true],
  ['ETIMEDOUT of read', make({ code: 'ETIMEDOUT', syscall: 'read' }), 'connectionLost', false],
  ['ETIMEDOUT of nobody knows', make({ code: 'ETIMEDOUT' }), 'connectionLost', false],
  ['ECONNRESET', make({ code: 'ECONNRESET', syscall: 'read' }), 'connectionLost', false],
  ['socket hang up', Object.assign(new Error('socket hang up'), { code: 'ECONNRESET' }), 'connectionLost', false],
  ['EPIPE', make({ code: 'EPIPE', syscall: 'write' }), 'connectionLost', false],
  ['premature close', make({ code: 'ERR_STREAM_PREMATURE_CLOSE' }), 'connectionLost', false],
  ['reset before TLS', Object.assign(new Error('Client network socket disconnected before secure TLS connection was established'), { code: 'ECONNRESET' }), 'unreachable', true],
  ['no TLS there', make({ code: 'ERR_SSL_WRONG_VERSION_NUMBER' }), 'unreachable', true],
  ['no TLS there, as EPROTO', Object.assign(new Error('write EPROTO 40:error:0A00010B:SSL routines:ssl3_get_record:wrong version number:../x.c:5:'), { code: 'EPROTO', syscall: 'write' }), 'unreachable', true],
  ['a TLS error later on', make({ code: 'ERR_SSL_DECRYPTION_FAILED_OR_BAD_RECORD_MAC' }), 'connectionLost', false],
  ...['DEPTH_ZERO_SELF_SIGNED_CERT', 'SELF_SIGNED_CERT_IN_CHAIN', 'UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'UNABLE_TO_GET_ISSUER_CERT_LOCALLY', 'CERT_HAS_EXPIRED', 'CERT_NOT_YET_VALID', 'CERT_REVOKED', 'ERR_TLS_CERT_ALTNAME_INVALID', 'HOSTNAME_MISMATCH'].map(
    (code) => [code, make({ code }), 'certificateRefused', true] as const,
  ),
  ['a cause', make({ cause: make({ code: 'ECONNREFUSED' }) }), 'unreachable', true],
  ['happy eyeballs, none opened', new AggregateError([make({ code: 'ECONNREFUSED' }), make({ code: 'ENETUNREACH' })]), 'unreachable', true],
  ['happy eyeballs, with a code of its own', Object.assign(new AggregateError([make({ code: 'ETIMEDOUT', syscall: 'connect' }), make({ code: 'ECONNREFUSED' })]), { code: 'ETIMEDOUT' }), 'unreachable', true],
  ['happy eyeballs, one opened', new AggregateError([make({ code: 'ECONNREFUSED' }), make({ code: 'ECONNRESET', syscall: 'read' })]), 'connectionLost', false],
  ['unpacking', make({ code: 'Z_DATA_ERROR' }), 'answerUnreadable', false],
  ['a text', 'SECRET', 'connectionLost', false],
  ['nothing', undefined, 'connectionLost', false],
  ['a code that is none', make({ code: 'x y SECRET' }), 'connectionLost', false],
];
for (const [name, error, reason, unsent] of ERRORS) {
  test(`${name} is ${reason}`, () => {
    const failure = networkFailure(error);
    assert.deepEqual([failure.reason, failure.facts.unsent ?? false], [reason, unsent]);
    assert.equal(failure.billed, unsent ? 'no' : 'maybe');
    const cause = failure.cause as Error;
    assert.ok(!`${failure.message}${cause.message}${cause.stack}${JSON.stringify(failure.facts)}`.includes('SECRET'));
  });
}

test('a port where nobody listens is unreachable, by name and by address', async () => {
  const server = await listen(createTcpServer());
  await server.close();
  for (const origin of [`http://127.0.0.1:${server.port}`, `http://localhost:${server.port}`, `https://localhost:${server.port}`, `http://[::1]:${server.port}`]) {
    const failure = await failureFrom(requestImages(REQUEST, connectionTo(origin), transport, { signal: never }));
    assert.deepEqual([failure.reason, failure.facts.unsent], ['unreachable', true], origin);
    assert.ok(failure.cause instanceof Error && failure.cause.message.startsWith('E'));
  }
});

test('a name that no server has is unreachable', async () => {
  const failure = await failureFrom(requestImages(REQUEST, connectionTo('https://nobody.invalid'), transport, { signal: never }));
  assert.deepEqual([failure.reason, failure.facts.unsent], ['unreachable', true]);
});

test('https to a server that speaks none, or hangs up, is unreachable: the key was not sent', async () => {
  const heard: Buffer[] = [];
  for (const end of [(): string => 'HTTP/1.1 400 Bad Request\r\n\r\n', (): undefined => undefined]) {
    await using server = await listen(createTcpServer((socket) => socket.once('data', (data) => (heard.push(data), socket.end(end() ?? '')))));
    const failure = await failureFrom(requestImages(REQUEST, connectionTo(`https://localhost:${server.port}`), transport, { signal: never }));
    assert.deepEqual([failure.reason, failure.facts.unsent], ['unreachable', true], failure.cause instanceof Error ? failure.cause.message : '');
  }
  assert.equal(Buffer.concat(heard).includes('Bearer'), false);
});

test('a certificate that does not verify is refused before anything is sent', async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'certificate-'));
  t.after(() => rmSync(folder, { recursive: true }));
  const [keyFile, certFile] = [join(folder, 'key.pem'), join(folder, 'cert.pem')];
  const made = spawnSync('openssl', ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-days', '2', '-subj', '/CN=localhost', '-keyout', keyFile, '-out', certFile]);
  if (made.status !== 0) return t.skip('openssl is not there to make one');
  let requests = 0;
  await using server = await listen(createTlsServer({ key: readFileSync(keyFile), cert: readFileSync(certFile) }, (_, response) => (requests++, response.end('{}'))));
  const failure = await failureFrom(requestImages(REQUEST, connectionTo(`https://localhost:${server.port}`), transport, { signal: never }));
  assert.deepEqual([failure.reason, failure.facts.unsent, failure.billed, requests], ['certificateRefused', true, 'no', 0]);
});
