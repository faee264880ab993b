// What Set Up does not take, said where it was typed and with nothing of it lost; and how Back leads to what was typed before.
import assert from 'node:assert/strict';
import { afterEach, beforeEach, test } from 'node:test';
import { setApiKey, setUp } from '../../../../src/host/connection/setUp.ts';
import { readSetting } from '../../../../src/host/window/settings.ts';
import { resetWorld, world } from '../../../vscodeModule/world.ts';
import { type Act, answerBoxes, titlesOf } from '../answeredBoxes.ts';
import { makeSetUp } from './setUpParts.ts';

const ADDRESSES = [
  ['', 'Type the base URL, such as https://api.example.com.'],
  ['my server', 'This is not a URL. Write it like https://api.example.com.'],
  ['ftp://example.invalid', 'The address has to start with https:// (or http:// for a server on this machine).'],
  ['https://me:secret@example.invalid', 'Leave out the user name and password; the key is asked for next.'],
  ['https://example.invalid/v1?key=1', 'Leave out the part from “?” on.'],
  ['https://{resource}.example.invalid/v1', 'Replace the part in braces by your own.'],
  ['https://example.invalid/v1#top', 'Leave out the part from “#” on.'],
] as const;

const KEYS = [
  ['', 'Type or paste the key, or press “No key”.'],
  ['Bearer sk-1', 'Leave out the word “Bearer”; it is added by itself.'],
  ['sk 1', 'A key holds letters, digits and signs only, without spaces. Copy it again.'],
  ['sk-é', 'A key holds letters, digits and signs only, without spaces. Copy it again.'],
] as const;

/** The text of a row, typed and taken with Enter. */
const typed = ([text]: readonly [string, string]): Act[] => [{ type: text }, 'enter'];

let sent: string[] = [];
const noNetwork = (url: string): Promise<never> => {
  sent.push(url);
  return Promise.reject(new Error('There is no network.'));
};
beforeEach(() => {
  resetWorld();
  sent = [];
});
afterEach(() => assert.deepEqual(sent, []));

test('an address that cannot be used is refused in the box, and leaving then changes nothing', async (t) => {
  const parts = makeSetUp(noNetwork);
  const seen = answerBoxes(t, { type: 'no service is called like this' }, { pick: 'Another address…' }, ...ADDRESSES.flatMap(typed), 'leave');
  assert.equal(await setUp(parts), false);
  assert.deepEqual(titlesOf(seen), ['Set Up: Service', 'Set Up: Endpoint']);
  assert.equal(seen[1]?.value, 'no service is called like this', 'what was typed is not lost');
  assert.deepEqual(seen[1]?.refusals, ADDRESSES);
  assert.deepEqual([readSetting('endpoint'), await parts.keys.origins(), await parts.connections.needsSetUp()], ['', [], true]);
});

test('a key that no header can carry is refused in the box, which hides what is typed', async (t) => {
  const parts = makeSetUp(noNetwork);
  const seen = answerBoxes(t, { type: 'http://127.0.0.1:9' }, { pick: 'Another address…' }, ...KEYS.flatMap(typed), 'leave');
  assert.equal(await setUp(parts), false);
  const [, box] = seen;
  assert.deepEqual([box?.title, box?.value, box?.password, box?.refusals], ['Set Up: API Key', '', true, KEYS]);
  assert.equal(box?.prompt, '127.0.0.1:9 is the machine “here”. Kept in VS Code’s secret storage and sent to http://127.0.0.1:9 only. Press “No key” if the server needs none.');
  assert.deepEqual(await parts.keys.origins(), []);
});

test('the command that sets a key alone hides it too, and has no way back', async (t) => {
  const parts = makeSetUp(noNetwork);
  world.set('generateImage.endpoint', 'https://api.example.com');
  const endpoint = parts.connections.endpoint();
  assert.ok(endpoint);
  const seen = answerBoxes(t, { type: 'Bearer sk-1' }, 'enter', 'leave');
  assert.equal(await setApiKey(endpoint, parts), false);
  assert.deepEqual(seen.map(({ title, password, buttons, refusals }) => [title, password, buttons, refusals.length]), [['API Key', true, ['No key'], 1]]);
});

test('Back from the key keeps the address, and another one can be typed', async (t) => {
  const parts = makeSetUp(noNetwork);
  const seen = answerBoxes(t, { type: 'https://other.invalid' }, { pick: 'Another address…' }, { press: 'Back' }, { type: '  https://third.invalid/ ' }, 'enter', { press: 'Back' }, 'leave');
  assert.equal(await setUp(parts), false);
  assert.deepEqual(titlesOf(seen), ['Set Up: Service', 'Set Up: API Key', 'Set Up: Endpoint', 'Set Up: API Key', 'Set Up: Endpoint']);
  assert.deepEqual([seen[2]?.value, seen[4]?.value], ['https://other.invalid', 'https://third.invalid/']);
  assert.match(seen[3]?.prompt ?? '', /sent to https:\/\/third\.invalid only/);
});

test('a key over plain http to another machine is not even asked for: another address, or none', async (t) => {
  const parts = makeSetUp(noNetwork);
  const seen = answerBoxes(t, { type: 'http://example.invalid' }, { pick: 'Another address…' }, 'leave');
  assert.equal(await setUp(parts), false);
  assert.deepEqual(world.messages.map(({ kind, text, modal, buttons }) => [kind, text, modal, buttons]), [[
    'warning', 'example.invalid is reached over plain http, so no key can be sent to it. Use an https address, or go on without a key.', true, ['Use without a key'],
  ]]);
  assert.deepEqual(titlesOf(seen), ['Set Up: Service', 'Set Up: Endpoint']);
  assert.equal(seen[1]?.value, 'http://example.invalid');
  world.answer = () => 'Use without a key';
  answerBoxes(t, { type: 'http://example.invalid' }, { pick: 'Another address…' });
  assert.equal(await setUp(parts), true);
  assert.deepEqual([readSetting('endpoint'), await parts.keys.get('http://example.invalid')], ['http://example.invalid', { kind: 'noKey' }]);
  assert.deepEqual(sent.splice(0), ['http://example.invalid/v1/models'], 'it goes on to the check');
});
