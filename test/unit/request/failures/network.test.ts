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
  ...['ENOTFOUND', 'EAI_AGAIN', 'ECONNREFUSED'].map((code) => [code, make({ code }), 'unreachable', true] as const),
  ...['ENETDOWN', 'ENETUNREACH', 'EHOSTUNREACH', 'EHOSTDOWN', 'EADDRNOTAVAIL', 'ECONNREFUSED', 'ETIMEDOUT', 'EPROTO'].flatMap((code) => [
    [`${code} of nobody knows what`, make({ code }), code === 'ECONNREFUSED' ? 'unreachable' : 'connectionLost', code === 'ECONNREFUSED'] as const,
    [`${code} of connect`, make({ code, syscall: 'connect' }), 'unreachable', true] as const,
    [`${code} of connect, as node-fetch says it`, make({ code, erroredSysCall: 'connect' }), 'unreachable', true] as const,
    ...['read', 'write', 'shutdown'].flatMap((syscall) => [
      [`${code} of ${syscall}`, make({ code, syscall }), 'connectionLost', false] as const,
      [`${code} of ${syscall}, as node-fetch says it`, make({ code, erroredSysCall: syscall }), 'connectionLost', false] as const,
      [`${code} of ${syscall} before the connection stood`, make({ code, syscall, wasOpen: false }), 'unreachable', true] as const,
    ]),
    [`${code} of connect, when the connection stood`, make({ code, syscall: 'connect', wasOpen: true }), 'connectionLost', false] as const,
  ]),
  ['ETIMEDOUT of connect', make({ code: 'ETIMEDOUT', syscall: 'connect' }), 'unreachable', true],
  ['ECONNRESET of connect', make({ code: 'ECONNRESET', syscall: 'connect' }), 'unreachable', true],
  ['ETIMEDOUT of read', make({ code: 'ETIMEDOUT', syscall: 'read' }), 'connectionLost', false],
  ['ETIMEDOUT of nobody knows', make({ code: 'ETIMEDOUT' }), 'connectionLost', false],
  ['ECONNRESET', make({ code: 'ECONNRESET', syscall: 'read' }), 'connectionLost', false],
  ['socket hang up', Object.assign(new Error('socket hang up'), { code: 'ECONNRESET' }), 'connectionLost', false],
  ['EPIPE', make({ code: 'EPIPE', syscall: 'write' }), 'connectionLost', false],
  ['premature close', make({ code: 'ERR_STREAM_PREMATURE_CLOSE' }), 'connectionLost', false],
  ['reset before TLS', Object.assign(new Error('Client network socket disconnected before secure TLS connection was established'), { code: 'ECONNRESET' }), 'unreachable', true],
  ['no TLS there', make({ code: 'ERR_SSL_WRONG_VERSION_NUMBER', wasOpen: false }), 'unreachable', true],
  ['no TLS there, or bytes that somebody injected', make({ code: 'ERR_SSL_WRONG_VERSION_NUMBER' }), 'connectionLost', false],
  ['injected bytes', make({ code: 'ERR_SSL_WRONG_VERSION_NUMBER', wasOpen: true }), 'connectionLost', false],
  ['a TLS error later on', make({ code: 'ERR_SSL_DECRYPTION_FAILED_OR_BAD_RECORD_MAC' }), 'connectionLost', false],
  ...['DEPTH_ZERO_SELF_SIGNED_CERT', 'SELF_SIGNED_CERT_IN_CHAIN', 'UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'UNABLE_TO_GET_ISSUER_CERT_LOCALLY', 'CERT_HAS_EXPIRED', 'CERT_NOT_YET_VALID', 'CERT_REVOKED', 'ERR_TLS_CERT_ALTNAME_INVALID', 'HOSTNAME_MISMATCH'].map(
    (code) => [code, make({ code }), 'certificateRefused', true] as const,
  ),
  ['a certificate after the connection stood', make({ code: 'CERT_HAS_EXPIRED', wasOpen: true }), 'connectionLost', false],
  ['a cause', make({ cause: make({ code: 'ECONNREFUSED' }) }), 'unreachable', true],
  ['happy eyeballs, none opened', new AggregateError([make({ code: 'ECONNREFUSED' }), make({ code: 'ENETUNREACH', syscall: 'connect' })]), 'unreachable', true],
  ['happy eyeballs, with a code of its own', Object.assign(new AggregateError([make({ code: 'ETIMEDOUT', syscall: 'connect' }), make({ code: 'ECONNREFUSED' })]), { code: 'ETIMEDOUT' }), 'unreachable', true],
  ['happy eyeballs, one of nobody knows what', new AggregateError([make({ code: 'ECONNREFUSED' }), make({ code: 'ENETUNREACH' })]), 'connectionLost', false],
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
    assert.equal(failure.billed, 'no');
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

test('an error after the answer began is no proof that nothing was sent', () => {
  for (const [name, error] of ERRORS) assert.equal(networkFailure(error, true).facts.unsent, undefined, name);
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
