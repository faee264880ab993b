// What is logged about failures, with the key and signed links cut out of every line.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { LogOutputChannel } from 'vscode';
import { Log } from '../../../../src/host/window/log.ts';

const KEY = 'sk-Geheim/47+11=="x"&y';
const LINK = 'https://files.example.com/results/a.png?Expires=1767225600&OSSAccessKeyId=standin&Signature=Zm9v%2BYmFy';

function listen(): { log: Log; lines: string[]; traced: string[] } {
  const lines: string[] = [];
  const traced: string[] = [];
  const write = (text: string): void => void lines.push(text);
  const trace = (text: string): void => void (traced.push(text), write(text));
  return { log: new Log({ info: write, warn: write, error: write, trace } as unknown as LogOutputChannel), lines, traced };
}

test('no line holds the key, however it is spelt, nor the signature of a link', () => {
  const { log, lines } = listen();
  log.hide(KEY);
  for (const write of [log.info.bind(log), log.warn.bind(log), log.error.bind(log), log.trace.bind(log)]) {
    write(`sent with Authorization: Bearer ${KEY} to ${LINK}`);
    write(`key=${encodeURIComponent(KEY)} as ${Buffer.from(KEY).toString('base64')} in ${JSON.stringify({ key: KEY })}`);
  }
  const cause = Object.assign(new Error(`GET ${LINK} with ${KEY}`), { code: 'ECONNRESET' });
  log.error('The download failed', new Error(`fetch failed for ${KEY}`, { cause }));
  assert.equal(lines.length, 10);
  for (const line of lines) {
    for (const secret of [KEY, 'Geheim', Buffer.from(KEY).toString('base64').slice(4, -8), 'Signature', 'Zm9v']) assert.ok(!line.includes(secret), line);
  }
  assert.match(lines.at(-1) ?? '', /^The download failed: fetch failed/);
  assert.match(lines.at(-2) ?? '', /^The download failed: Error\n\s+at .*ECONNRESET/s);
  assert.match(lines[0] ?? '', /files\.example\.com\/results\/a\.png/);
});

test('what an error says, which may be a prompt, is at trace level only; its name, code and place are not', () => {
  const { log, lines, traced } = listen();
  const cause = Object.assign(new Error('no free name for /docs/a-boat-at-dawn.png'), { code: 'EEXIST' });
  log.error('Something failed', new TypeError('cannot write “a boat at dawn”\n    at more of it', { cause }));
  log.error('Something failed', 'a boat at dawn');
  log.error('Something failed');
  const others = lines.filter((line) => !traced.includes(line));
  assert.deepEqual([others.length, traced.length], [3, 2]);
  for (const line of others) assert.doesNotMatch(line, /boat|more of it/);
  for (const line of traced) assert.match(line, /boat/);
  assert.match(others[0] ?? '', /Something failed: TypeError\n\s+at .*log\.test\.ts.*← Error EEXIST/s);
});
