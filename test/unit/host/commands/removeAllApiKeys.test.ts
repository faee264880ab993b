// Remove All API Keys names the address of each key, also of those that no setting names any more, and never a key.
import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import { removeAllApiKeysCommand } from '../../../../src/host/commands/removeAllApiKeys.ts';
import { KeyStore } from '../../../../src/host/connection/keyStore.ts';
import { createSecrets, resetWorld, world } from '../../../vscodeModule/world.ts';

const ORIGINS = ['http://localhost:8080', 'https://api.example.com', 'https://old.example:8443'];

beforeEach(() => void resetWorld());

async function storeKeys(): Promise<{ keys: KeyStore; run: () => unknown }> {
  const secrets = createSecrets();
  await secrets.store('another.thing', 'x');
  const keys = new KeyStore(secrets);
  await keys.set(ORIGINS[2]!, { kind: 'key', key: 'sk-old' });
  await keys.set(ORIGINS[1]!, { kind: 'key', key: 'sk-now' });
  await keys.set(ORIGINS[0]!, { kind: 'noKey' });
  world.set('generateImage.endpoint', ORIGINS[1]);
  const command = removeAllApiKeysCommand(keys);
  return { keys, run: () => command.run() };
}

test('every address is listed, and all keys go on OK', async () => {
  const { keys, run } = await storeKeys();
  world.answer = ({ buttons }) => buttons[0];
  await run();
  const [question, done] = world.messages;
  assert.deepEqual([question?.modal, question?.detail, question?.buttons], [true, ORIGINS.join('\n'), ['Remove']]);
  assert.equal(done?.text, 'All API keys are removed.');
  assert.deepEqual(await keys.origins(), []);
  assert.doesNotMatch(JSON.stringify(world.messages), /sk-/);
});

test('whoever leaves the question keeps the keys', async () => {
  const { keys, run } = await storeKeys();
  await run();
  assert.deepEqual([await keys.origins(), world.messages.length], [ORIGINS, 1]);
});

test('without a key there is nothing to ask', async () => {
  await removeAllApiKeysCommand(new KeyStore(createSecrets())).run();
  assert.deepEqual(world.messages.map(({ text, buttons }) => [text, buttons]), [['No API key is stored.', []]]);
});
