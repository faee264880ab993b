// Keys by origin: each is found again and listed, and the keychain is asked no more often than it changes.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type * as vscode from 'vscode';
import { EventEmitter } from 'vscode';
import { KeyStore } from '../../../../src/host/connection/keyStore.ts';

function makeSecrets(): { secrets: vscode.SecretStorage; asked: () => number } {
  const kept = new Map<string, string>([['somebody else’s', 'x']]);
  const changed = new EventEmitter<vscode.SecretStorageChangeEvent>();
  let asked = 0;
  const secrets: vscode.SecretStorage = {
    get: (name) => (asked++, Promise.resolve(kept.get(name))),
    keys: () => Promise.resolve([...kept.keys()]),
    store: (key, value) => (kept.set(key, value), changed.fire({ key }), Promise.resolve()),
    delete: (key) => (kept.delete(key), changed.fire({ key }), Promise.resolve()),
    onDidChange: changed.event,
  };
  return { secrets, asked: () => asked };
}

test('every origin with a key is listed, and only those', async () => {
  const keys = new KeyStore(makeSecrets().secrets);
  await keys.set('https://b.example', { kind: 'key', key: 'k' });
  await keys.set('https://a.example', { kind: 'noKey' });
  assert.deepEqual(await keys.origins(), ['https://a.example', 'https://b.example']);
  await keys.remove('https://b.example');
  assert.deepEqual(await keys.origins(), ['https://a.example']);
});

test('the keychain is asked once whether there is a key, until one changes, also in another window', async () => {
  const { secrets, asked } = makeSecrets();
  const [keys, otherWindow] = [new KeyStore(secrets), new KeyStore(secrets)];
  keys.onDidChange(() => undefined);
  for (let push = 0; push < 5; push++) assert.equal(await keys.has('https://a.example'), false);
  assert.equal(asked(), 1);
  await otherWindow.set('https://a.example', { kind: 'key', key: 'k' });
  for (let push = 0; push < 5; push++) assert.equal(await keys.has('https://a.example'), true);
  assert.equal(asked(), 2);
});
