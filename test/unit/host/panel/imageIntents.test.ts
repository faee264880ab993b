// What the page asks of a kept image: a star, its prompt, another like it, a copy, and a deletion of several.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { StartJobs, type StartJobsParts } from '../../../../src/host/jobs/startJobs.ts';
import { PanelIntents, type PanelIntentsParts } from '../../../../src/host/panel/panelIntents.ts';
import { createIdMaker } from '../../../../src/history/imageId.ts';
import { world } from '../../../vscodeModule/world.ts';
import type { Recipe } from '../../../../src/prompt/recipe.ts';
import { IMAGE_INFO, makeImage, makeRecipe } from '../../history/folder.ts';
import { until } from '../../jobs/workbench.ts';
import { makeGround, type Ground } from '../ground.ts';

const RANGE = { offset: 0, count: 60, query: '', starredOnly: false };

interface Started extends Ground {
  intents: PanelIntents;
  thumbnailsRemoved: string[];
  copied: () => number;
  /** What the image menu did, by the name of the action. */
  done: unknown[];
  keep: (recipe?: Partial<Recipe>) => Promise<string>;
  prompts: (change?: Partial<typeof RANGE>) => Promise<string[]>;
}

function start(t: TestContext): Started {
  const ground = makeGround(t);
  const thumbnailsRemoved: string[] = [];
  const done: unknown[] = [];
  let copied = 0;
  // What a job makes comes after what was kept before.
  const nextId = createIdMaker(() => ground.clock.now() - 60_000, () => Math.random());
  const anchors = { markCursor: () => undefined };
  const startJobs = new StartJobs({ ...ground, anchors, lastEditor: { get: () => Promise.resolve(undefined) } } as unknown as StartJobsParts);
  const note = (name: string) => (...args: unknown[]): Promise<void> => Promise.resolve(void done.push([name, ...args]));
  const images = { records: (ids: readonly string[]) => Promise.all(ids.map((id) => ground.history.read(id))), insert: note('insert'), save: note('save'), open: note('open'), compare: note('compare'), reveal: note('reveal') };
  const intents = new PanelIntents({
    ...ground, startJobs, images, insertAs: { take: (choice: unknown) => choice },
    pasteOffer: { copied: () => (copied += 1) },
    thumbnails: { remove: (ids: readonly string[]) => Promise.resolve(void thumbnailsRemoved.push(...ids)) },
    setUpParts: { connections: { needsSetUp: () => Promise.resolve(false) } },
  } as unknown as PanelIntentsParts);
  const keep = async (recipe: Partial<Recipe> = {}): Promise<string> => {
    const { id } = await ground.history.keep(makeImage(), { ...makeRecipe(), ...recipe }, IMAGE_INFO, nextId());
    ground.kept.refresh();
    return id;
  };
  const prompts = async (change = {}): Promise<string[]> => (await ground.kept.draw({ ...RANGE, ...change })).records.map(({ recipe }) => recipe.prompt);
  return { ...ground, intents, thumbnailsRemoved, copied: () => copied, done, keep, prompts };
}

test('a star is kept on the disk, filters the list, and is taken away again', async (t) => {
  const { intents, keep, root, prompts } = start(t);
  const id = await keep({ prompt: 'a red boat' });
  await keep({ prompt: 'a green hill' });
  const starred = (): unknown => (JSON.parse(readFileSync(join(root, 'images', `${id}.json`), 'utf8')) as { starred: boolean }).starred;
  await intents.run({ type: 'star', imageId: id, starred: true });
  assert.deepEqual([starred(), await prompts({ starredOnly: true })], [true, ['a red boat']]);
  await intents.run({ type: 'star', imageId: id, starred: false });
  assert.deepEqual([starred(), await prompts({ starredOnly: true }), await prompts()], [false, [], ['a green hill', 'a red boat']]);
});

test('its prompt and options go into the form, as it was asked for or as the service wrote it', async (t) => {
  const { intents, keep, draft } = start(t);
  const id = await keep({ prompt: 'a red boat', revisedPrompt: 'a red boat, cinematic', size: '928x1664', watermark: true, promptExtend: false });
  draft.change({ prompt: 'something else', count: 3 });
  await intents.run({ type: 'usePrompt', imageId: id });
  assert.deepEqual(draft.value, { prompt: 'a red boat', size: '928x1664', watermark: true, promptExtend: false, count: 3 });
  await intents.run({ type: 'useRevisedPrompt', imageId: id });
  assert.equal(draft.value.prompt, 'a red boat, cinematic');
});

