// Holds the file adapter to its promise: a file has its name only when all of it is there, and nothing is left beside it.
import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { FileError } from '../../../src/history/files.ts';
import { createNodeFiles } from '../../../src/node/nodeFiles.ts';
import { makeFolder } from '../history/folder.ts';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const hasCode = (code: string) => (error: unknown) => error instanceof FileError && error.code === code;

test('creates files in a folder that it makes, for the owner only, and leaves nothing else', async (t) => {
  const root = makeFolder(t);
  const files = createNodeFiles(join(root, 'deep', 'er'), 'w');
  await files.create('images', [{ name: 'a.png', bytes: bytes('A') }, { name: 'a.json', bytes: bytes('{}') }]);
  assert.deepEqual(readdirSync(join(root, 'deep/er/images')).sort(), ['a.json', 'a.png']);
  assert.equal(statSync(join(root, 'deep/er/images/a.png')).mode & 0o077, 0);
  assert.deepEqual(Buffer.from(await files.read('images/a.png')).toString(), 'A');
});

test('never writes over a file, and keeps what came before in the order', async (t) => {
  const root = makeFolder(t);
  const files = createNodeFiles(root, 'w');
  await files.create('images', [{ name: 'b', bytes: bytes('first') }]);
  await assert.rejects(files.create('images', [{ name: 'a', bytes: bytes('x') }, { name: 'b', bytes: bytes('y') }, { name: 'c', bytes: bytes('z') }]), hasCode('EEXIST'));
  assert.deepEqual(readdirSync(join(root, 'images')).sort(), ['a', 'b']);
  assert.equal(readFileSync(join(root, 'images/b'), 'utf8'), 'first');
});

test('of many that create one name, one succeeds; of many that rename one file, one succeeds', async (t) => {
  const root = makeFolder(t);
  const writers = Array.from({ length: 8 }, (_, index) => createNodeFiles(root, `w${index}`));
  const created = await Promise.allSettled(writers.map((files, index) => files.create('f', [{ name: 'x', bytes: bytes(`${index}`) }])));
  assert.equal(created.filter(({ status }) => status === 'fulfilled').length, 1);
  const renamed = await Promise.all(writers.map((files, index) => files.rename('f/x', `f/y${index}`)));
  assert.equal(renamed.filter(Boolean).length, 1);
  assert.equal(readdirSync(join(root, 'f')).length, 1);
});

test('replace shows readers the old bytes or the new ones', async (t) => {
  const root = makeFolder(t);
  const files = createNodeFiles(root, 'w');
  const [old, young] = ['o'.repeat(300_000), 'y'.repeat(300_000)];
  await files.replace('f/x', bytes(old));
  let reading = true;
  const seen = new Set<string>();
  const reader = (async () => {
    while (reading) seen.add(Buffer.from(await files.read('f/x')).toString());
  })();
  for (let round = 0; round < 10; round++) await files.replace('f/x', bytes(round % 2 ? old : young));
  reading = false;
  await reader;
  for (const text of seen) assert.ok(text === old || text === young, 'a mixture was read');
  assert.deepEqual(readdirSync(join(root, 'f')), ['x']);
});

test('tells half-written files of others from finished ones', async (t) => {
  const root = makeFolder(t);
  mkdirSync(join(root, 'images'));
  writeFileSync(join(root, 'images/.a.png~dead-1~7.tmp'), 'half');
  writeFileSync(join(root, 'images/b.png'), 'whole');
  const files = createNodeFiles(root, 'w');
  assert.deepEqual(await files.list('images'), ['b.png']);
  assert.deepEqual(await files.listUnfinished('images'), [{ name: 'a.png', writer: 'dead-1', temporaryName: '.a.png~dead-1~7.tmp' }]);
});

test('what is written is with the system before anything else runs: a process that is killed then has lost nothing', async (t) => {
  const root = makeFolder(t);
  const files = createNodeFiles(root, 'w');
  const writing = [files.create('images', [{ name: 'a.png', bytes: bytes('A') }]), files.replace('unfinished/b.json', bytes('B'))];
  assert.deepEqual(readdirSync(root, { recursive: true }).filter((name) => String(name).endsWith('.tmp')).sort(), ['images/.a.png~w~0.tmp', 'unfinished/.b.json~w~1.tmp']);
  assert.equal(readFileSync(join(root, 'images/.a.png~w~0.tmp'), 'utf8') + readFileSync(join(root, 'unfinished/.b.json~w~1.tmp'), 'utf8'), 'AB');
  await Promise.all(writing);
});

