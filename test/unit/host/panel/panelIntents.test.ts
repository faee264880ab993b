// What the page asks for is done once, and a deletion can be taken back.
import assert from 'node:assert/strict';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import type { PromptFromImage } from '../../../../src/image/readPrompt.ts';
import { createIdMaker } from '../../../../src/history/imageId.ts';
import { PanelIntents, type PanelIntentsParts } from '../../../../src/host/panel/panelIntents.ts';
import { Refusal } from '../../../../src/host/window/refusal.ts';
import { world } from '../../../vscodeModule/world.ts';
import { IMAGE_INFO, makeImage, makeRecipe } from '../../history/folder.ts';
import { FileError } from '../../../../src/history/files.ts';
import { makeRequest, until, type Manner } from '../../jobs/workbench.ts';
import { answerBoxes, titlesOf } from '../answeredBoxes.ts';
import { makeSetUp } from '../connection/setUpParts.ts';
import { makeGround, type Ground } from '../ground.ts';

const VALUE = { prompt: 'a boat', size: '1328x1328', promptExtend: true, watermark: false, count: 2 };
const nextId = createIdMaker(() => Date.now(), () => Math.random());

interface Started extends Ground {
  intents: PanelIntents;
  asked: unknown[];
  keep: (prompt: string) => Promise<string>;
}

function start(t: TestContext, found?: PromptFromImage, manner: Manner = {}): Started {
  const ground = makeGround(t, manner);
  const asked: unknown[] = [];
  const startJobs = { requestFor: (wish: unknown) => wish, start: (wish: unknown, options: unknown) => asked.push(wish, options) };
  const images = { records: (ids: readonly string[]) => Promise.all(ids.map((id) => ground.history.read(id))) };
  const thumbnails = { remove: () => Promise.resolve() };
  const intents = new PanelIntents({ ...ground, startJobs, images, thumbnails, pixels: { prompt: () => Promise.resolve(found) }, setUpParts: { connections: { needsSetUp: () => Promise.resolve(false) } } } as unknown as PanelIntentsParts);
  const keep = async (prompt: string): Promise<string> => {
    const id = nextId();
    await ground.history.keep(makeImage(), makeRecipe(prompt), IMAGE_INFO, id);
    return id;
  };
  return { ...ground, intents, asked, keep };
}

/** The list is read anew only after the files were moved. */
function changeOf(kept: Ground['kept']): Promise<void> {
  return new Promise((resolve) => kept.onDidChange(() => resolve()));
}

test('the same press is one request, and takes the draft along', async (t) => {
  const { intents, asked, draft } = start(t);
  const intent = { type: 'generate', intentId: 'a', revision: draft.revision + 1, value: VALUE } as const;
  await Promise.all([intents.run(intent), intents.run(intent)]);
  const { count, ...wish } = VALUE;
  assert.deepEqual(asked, [wish, { source: 'person', count }]);
  assert.deepEqual(draft.value, VALUE);
});

test('a prompt that cannot be sent is refused in a sentence, and nothing is asked for', async (t) => {
  const { intents, asked, draft } = start(t);
  await assert.rejects(intents.run({ type: 'generate', intentId: 'a', revision: draft.revision, value: { ...VALUE, prompt: ' ' } }), Refusal);
  assert.deepEqual(asked, []);
});

test('a deletion leaves the preview and comes back with Undo', async (t) => {
  const { intents, state, kept, keep } = start(t);
  const id = await keep('a boat');
  state.showImage(id);
  await intents.run({ type: 'delete', imageIds: [id] });
  assert.deepEqual([state.currentImageId, await kept.ids(), state.notice?.text], [undefined, [], 'Image deleted.']);
  await intents.run({ type: 'noticeAction', noticeId: state.notice?.id ?? 0, action: 'undo' });
  await until(() => state.currentImageId === id);
  assert.deepEqual(await kept.ids(), [id]);
});

/** A disk that moves so many files and then no more, until it is told to. */
function tired(): { manner: Manner; movesLeft: number } {
  const disk = {
    movesLeft: Infinity,
    manner: { wrapFiles: (files) => ({ ...files, rename: async (from, to) => {
      if (disk.movesLeft-- <= 0) throw new FileError('EIO');
      return files.rename(from, to);
    } }) } satisfies Manner as Manner,
  };
  return disk;
}

test('an undo that the disk refuses is told, keeps what it has, and can be tried again', async (t) => {
  const disk = tired();
  const { intents, state, kept, keep, names } = start(t, undefined, disk.manner);
  const ids = [await keep('a boat'), await keep('a quay')];
  await intents.run({ type: 'delete', imageIds: ids });
  assert.equal(state.notice?.text, '2 images deleted.');
  // Image and recipe of the one come back, of the other nothing.
  disk.movesLeft = 2;
  await intents.run({ type: 'noticeAction', noticeId: state.notice?.id ?? 0, action: 'undo' });
  await until(() => state.notice?.text === 'Not everything could be taken back. It is kept; try again in a moment.');
  assert.deepEqual([(await kept.ids()).length, names('trash').length, state.notice?.actions.map(({ label }) => label)], [1, 2, ['Undo']]);
  disk.movesLeft = Infinity;
  const refreshed = changeOf(kept);
  await intents.run({ type: 'noticeAction', noticeId: state.notice?.id ?? 0, action: 'undo' });
  await refreshed;
  assert.deepEqual(names('trash'), []);
  assert.deepEqual([...(await kept.ids())].sort(), [...ids].sort());
});

