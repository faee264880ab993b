// Holds claiming to its promise: a dead window's journal goes to exactly one living window, a living window's to none.
import assert from 'node:assert/strict';
import { mkdirSync, readdirSync, utimesSync, writeFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import type { Journal } from '../../../src/history/journal.ts';
import { Journals } from '../../../src/history/journals.ts';
import { claimUnfinished, removeLeftovers } from '../../../src/history/recovery.ts';
import { createNodeFiles } from '../../../src/node/nodeFiles.ts';
import { makeFolder } from './folder.ts';

const NOW_MS = Date.UTC(2026, 10, 22);
const ID = '20261121T120812345Z-9f86d081';

function journalsOf(root: string, owner: string): Journals {
  return new Journals({ files: createNodeFiles(root, owner), owner: () => Promise.resolve(owner) });
}

function content(id = ID): Omit<Journal, 'version' | 'owner'> {
  return {
    id, endpoint: 'https://api.example.com', startedMs: NOW_MS - 60_000, busyUntilMs: NOW_MS + 60_000, phase: 'sent', items: [],
    request: { model: 'm', prompt: 'p', size: '1x1', watermark: false, promptExtend: true, fields: { seed: 7, watermark: null } },
  };
}

test('a journal is read back as it was written, and lies where it should', async (t) => {
  const root = makeFolder(t);
  const journals = journalsOf(root, 'one');
  const file = await journals.create(content());
  assert.deepEqual(readdirSync(join(root, 'unfinished')), [`${ID}.json`]);
  await journals.update(file, { phase: 'answered', items: [{ imageId: ID, url: 'https://x.example/a?sig=1', kept: false }] });
  const [found] = await journals.list();
  assert.equal(found?.owner, 'one');
  assert.deepEqual(found.journal, file.journal);
  await journals.remove(file);
  assert.deepEqual(readdirSync(join(root, 'unfinished')), []);
});

test('of many windows one gets a dead window\'s journal; when that one dies, the next', async (t) => {
  const root = makeFolder(t);
  await journalsOf(root, 'dead').create(content());
  const windows = ['a', 'b', 'c', 'd', 'e', 'f'];
  let alive = new Set(windows);
  const isAlive = (id: string): Promise<boolean> => Promise.resolve(alive.has(id));
  while (alive.size > 0) {
    const claims = await Promise.all([...alive].map(async (id) => ({ id, ...(await claimUnfinished(journalsOf(root, id), isAlive, NOW_MS)) })));
    const winners = claims.filter(({ claimed }) => claimed.length > 0);
    assert.equal(winners.length, 1);
    assert.equal(readdirSync(join(root, 'unfinished')).length, 1);
    alive = new Set([...alive].filter((id) => id !== winners[0]?.id));
  }
});

test('a living window keeps its journal; one that cannot be seen keeps it until it must be over', async (t) => {
  const root = makeFolder(t);
  await journalsOf(root, 'other').create(content());
  const journals = journalsOf(root, 'me');
  const claim = async (alive: boolean | undefined, nowMs: number): Promise<number> =>
    (await claimUnfinished(journals, () => Promise.resolve(alive), nowMs)).claimed.length;
  assert.equal(await claim(true, NOW_MS + 1e9), 0);
  assert.equal(await claim(undefined, NOW_MS), 0);
  assert.equal(await claim(undefined, NOW_MS + 60_001), 1);
});

test('a journal from a clock that was years ahead is not waited for', async (t) => {
  const root = makeFolder(t);
  const ahead = NOW_MS + 1e11;
  await journalsOf(root, 'other').create({ ...content(), startedMs: ahead, busyUntilMs: ahead + 1000 });
  assert.equal((await claimUnfinished(journalsOf(root, 'me'), () => Promise.resolve(undefined), NOW_MS)).claimed.length, 1);
});

test('the claim reads what its owner wrote last, also after the folder was listed', async (t) => {
  const root = makeFolder(t);
  const dying = journalsOf(root, 'dying');
  const file = await dying.create(content());
  const items = [{ imageId: ID, url: 'https://x.example/a', kept: false }];
  const isAlive = async (): Promise<boolean> => {
    await dying.update(file, { phase: 'answered', items });
    return false;
  };
  const { claimed } = await claimUnfinished(journalsOf(root, 'me'), isAlive, NOW_MS);
  assert.deepEqual(claimed[0]?.journal.items, items);
});

test('journals that cannot be read stay, are named, and stop nothing', async (t) => {
  const root = makeFolder(t);
  await journalsOf(root, 'dead').create(content());
  for (const [name, text] of [['half.json', '{"version":1'], ['newer.json', '{"version":2}'], ['empty.json', '']] as const) writeFileSync(join(root, 'unfinished', name), text);
  const { claimed, unreadable } = await claimUnfinished(journalsOf(root, 'me'), () => Promise.resolve(false), NOW_MS);
  assert.equal(claimed.length, 1);
  assert.deepEqual(unreadable.sort(), ['empty.json', 'half.json', 'newer.json']);
  assert.equal(readdirSync(join(root, 'unfinished')).length, 4);
});

test('half-written files go when their window is dead and a day has passed', async (t) => {
  const root = makeFolder(t);
  await mkdir(join(root, 'images'));
  const past = new Date(NOW_MS - 2 * 86_400_000);
  for (const [name, time] of [['.a.png~dead~1.tmp', past], ['.b.png~alive~1.tmp', past], ['.c.png~dead~2.tmp', new Date(NOW_MS)]] as const) {
    writeFileSync(join(root, 'images', name), '');
    utimesSync(join(root, 'images', name), time, time);
  }
  await removeLeftovers(createNodeFiles(root, 'me'), (id) => Promise.resolve(id === 'alive'), NOW_MS);
  assert.deepEqual(readdirSync(join(root, 'images')).sort(), ['.b.png~alive~1.tmp', '.c.png~dead~2.tmp']);
});

test('the claim of a name that a dead window left goes at once from among the journals', async (t) => {
  const root = makeFolder(t);
  mkdirSync(join(root, 'unfinished'));
  for (const writer of ['dead', 'alive']) writeFileSync(join(root, `unfinished/.${writer}.json~claim~0.tmp`), writer);
  await removeLeftovers(createNodeFiles(root, 'me'), (id) => Promise.resolve(id === 'alive'), NOW_MS);
  assert.deepEqual(readdirSync(join(root, 'unfinished')), ['.alive.json~claim~0.tmp']);
});

test('what belongs to a job that still has a journal stays, however old', async (t) => {
  const root = makeFolder(t);
  const past = new Date(NOW_MS - 9 * 86_400_000);
  const other = '20261101T120812345Z-00000000';
  await journalsOf(root, 'dead').create(content());
  mkdirSync(join(root, 'images'));
  for (const path of [`images/.${ID}.png~dead~1.tmp`, `images/.${ID}-1.png~dead~2.tmp`, `unfinished/.${ID}.json~dead~3.tmp`, `images/.${other}.png~dead~1.tmp`, `unfinished/.${other}.json~dead~1.tmp`]) {
    writeFileSync(join(root, path), '');
    utimesSync(join(root, path), past, past);
  }
  await removeLeftovers(createNodeFiles(root, 'me'), () => Promise.resolve(false), NOW_MS);
  assert.deepEqual(readdirSync(join(root, 'images')).sort(), [`.${ID}-1.png~dead~2.tmp`, `.${ID}.png~dead~1.tmp`]);
  assert.deepEqual(readdirSync(join(root, 'unfinished')).sort(), [`.${ID}.json~dead~3.tmp`, `${ID}.json`]);
});

test('an answer that was noted whole but never got its name is found, and its secret does not stay behind', async (t) => {
  const root = makeFolder(t);
  const { name, journal } = await journalsOf(root, 'dead').create(content());
  const items = [{ imageId: ID, url: 'https://x.example/a', kept: false }];
  writeFileSync(join(root, `unfinished/.${name}~dead~3.tmp`), JSON.stringify({ ...journal, phase: 'answered', items }));
  writeFileSync(join(root, `unfinished/.${name}~dead~4.tmp`), '{"version":1,"ph');
  const { claimed } = await claimUnfinished(journalsOf(root, 'me'), () => Promise.resolve(false), NOW_MS);
  assert.deepEqual(claimed[0]?.journal.items, items);
  await removeLeftovers(createNodeFiles(root, 'me'), () => Promise.resolve(false), NOW_MS);
  assert.deepEqual(readdirSync(join(root, 'unfinished')), [`${ID}.me.json`]);
});