test('a claim tells whose it is, so that one that a dead window left can be taken away', async (t) => {
  const root = makeFolder(t);
  const files = createNodeFiles(root, 'w');
  const claims = new Set<string>();
  // A claim lasts for two calls of the system, so that one look may come too late.
  for (let number = 0; claims.size === 0 && number < 200; number++) {
    const creating = files.create('images', [{ name: `${number}.png`, bytes: bytes('A') }]);
    for (let isDone = false; !isDone; isDone = await Promise.race([creating.then(() => true), new Promise<boolean>((resolve) => setImmediate(() => resolve(false)))])) {
      for (const { name, writer, temporaryName } of await files.listUnfinished('images')) if (temporaryName === `.${number}.png~claim~0.tmp`) claims.add(`${name} ${writer}`);
    }
  }
  assert.match([...claims].join(), /^\d+\.png w$/);
  assert.deepEqual(await files.listUnfinished('images'), []);
});

test('a claim that cannot be read keeps nobody from what others left', async (t) => {
  const root = makeFolder(t);
  mkdirSync(join(root, 'images/.a.png~claim~0.tmp'), { recursive: true });
  writeFileSync(join(root, 'images/.b.png~dead~1.tmp'), 'half');
  assert.deepEqual((await createNodeFiles(root, 'w').listUnfinished('images')).map(({ name }) => name), ['b.png']);
});

test('a name whose claim a dead process left is free after a moment, and no claim counts as a file', async (t) => {
  const root = makeFolder(t);
  mkdirSync(join(root, 'images'));
  writeFileSync(join(root, 'images/.a.png~claim~0.tmp'), '');
  const files = createNodeFiles(root, 'w');
  assert.deepEqual([await files.list('images'), await files.listUnfinished('images')], [[], []]);
  await files.create('images', [{ name: 'a.png', bytes: bytes('A') }]);
  assert.deepEqual(readdirSync(join(root, 'images')), ['a.png']);
});

test('no file is named by a hard link, which many file systems do not know', async (t) => {
  const root = makeFolder(t);
  const files = createNodeFiles(root, 'w');
  let most = 0;
  const creating = files.create('images', [{ name: 'a.png', bytes: bytes('A') }]);
  for (let isDone = false; !isDone; isDone = await Promise.race([creating.then(() => true), new Promise<boolean>((resolve) => setImmediate(() => resolve(false)))])) {
    for (const name of readdirSync(join(root, 'images'))) most = Math.max(most, statSync(join(root, 'images', name), { throwIfNoEntry: false })?.nlink ?? 0);
  }
  assert.equal(most, 1);
});

test('a missing folder is empty, a missing file is named so', async (t) => {
  const files = createNodeFiles(join(makeFolder(t), 'none'), 'w');
  assert.deepEqual(await files.list('images'), []);
  assert.equal(await files.stat('images/x'), undefined);
  assert.equal(await files.remove('images/x'), false);
  assert.equal(await files.rename('images/x', 'trash/x'), false);
  await assert.rejects(files.read('images/x'), hasCode('ENOENT'));
});

test('a storage that is no folder is an error with the name the system gives it', async (t) => {
  const root = makeFolder(t);
  writeFileSync(join(root, 'file'), '');
  const files = createNodeFiles(join(root, 'file'), 'w');
  await assert.rejects(files.create('images', [{ name: 'x', bytes: bytes('x') }]), hasCode('ENOTDIR'));
  await assert.rejects(files.replace('images/x', bytes('x')), hasCode('ENOTDIR'));
  await assert.rejects(files.list('images'), hasCode('ENOTDIR'));
});

test('no path leads out of the folder', async (t) => {
  const root = makeFolder(t);
  const files = createNodeFiles(join(root, 'in'), 'w');
  for (const path of ['../x', 'images/../../x', '/x', 'images//x', '..\\x', '.']) await assert.rejects(files.replace(path, bytes('x')), hasCode('EINVAL'), path);
  await assert.rejects(files.create('images', [{ name: '../../x', bytes: bytes('x') }]), hasCode('EINVAL'));
  assert.equal(existsSync(join(root, 'x')), false);
});