test('Make again sends the same recipe once, whatever the form and the settings say by then; the new image comes first', async (t) => {
  const { intents, keep, draft, queue, posts, kept, history, prompts } = start(t);
  const recipe = { prompt: 'a red boat', size: '928x1664', watermark: true, promptExtend: false, model: 'their-model', fields: { seed: 7 } };
  const id = await keep(recipe);
  draft.change({ prompt: 'something else' });
  world.set('generateImage.model', 'another-model');
  await intents.run({ type: 'makeAgain', intentId: 'a', imageId: id });
  await until(() => posts.length === 1);
  assert.deepEqual(queue.jobs.map(({ request }) => request), [recipe]);
  posts[0]?.resolve([{ kind: 'bytes', bytes: makeImage() }]);
  await queue.jobs[0]?.ended;
  kept.refresh();
  const [newest] = await kept.ids();
  const made = await history.read(newest ?? '');
  const { prompt, size, watermark, promptExtend } = made?.recipe ?? {};
  assert.deepEqual([{ prompt, size, watermark, promptExtend }, await prompts()], [{ prompt: 'a red boat', size: '928x1664', watermark: true, promptExtend: false }, ['a red boat', 'a red boat']]);
  assert.notEqual(newest, id);
});

test('Copy puts its line on the clipboard, and a paste of it is waited for from then on', async (t) => {
  const { intents, keep, state, copied } = start(t);
  const id = await keep();
  await intents.run({ type: 'copy', imageId: id });
  assert.deepEqual([world.clipboard, state.notice?.text, copied()], [`generate-image:${id}`, 'Copied. Paste it into a document.', 1]);
});

test('whether the image itself is on the clipboard, the page knows: it is told', async (t) => {
  const { intents, state } = start(t);
  await intents.run({ type: 'copiedImage', done: true });
  assert.equal(state.notice?.text, 'Image copied.');
  await intents.run({ type: 'copiedImage', done: false });
  assert.match(state.notice?.text ?? '', /could not be put on the clipboard/);
});

test('several are deleted with their thumbnails, told as several, and come back in their places', async (t) => {
  const { intents, keep, kept, state, names, prompts, thumbnailsRemoved } = start(t);
  const ids = [await keep({ prompt: 'a red boat' }), await keep({ prompt: 'a blue boat' })];
  await keep({ prompt: 'a green hill' });
  const before = names('images');
  await intents.run({ type: 'delete', imageIds: ids });
  assert.deepEqual([state.notice?.text, state.notice?.actions.map(({ label }) => label), await prompts(), thumbnailsRemoved.toSorted()], ['2 images deleted.', ['Undo'], ['a green hill'], ids.toSorted()]);
  const isBack = new Promise<void>((resolve) => void kept.onDidChange(() => void kept.ids().then(({ length }) => length === 3 && resolve())));
  await intents.run({ type: 'noticeAction', noticeId: state.notice?.id ?? 0, action: 'undo' });
  await isBack;
  assert.deepEqual(names('trash'), []);
  assert.deepEqual([names('images'), await prompts()], [before, ['a green hill', 'a blue boat', 'a red boat']]);
});

test('what is done in VS Code gets the images that were chosen', async (t) => {
  const { intents, done } = start(t);
  await intents.run({ type: 'insert', intentId: 'a', imageIds: ['one', 'two'] });
  await intents.run({ type: 'save', intentId: 'b', imageIds: ['one', 'two'] });
  await intents.run({ type: 'openImage', imageId: 'one' });
  await intents.run({ type: 'compare', imageIds: ['one', 'two'] });
  await intents.run({ type: 'reveal', imageId: 'one' });
  assert.deepEqual(done, [['insert', ['one', 'two'], undefined], ['save', ['one', 'two']], ['open', 'one'], ['compare', ['one', 'two']], ['reveal', 'one']]);
});
