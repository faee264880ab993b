// An image file remembers its request: what is taken from it, once ticked, asks for the very same.
import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, realpathSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import * as vscode from 'vscode';
import { usePromptCommand } from '../../../../src/host/commands/usePrompt.ts';
import { ImageFiles } from '../../../../src/host/history/imageFiles.ts';
import { StartJobs, type StartJobsParts } from '../../../../src/host/jobs/startJobs.ts';
import type { PanelView } from '../../../../src/host/panel/panelView.ts';
import type { Pixels } from '../../../../src/host/platform.ts';
import { Refusal } from '../../../../src/host/window/refusal.ts';
import { type FileWish, makeFile } from '../../../../src/image/makeFile.ts';
import { readPrompt } from '../../../../src/image/readPrompt.ts';
import type { ImageRequest } from '../../../../src/prompt/imageRequest.ts';
import { world } from '../../../vscodeModule/world.ts';
import { IMAGE_INFO, makeFolder, makeImage, makeRecipe } from '../../history/folder.ts';
import { codec } from '../../image/codec.ts';
import { createIdMaker } from '../../../../src/history/imageId.ts';
import { makeGround, type Ground } from '../ground.ts';

const REQUEST: ImageRequest = { model: 'qwen-image-max', prompt: 'Ein Boot, “alt” & neu — 一只船 🎨', size: '1664x928', watermark: true, promptExtend: false, fields: { seed: 7, negative_prompt: 'fog, "rain"' } };

interface Started extends Ground {
  startJobs: StartJobs;
  focused: () => number;
  /** The file that an insertion writes for an image of this request. */
  insertedFile: (request: ImageRequest) => Promise<vscode.Uri>;
  use: (uri?: vscode.Uri) => Promise<unknown>;
}

function start(t: TestContext): Started {
  const ground = makeGround(t);
  const root = realpathSync(makeFolder(t));
  mkdirSync(join(root, 'docs'));
  world.openFolders(root);
  const pixels = { file: (bytes: Uint8Array, wish: FileWish) => makeFile(bytes, wish, codec), prompt: (bytes: Uint8Array) => readPrompt(bytes) } as unknown as Pixels;
  const files = new ImageFiles((path) => vscode.Uri.file(join(ground.root, path)), ground.memory, pixels);
  let focused = 0;
  const panel = { focus: () => Promise.resolve(void (focused += 1)) } as unknown as PanelView;
  const command = usePromptCommand({ ...ground, panel, pixels });
  const insertedFile = async (request: ImageRequest): Promise<vscode.Uri> => {
    const id = createIdMaker(() => Date.now(), () => Math.random())();
    const record = await ground.history.keep(makeImage(), { ...makeRecipe(), ...request }, IMAGE_INFO, id);
    const { bytes, ext } = await files.prepare({ record, scope: undefined });
    const path = join(root, 'docs', `image.${ext}`);
    writeFileSync(path, bytes);
    return vscode.Uri.file(path);
  };
  return { ...ground, startJobs: new StartJobs(ground as unknown as StartJobsParts), focused: () => focused, insertedFile, use: (uri) => Promise.resolve(command.run(...(uri ? [uri] : []))) };
}

test('prompt and options stand in the panel; model and fields are sent once they are ticked, and then it is the same request', async (t) => {
  const { startJobs, draft, state, focused, insertedFile, use } = start(t);
  const uri = await insertedFile(REQUEST);
  draft.change({ prompt: 'something else', size: '1328x1328', promptExtend: true, watermark: false });
  await use(uri);
  assert.equal(focused(), 1);
  assert.match(state.notice?.text ?? '', /It names a model or extra fields, too/);
  const { prompt, size, watermark, promptExtend } = draft.value;
  const wish = { prompt, size, watermark, promptExtend };
  assert.deepEqual(startJobs.requestFor(wish, 'person'), { ...REQUEST, fields: {} });
  draft.takeExtras(true);
  assert.deepEqual(startJobs.requestFor(wish, 'person'), REQUEST);
  assert.deepEqual(startJobs.requestFor({ ...wish, prompt: 'another' }, 'person').fields, {});
});

test('the image in front is meant if none is named', async (t) => {
  const { draft, insertedFile, use } = start(t);
  const uri = await insertedFile({ ...REQUEST, fields: {} });
  world.tabs = [{ isActive: true, input: new vscode.TabInputCustom(uri, 'imagePreview.previewEditor') } as unknown as vscode.Tab];
  await use();
  assert.equal(draft.value.prompt, REQUEST.prompt);
  world.tabs = [];
  await assert.rejects(use(), (error) => error instanceof Refusal && /^Open an image, or right-click one/.test(error.message));
});

test('if recipes are not to travel, the file holds no prompt, and that is told', async (t) => {
  const { draft, insertedFile, use } = start(t);
  world.set('generateImage.embedRecipe', false);
  const uri = await insertedFile(REQUEST);
  assert.equal(readFileSync(uri.fsPath).includes('Ein Boot'), false);
  await assert.rejects(use(uri), (error) => error instanceof Refusal && error.message === 'image.png holds no prompt.');
  assert.equal(draft.value.prompt, '');
});
