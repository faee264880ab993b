// What is logged about failures, with the key and signed links cut out of every line.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { LogOutputChannel } from 'vscode';
import { Log } from '../../../src/host/log.ts';

const KEY = 'sk-Geheim/47+11=="x"&y';
const LINK = 'https://files.example.com/results/a.png?Expires=1767225600&OSSAccessKeyId=standin&Signature=Zm9v%2BYmFy';

function listen(): { log: Log; lines: string[] } {
  const lines: string[] = [];
  const write = (text: string): void => void lines.push(text);
  return { log: new Log({ info: write, warn: write, error: write, trace: write } as unknown as LogOutputChannel), lines };
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
  assert.equal(lines.length, 9);
  for (const line of lines) {
    for (const secret of [KEY, 'Geheim', Buffer.from(KEY).toString('base64').slice(4, -8), 'Signature', 'Zm9v']) assert.ok(!line.includes(secret), line);
  }
  assert.match(lines.at(-1) ?? '', /The download failed.*fetch failed.*\[ECONNRESET\]/s);
  assert.match(lines[0] ?? '', /files\.example\.com\/results\/a\.png/);
});