test('of a deletion that the disk refuses halfway, what is gone can be taken back', async (t) => {
  const disk = tired();
  const { intents, state, kept, keep, names } = start(t, undefined, disk.manner);
  const ids = [await keep('a boat'), await keep('a quay')];
  disk.movesLeft = 2;
  await intents.run({ type: 'delete', imageIds: ids });
  assert.deepEqual([(await kept.ids()).length, state.notice?.text], [1, 'Not everything could be deleted. What was can be taken back.']);
  disk.movesLeft = Infinity;
  const refreshed = changeOf(kept);
  await intents.run({ type: 'noticeAction', noticeId: state.notice?.id ?? 0, action: 'undo' });
  await refreshed;
  assert.deepEqual(names('trash'), []);
  assert.equal((await kept.ids()).length, 2);
});

test('what is gone from the trash is told as gone, and offered no more', async (t) => {
  const { intents, state, keep, root, names } = start(t);
  await intents.run({ type: 'delete', imageIds: [await keep('a boat')] });
  for (const name of names('trash')) rmSync(join(root, 'trash', name));
  await intents.run({ type: 'noticeAction', noticeId: state.notice?.id ?? 0, action: 'undo' });
  await until(() => state.notice?.text === 'The deleted images are gone for good.');
  assert.deepEqual(state.notice?.actions, []);
});

test('“Delete unstarred” asks first, and keeps the starred', async (t) => {
  const { intents, history, kept, keep } = start(t);
  const [starred] = [await keep('a boat'), await keep('a quay')];
  await history.star(starred, true);
  await intents.run({ type: 'deleteUnstarred' });
  assert.equal((await kept.ids()).length, 2);
  assert.deepEqual([world.messages[0]?.modal, world.messages[0]?.buttons], [true, ['Delete 1 images']]);
  world.answer = ({ buttons }) => buttons[0];
  await intents.run({ type: 'deleteUnstarred' });
  assert.deepEqual(await kept.ids(), [starred]);
});

test('the prompt goes to the clipboard as it was written', async (t) => {
  const { intents, state, keep } = start(t);
  await intents.run({ type: 'copyPrompt', imageId: await keep('a <b>boat</b>\n$(trash)') });
  assert.deepEqual([world.clipboard, state.notice?.text], ['a <b>boat</b>\n$(trash)', 'Prompt copied.']);
});

test('an image file from outside offers its prompt, and changes nothing until the person takes it', async (t) => {
  const { intents, state, draft } = start(t, { source: 'xmp', prompt: 'a harbour' });
  await intents.run({ type: 'imageFile', name: 'boat.png', bytes: new Uint8Array([1]) });
  assert.deepEqual([state.notice?.text, draft.value.prompt], ['This image was made from: “a harbour”', '']);
  await intents.run({ type: 'noticeAction', noticeId: state.notice?.id ?? 0, action: 'usePrompt' });
  assert.equal(draft.value.prompt, 'a harbour');
});

test('an image file without a prompt, or too large to be read, is told so', async (t) => {
  const { intents, state } = start(t);
  await intents.run({ type: 'imageFile', name: 'boat.png', bytes: new Uint8Array([1]) });
  assert.equal(state.notice?.text, 'boat.png holds no prompt.');
  await intents.run({ type: 'imageFile', name: 'boat.png' });
  assert.equal(state.notice?.text, 'This file is too large to be read.');
});

test('Cancel ends the one job, Cancel all the others, and a note that is put away is gone', async (t) => {
  const { intents, queue, posts } = start(t);
  const jobs = ['a boat', 'a quay', 'a pier'].map((prompt) => queue.add(makeRequest(prompt), 'person'));
  await until(() => posts.length === 2);
  await intents.run({ type: 'cancel', jobId: jobs[1]?.id ?? '' });
  await until(() => posts.length === 3 && jobs[1]?.state.phase === 'cancelled');
  assert.deepEqual(jobs.map(({ state }) => state.phase), ['requesting', 'cancelled', 'requesting']);
  await intents.run({ type: 'cancelAll' });
  await until(() => jobs.every(({ state }) => state.phase === 'cancelled'));
  assert.deepEqual(posts.map(({ signal }) => signal.aborted), [true, true, true]);
  for (const { id } of jobs) await intents.run({ type: 'dismiss', jobId: id });
  assert.deepEqual(queue.jobs, []);
});

test('Set up, the choice of a service, and Generate while nothing is set lead to their questions; who leaves has asked for nothing', async (t) => {
  const ground = makeGround(t);
  const asked: unknown[] = [];
  const startJobs = { requestFor: (wish: unknown) => wish, start: (wish: unknown) => asked.push(wish) };
  const intents = new PanelIntents({ ...ground, startJobs, setUpParts: makeSetUp() } as unknown as PanelIntentsParts);
  for (const [intent, title] of [
    [{ type: 'setUp' }, 'Set Up: Service'],
    [{ type: 'chooseService' }, 'Choose Service'],
    [{ type: 'generate', intentId: 'c', revision: ground.draft.revision + 1, value: VALUE }, 'Set Up: Service'],
  ] as const) {
    const seen = answerBoxes(t, 'leave');
    await intents.run(intent);
    assert.deepEqual(titlesOf(seen), [title]);
  }
  assert.deepEqual([asked, ground.draft.value], [[], VALUE]);
});
