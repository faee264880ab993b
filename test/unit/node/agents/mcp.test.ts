// Holds the agents' server against the official client: over standard input and output, with a real window door behind it.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { after, before, test } from 'node:test';
import type { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { TOOLS } from '../../../../src/agents/toolSchemas.ts';
import { placeServerScript } from '../../../../src/node/agents/serverScript.ts';
import type { Door, DoorCall } from '../../../../src/agents/door.ts';
import { makeOwnWindow, type OwnWindow } from './ownWindow.ts';

let own: OwnWindow;
before(async () => {
  own = await makeOwnWindow();
});
after(() => own.remove());

/** A promise that a test settles by hand. */
function gate<T>(): { promise: Promise<T>; open: (value: T) => void } {
  let open!: (value: T) => void;
  return { promise: new Promise<T>((resolve) => (open = resolve)), open };
}

const done = (text: string) => ({ isError: false, parts: [{ type: 'text' as const, text }] });
const firstText = (result: Awaited<ReturnType<Client['callTool']>>): string => (result.content as { text: string }[])[0]?.text ?? '';

async function withDoor(handle: (call: DoorCall) => ReturnType<Parameters<OwnWindow['openDoor']>[1]>, run: (client: Client, door: Door) => Promise<void>): Promise<void> {
  const door = await own.openDoor('w1', handle);
  const client = await own.connect();
  try {
    await run(client, door);
  } finally {
    await client.close();
    await door.close();
  }
}

test('the official client lists the tools and calls one; who it is comes along', async () => {
  await withDoor(
    ({ tool, arguments: args, client }) => Promise.resolve({ isError: false, parts: [{ type: 'text', text: JSON.stringify({ tool, args, client }) }, { type: 'image', data: 'AAAA', mimeType: 'image/jpeg' }] }),
    async (client) => {
      const { tools } = await client.listTools();
      assert.deepEqual(tools.map(({ name }) => name), TOOLS.map(({ name }) => name));
      assert.deepEqual(tools[0]?.inputSchema.required, ['prompt']);
      const result = await client.callTool({ name: 'generateImageFile', arguments: { prompt: 'a fox' } });
      assert.deepEqual(JSON.parse(firstText(result)), { tool: 'generateImageFile', args: { prompt: 'a fox' }, client: { name: 'test agent', version: '9' } });
      assert.deepEqual((result.content as unknown[])[1], { type: 'image', data: 'AAAA', mimeType: 'image/jpeg' });
      await client.ping();
    },
  );
});

test('progress is told to a client that asks for it', async () => {
  const heard = gate<void>();
  await withDoor(
    async ({ progress }) => {
      progress(1, 2, 'half');
      // The client forgets who wanted to hear of a call once that is answered, even if the word came before.
      await heard.promise;
      return done('ok');
    },
    async (client) => {
      const told: unknown[] = [];
      const onprogress = (progress: unknown): void => {
        told.push(progress);
        heard.open();
      };
      await client.callTool({ name: 'generateImageFile', arguments: {} }, undefined, { onprogress });
      assert.deepEqual(told, [{ progress: 1, total: 2, message: 'half' }]);
    },
  );
});

test('a cancel reaches the window', async () => {
  const [started, cancelled] = [gate<void>(), gate<unknown>()];
  await withDoor(
    ({ signal }) => {
      signal.addEventListener('abort', () => cancelled.open(signal.reason));
      started.open();
      return new Promise(() => undefined);
    },
    async (client) => {
      const stop = new AbortController();
      const call = client.callTool({ name: 'generateImageFile', arguments: {} }, undefined, { signal: stop.signal });
      const ended = assert.rejects(call);
      await started.promise;
      stop.abort();
      assert.equal(await cancelled.promise, 'cancelled');
      await ended;
    },
  );
});

test('an agent that goes away is told from one that cancels', async () => {
  const [started, gone] = [gate<void>(), gate<unknown>()];
  await withDoor(
    ({ signal }) => {
      signal.addEventListener('abort', () => gone.open(signal.reason));
      started.open();
      return new Promise(() => undefined);
    },
    async (client) => {
      const call = client.callTool({ name: 'generateImageFile', arguments: {} }).catch(() => undefined);
      await started.promise;
      await client.close();
      assert.equal(await gone.promise, 'gone');
      await call;
    },
  );
});

test('a window that closes in the middle is a sentence that warns of a second charge', async () => {
  const started = gate<void>();
  await withDoor(
    () => {
      started.open();
      return new Promise(() => undefined);
    },
    async (client, door) => {
      const call = client.callTool({ name: 'generateImageFile', arguments: {} });
      await started.promise;
      await door.close();
      const result = await call;
      assert.equal(result.isError, true);
      assert.match(firstText(result), /closed before it answered.*new charge/);
    },
  );
});

test('no window, and a window of another folder, are sentences that cost nothing', async () => {
  const client = await own.connect();
  const none = await client.callTool({ name: 'findImageFile', arguments: { query: 'x' } });
  assert.match(firstText(none), /No VS Code window .*cost nothing/);
  const door = await own.openDoor('w2', () => Promise.resolve(done('wrong')), [own.folder]);
  assert.match(firstText(await client.callTool({ name: 'findImageFile', arguments: { query: 'x' } })), /No VS Code window/);
  await door.close();
  await client.close();
});

test('a client that tells its roots is found by them, wherever it was started', async () => {
  const door = await own.openDoor('w3', () => Promise.resolve(done('here')));
  const client = await own.connect('/', [pathToFileURL(own.workspace).href]);
  assert.equal(firstText(await client.callTool({ name: 'findImageFile', arguments: { query: 'x' } })), 'here');
  await client.close();
  await door.close();
});

test('several calls at once get their own answers', async () => {
  await withDoor(
    ({ arguments: args }) => Promise.resolve(done(JSON.stringify(args))),
    async (client) => {
      const texts = await Promise.all([1, 2, 3, 4].map(async (query) => firstText(await client.callTool({ name: 'findImageFile', arguments: { query } }))));
      assert.deepEqual(texts, [1, 2, 3, 4].map((query) => JSON.stringify({ query })));
    },
  );
});

test('an unknown tool and an unknown method are errors of the protocol', async () => {
  const client = await own.connect();
  await assert.rejects(client.callTool({ name: 'deleteAll', arguments: {} }), /no tool “deleteAll”/);
  await assert.rejects(client.listResources(), /does not support resources|no method/);
  await client.close();
});

test('whatever comes in, the server lives on and answers the next request', () => {
  const lines = ['{', '[]', '7', '{"jsonrpc":"1.0","id":1}', `{"x":"${'y'.repeat(1_100_000)}"}`, '', '{"jsonrpc":"2.0","id":1,"method":"nope"}', '{"jsonrpc":"2.0","id":2,"method":"ping"}'];
  const { stdout } = spawnSync(process.execPath, [own.script], { input: `${lines.join('\n')}\n`, encoding: 'utf8', cwd: own.workspace });
  const answers = stdout.trim().split('\n').map((line) => JSON.parse(line) as { id: unknown; error?: { code: number }; result?: unknown });
  assert.deepEqual(answers.map(({ id, error }) => [id, error?.code]), [[null, -32700], [null, -32600], [null, -32600], [1, -32600], [null, -32600], [1, -32601], [2, undefined]]);
});

test('an older client gets its own revision, an unknown one the newest', () => {
  const ask = (protocolVersion: string): string => {
    const line = JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'initialize', params: { protocolVersion, capabilities: {}, clientInfo: { name: 'x' } } });
    const { stdout } = spawnSync(process.execPath, [own.script], { input: `${line}\n`, encoding: 'utf8', cwd: own.workspace });
    return (JSON.parse(stdout) as { result: { protocolVersion: string } }).result.protocolVersion;
  };
  assert.deepEqual(['2025-11-25', '2025-06-18', '2099-01-01'].map(ask), ['2025-11-25', '2025-06-18', '2025-11-25']);
});

