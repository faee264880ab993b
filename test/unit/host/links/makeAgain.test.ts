// A file from elsewhere decides nothing that is paid for unseen: the size is one that is offered, and all of it is named before.
import assert from 'node:assert/strict';
import { realpathSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import * as vscode from 'vscode';
import { LinkActions, type LinkActionsParts } from '../../../../src/host/links/linkActions.ts';
import { Memory } from '../../../../src/host/window/memory.ts';
import type { PromptFromImage } from '../../../../src/image/readPrompt.ts';
import { createMemento, resetWorld, world } from '../../../vscodeModule/world.ts';
import { makeFolder, makeRecipe } from '../../history/folder.ts';

interface Shown { kind: 'list' | 'box'; prompt: string; value: string; validationMessage: string | undefined; items: { label: string; description: string }[] }

/** Runs a link's action on a file with this recipe; the person leaves a box, and takes the only row of a list. */
async function run(t: TestContext, recipe: Partial<PromptFromImage>, action = 'makeAgain'): Promise<{ shown: Shown[]; asked: unknown[] }> {
  const root = realpathSync(makeFolder(t));
  const path = join(root, 'owl.png');
  writeFileSync(path, 'x');
  const document = world.open(join(root, 'a.md'), '![An owl](owl.png)\n', { languageId: 'markdown' });
  const inFile = { ...makeRecipe('An owl'), source: 'recipe', ...recipe } as unknown as PromptFromImage;
  const image = { document, link: { rawStart: 0, rawEnd: 18, url: 'owl.png', path: 'owl.png', alt: 'An owl' }, uri: vscode.Uri.file(path) };
  const facts = { prompt: inFile.prompt, inFile, record: undefined, info: { type: 'png', widthPx: 640, heightPx: 360 } };
  const [shown, asked]: [Shown[], unknown[]] = [[], []];
  const create = (kind: Shown['kind']) => (): unknown => {
    const listeners: Record<string, (() => void)[]> = {};
    const on = (name: string) => (listener: () => void) => void (listeners[name] ??= []).push(listener);
    const box = {
      kind, prompt: '', value: '', items: [], title: '', validationMessage: undefined,
      onDidAccept: on('accept'), onDidHide: on('hide'), onDidTriggerButton: on('button'), onDidChangeValue: on('value'),
      show: () => {
        shown.push(box);
        queueMicrotask(() => listeners[kind === 'list' ? 'accept' : 'hide']?.forEach((listener) => listener()));
      },
      dispose: () => undefined,
    };
    return box;
  };
  Object.assign(vscode.window, { createQuickPick: create('list'), createInputBox: create('box') });
  const parts = {
    linked: { near: () => Promise.resolve(image), factsOf: () => Promise.resolve(facts) },
    anchors: { markText: () => undefined, drop: () => undefined },
    setUpParts: { connections: { needsSetUp: () => Promise.resolve(false) } },
    startJobs: { requestFor: (wish: unknown) => wish, start: (wish: unknown) => (asked.push(wish), []) },
    draft: { value: { promptExtend: false, watermark: false } },
    memory: new Memory(createMemento(), createMemento()),
    reports: { showError: (error: unknown) => { throw error; } },
  };
  await new LinkActions(parts as unknown as LinkActionsParts).changeLink({ action, document: document.uri.toString(), url: 'owl.png', start: 0 });
  return { shown, asked };
}

for (const [size, sent, title] of [
  ['1472x1104', '1472x1104', 'a size that is offered is kept'],
  ['4096x2304', '1664x928', 'another gives way to the nearest in shape'],
  ['16000x16000', '1328x1328', 'the largest does too'],
  ['nonsense', '1664x928', 'what is no size leaves it to the pixels of the file'],
] as const) {
  test(`${title}, and the person reads it before it is paid`, async (t) => {
    resetWorld();
    const { shown, asked } = await run(t, { size, promptExtend: true, watermark: true });
    assert.equal(shown[0]?.items[0]?.description, `${sent.replace('x', ' × ')} · prompt improved · with watermark`);
    assert.deepEqual(asked, [{ prompt: 'An owl', size: sent, promptExtend: true, watermark: true }]);
  });
}

test('two sizes of one shape: the one that is offered is kept', async (t) => {
  resetWorld();
  world.set('generateImage.sizes', ['2048x2048', '1024x1024']);
  const { asked } = await run(t, { size: '1024x1024' });
  assert.equal((asked[0] as { size: string }).size, '1024x1024');
});

test('a prompt over the limit comes into a box with what is wrong, and nothing goes out', async (t) => {
  resetWorld();
  const { shown, asked } = await run(t, { prompt: 'x'.repeat(20_000) });
  assert.deepEqual([shown.length, shown[0]?.kind, shown[0]?.validationMessage], [1, 'box', '20000 characters; at most 800 are sent. Shorten the text.']);
  assert.match(shown[0]?.prompt ?? '', /1328 × 1328 · prompt/);
  assert.deepEqual(asked, []);
});

test('a prompt that is cut in the list says how long it is', async (t) => {
  resetWorld();
  const { shown } = await run(t, { prompt: 'x'.repeat(500) });
  assert.match(shown[0]?.items[0]?.description ?? '', / · 500 characters$/);
});

test('a changed prompt names the same', async (t) => {
  resetWorld();
  const { shown } = await run(t, { size: '4096x2304', watermark: true, promptExtend: false }, 'changePrompt');
  assert.match(shown[0]?.prompt ?? '', /1664 × 928 · prompt as it is · with watermark$/);
});
