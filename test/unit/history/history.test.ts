// Holds the history to its promise: what was kept is found again, whatever state the folder is in.
import assert from 'node:assert/strict';
import { copyFileSync, mkdirSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { imagePath } from '../../../src/history/folderNames.ts';
import { History } from '../../../src/history/history.ts';
import { createIdMaker } from '../../../src/history/imageId.ts';
import { createNodeFiles } from '../../../src/node/nodeFiles.ts';
import { makeFolder, makeImage, makeRecipe, IMAGE_INFO } from './folder.ts';

const nextId = createIdMaker(() => Date.now(), () => Math.random());

function open(t: TestContext, now = (): number => Date.now(), root = makeFolder(t)): { root: string; history: History; images: () => string[] } {
  const history = new History({ files: createNodeFiles(root, 'w'), now });
  return { root, history, images: () => readdirSync(join(root, 'images')).sort() };
}

async function keep(history: History, id = nextId(), paddingBytes = 16): Promise<string> {
  await history.keep(makeImage(paddingBytes), makeRecipe(), IMAGE_INFO, id);
  return id;
}

test('keeps the bytes exactly as received, with their recipe', async (t) => {
  const { root, history } = open(t);
  const [id, bytes] = [nextId(), makeImage()];
  const record = await history.keep(bytes, makeRecipe('猫'), IMAGE_INFO, id);
  assert.deepEqual(await history.read(id), record);
  assert.equal(record.recipe.prompt, '猫');
  assert.equal(record.file.sizeBytes, bytes.length);
  assert.deepEqual(new Uint8Array(readFileSync(join(root, imagePath(record)))), bytes);
});

test('an id is kept once: the second call finds the first image', async (t) => {
  const { history, images } = open(t);
  const id = nextId();
  const first = await history.keep(makeImage(), makeRecipe('first'), IMAGE_INFO, id);
  assert.deepEqual(await history.keep(makeImage(), makeRecipe('second'), IMAGE_INFO, id), first);
  assert.equal(images().length, 2);
});

test('lists newest first, and passes over what is not ours', async (t) => {
  const { root, history } = open(t);
  const ids = [await keep(history), await keep(history), await keep(history)];
  for (const name of ['notes.txt', 'cat.png', '.DS_Store', `${nextId()}.png.part`]) writeFileSync(join(root, 'images', name), '');
  assert.deepEqual(await history.listIds(), ids.reverse());
});

test('what is no id of an image is nothing, whatever it names, even a file beside the images', async (t) => {
  const { root, history } = open(t);
  await keep(history);
  mkdirSync(join(root, 'unfinished'), { recursive: true });
  for (const name of ['unfinished/beside.png', 'unfinished/beside.json', 'images/other.png', 'images/other.json']) writeFileSync(join(root, name), '{}');
  for (const id of ['gone', '__proto__', 'constructor', 'other', '', '.', '../unfinished/beside', '../../../etc/passwd', '..\\unfinished\\beside', `x${nextId()}`]) {
    assert.equal(await history.read(id), undefined, id);
    assert.equal(await history.inspect(id), undefined, id);
    assert.equal(await history.star(id, true), undefined, id);
  }
});

test('an image without its record is shown with what its bytes tell, once it is no longer on its way', async (t) => {
  const { root, history } = open(t);
  const id = await keep(history);
  rmSync(join(root, `images/${id}.json`));
  assert.deepEqual(await history.listIds(), []);
  const past = new Date(Date.now() - 120_000);
  utimesSync(join(root, `images/${id}.png`), past, past);
  assert.deepEqual(await history.listIds(), [id]);
  const entry = await history.inspect(id);
  assert.equal(entry?.recordState, 'missing');
  assert.equal(entry.record.recipe.size, '1x1');
  await history.star(id, true);
  assert.equal((await history.read(id))?.starred, true);
});

test('a record without its image is no image of the list, and its recipe can be read', async (t) => {
  const { root, history } = open(t);
  const id = await keep(history);
  rmSync(join(root, `images/${id}.png`));
  assert.deepEqual(await history.listIds(), []);
  assert.equal((await history.inspect(id))?.imageMissing, true);
  assert.equal((await history.read(id))?.recipe.prompt, 'a cat');
});

for (const [name, content, state] of [
  ['cut short', '{"version":1,"id"', 'damaged'],
  ['empty', '', 'damaged'],
  ['binary', '\0\0\0\0', 'damaged'],
  ['of another shape', '[1,2,3]', 'damaged'],
  ['of a later version', '{"version":2,"id":{"kind":"new"}}', 'newer'],
] as const) {
  test(`a record that is ${name} stays as it is, and its image and the rest are there`, async (t) => {
    const { root, history } = open(t);
    const [good, bad] = [await keep(history), await keep(history)];
    const path = join(root, `images/${bad}.json`);
    writeFileSync(path, content);
    assert.deepEqual(await history.listIds(), [bad, good]);
    assert.equal((await history.inspect(bad))?.recordState, state);
    assert.equal((await history.read(bad))?.file.widthPx, 1);
    assert.equal(await history.star(bad, true), undefined);
    assert.equal(readFileSync(path, 'utf8'), content);
  });
}

test('a record that names a file elsewhere is not believed', async (t) => {
  const { root, history } = open(t);
  const id = await keep(history);
  const path = join(root, `images/${id}.json`);
  writeFileSync(path, readFileSync(path, 'utf8').replace(`${id}.png`, '../../secret.png'));
  assert.equal((await history.inspect(id))?.recordState, 'damaged');
  assert.equal((await history.read(id))?.file.name, `${id}.png`);
});

test('an image that was written whole but never named is named by complete; a half one is not', async (t) => {
  const { root, history, images } = open(t);
  const [whole, half] = [nextId(), nextId()];
  mkdirSync(join(root, 'images'));
  writeFileSync(join(root, `images/.${whole}.png~dead~1.tmp`), makeImage());
  writeFileSync(join(root, `images/.${half}.png~dead~2.tmp`), makeImage().subarray(0, 60));
  assert.equal((await history.complete(whole, makeRecipe('saved')))?.recipe.prompt, 'saved');
  assert.equal(await history.complete(half, makeRecipe()), undefined);
  assert.deepEqual(images(), [`.${half}.png~dead~2.tmp`, `${whole}.json`, `${whole}.png`]);
});

test('delete, undo, delete for good', async (t) => {
  let now = Date.now();
  const { root, history, images } = open(t, () => now);
  const [gone, stays] = [await keep(history), await keep(history)];
  assert.deepEqual(await history.moveToTrash([gone, nextId()]), [gone]);
  assert.deepEqual(await history.listIds(), [stays]);
  assert.deepEqual(await history.restore([gone]), [gone]);
  assert.deepEqual(await history.listIds(), [stays, gone]);
  assert.equal((await history.inspect(gone))?.recordState, 'whole');
  await history.moveToTrash([gone]);
  now += 1000;
  const { history: otherWindow } = open(t, () => now, root);
  await otherWindow.emptyTrash(2000);
  assert.equal(readdirSync(join(root, 'trash')).length, 2);
  // This window may still offer to take it back.
  await history.emptyTrash(500);
  assert.equal(readdirSync(join(root, 'trash')).length, 2);
  await otherWindow.emptyTrash(500);
  assert.deepEqual(readdirSync(join(root, 'trash')), []);
  assert.deepEqual(await history.restore([gone]), []);
  assert.equal(images().length, 2);
});

test('over the largest size the oldest unstarred images go, and their recipes stay', async (t) => {
  const { root, history } = open(t);
  const ids = [await keep(history, nextId(), 1000), await keep(history, nextId(), 1000), await keep(history, nextId(), 1000)];
  const [starred, old, young] = ids as [string, string, string];
  await history.star(starred, true);
  const size = await history.sizeBytes();
  assert.deepEqual(await history.planMaxSize(size), { ids: [], bytes: 0 });
  const plan = await history.planMaxSize(size - 1);
  assert.deepEqual(plan, { ids: [old], bytes: size / 3 });
  assert.deepEqual(await history.dropImages([...plan.ids, starred]), [old]);
  assert.deepEqual(readdirSync(join(root, 'trash')).map((name) => name.split('~')[1]), [`${old}.png`]);
  assert.deepEqual(await history.listIds(), [young, starred]);
  assert.equal((await history.read(old))?.recipe.prompt, 'a cat');
  assert.equal(await history.sizeBytes(), size - size / 3);
});

test('a long history is listed without opening a file, and measured once', async (t) => {
  const { root, history } = open(t);
  const template = await keep(history);
  for (let index = 0; index < 200; index++) {
    const id = nextId();
    copyFileSync(join(root, `images/${template}.json`), join(root, `images/${id}.json`));
    copyFileSync(join(root, `images/${template}.png`), join(root, `images/${id}.png`));
  }
  const inner = createNodeFiles(root, 'w');
  const calls = { list: 0, read: 0, stat: 0 };
  const counted = {
    ...inner,
    list: (folder: string) => (calls.list++, inner.list(folder)),
    read: (path: string) => (calls.read++, inner.read(path)),
    stat: (path: string) => (calls.stat++, inner.stat(path)),
  };
  const second = new History({ files: counted, now: () => Date.now() });
  const ids = await second.listIds();
  assert.equal(ids.length, 201);
  assert.deepEqual(ids, [...ids].sort().reverse());
  assert.deepEqual(calls, { list: 1, read: 0, stat: 0 });
  const size = await second.sizeBytes();
  assert.equal(await second.sizeBytes(), size);
  assert.equal(calls.stat, 201);
});

for (const [name, spoil] of [
  ['cut short', (path: string) => writeFileSync(path, '{"version":1,')],
  ['newer', (path: string) => writeFileSync(path, '{"version":2}')],
  ['nested too deep', (path: string) => writeFileSync(path, JSON.stringify({ ...JSON.parse(readFileSync(path, 'utf8')) as object, recipe: '@' }).replace('"@"', `{"fields":{"x":${'['.repeat(100_000)}${']'.repeat(100_000)}}}`))],
  ['one that the disk does not give', (path: string) => (rmSync(path), mkdirSync(path))],
] as const) {
  test(`a record that cannot be read (${name}) counts as starred, and stops nothing`, async (t) => {
    const { root, history } = open(t);
    const [odd, plain] = [await keep(history, nextId(), 1000), await keep(history, nextId(), 1000)];
    spoil(join(root, `images/${odd}.json`));
    assert.deepEqual((await history.listIds()).sort(), [odd, plain].sort());
    const record = await history.read(odd);
    assert.deepEqual([record?.starred, record?.recipe.prompt, record?.file.name], [true, '', `${odd}.png`]);
    assert.deepEqual((await history.planMaxSize(1)).ids, [plain]);
    assert.deepEqual(await history.dropImages([odd]), []);
    assert.equal(await history.star(odd, false), undefined);
  });
}

test('an image that the disk does not give is described by its name', async (t) => {
  const { root, history } = open(t);
  const id = await keep(history);
  for (const ending of ['png', 'json']) {
    rmSync(join(root, `images/${id}.${ending}`));
    mkdirSync(join(root, `images/${id}.${ending}`));
  }
  assert.deepEqual([(await history.read(id))?.starred, (await history.read(id))?.id], [true, id]);
});