test('only its user can read the window’s file and reach its socket', { skip: process.getuid?.() !== 0 && 'another user can be tried by root only' }, async () => {
  const door = await own.openDoor('w4', () => Promise.resolve(done('never')));
  const file = join(own.folder, 'windows', 'w4.json');
  const { address } = JSON.parse(readFileSync(file, 'utf8')) as { address: string };
  assert.equal(statSync(file).mode & 0o077, 0);
  const attempt = `
    const { connect } = require('node:net'); const { readFileSync } = require('node:fs');
    process.setgid(65534); process.setuid(65534);
    let read = 'readable'; try { readFileSync(${JSON.stringify(file)}); } catch (error) { read = error.code; }
    connect(${JSON.stringify(address)}).on('connect', () => { console.log(read, 'open'); process.exit(); }).on('error', ({ code }) => console.log(read, code));`;
  assert.equal(spawnSync(process.execPath, ['-e', attempt], { encoding: 'utf8' }).stdout.trim(), 'EACCES EACCES');
  await door.close();
  assert.equal(existsSync(address), false);
  assert.deepEqual(readdirSync(join(own.folder, 'windows')), []);
});

test('a wrong token is shown the door, and so is one who says nothing else', async () => {
  const door = await own.openDoor('w5', () => Promise.resolve(done('never')));
  const file = join(own.folder, 'windows', 'w5.json');
  const window = JSON.parse(readFileSync(file, 'utf8')) as { token: string };
  writeFileSync(file, JSON.stringify({ ...window, token: 'x'.repeat(window.token.length) }), { mode: 0o600 });
  const client = await own.connect();
  assert.match(firstText(await client.callTool({ name: 'findImageFile', arguments: { query: 'x' } })), /window is gone/);
  await client.close();
  await door.close();
});

test('a file that others could have written is not believed', async () => {
  const file = join(own.folder, 'windows', 'w6.json');
  writeFileSync(file, JSON.stringify({ bridge: 1, version: '1', pid: process.pid, address: '/tmp/theirs', token: 't', folders: [own.workspace], focusedMs: 0 }), { mode: 0o666 });
  const client = await own.connect();
  assert.match(firstText(await client.callTool({ name: 'findImageFile', arguments: { query: 'x' } })), /No VS Code window/);
  await client.close();
});

test('of two versions side by side the newer script stays', async () => {
  const source = join(own.folder, 'source.cjs');
  writeFileSync(source, 'text');
  const folder = join(own.folder, 'two');
  const path = await placeServerScript(source, folder, '1.10.0');
  await placeServerScript(source, folder, '1.9.0');
  assert.match(readFileSync(path, 'utf8'), /^\/\/ Generate Image 1\.10\.0\ntext$/);
  await placeServerScript(source, folder, '1.11.0');
  assert.match(readFileSync(path, 'utf8'), /1\.11\.0/);
});
