// A language model in VS Code's own chat: it calls the tools in agent mode, a person answers there, and all that was told agrees.
import assert from 'node:assert/strict';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, beforeEach, test } from 'node:test';
import type { Locator } from 'playwright-core';
import { readImageInfo } from '../../src/image/imageInfo.ts';
import { vsixUnderTest } from '../suites/packageExtension.ts';
import { ANSWERED, HEARD, type Heard, type HeardPart, LATEST, OPENED, SCRIPT, type Script } from '../vscode/model/script.ts';
import { packExtension } from '../vscode/packOpener.ts';
import { filesIn, keptImages, openPanel, paidRequests, pickFromMenu, until } from './person.ts';
import { startProduct, type Product } from './product.ts';

const MODEL = join(import.meta.dirname, '..', 'vscode', 'model');
const MANIFEST = JSON.parse(readFileSync(join(import.meta.dirname, '..', '..', 'package.json'), 'utf8')) as { contributes: { languageModelTools: Tool[] } };
interface Tool {
  readonly name: string;
  readonly modelDescription: string;
  readonly inputSchema: object;
}

let product: Product;
let asked = 0;

before(async () => {
  const packed = mkdtempSync(join(tmpdir(), 'generate-image-model-'));
  product = await startProduct({
    standIn: { image: 'flat' },
    settings: { 'chat.disableAIFeatures': false, 'chat.allowAnonymousAccess': true, 'chat.tools.riskAssessment.enabled': false, 'chat.byokUtilityModelDefault': 'none' },
    // Only with a model of their own may people use the chat without an account.
    prepare: (_workspace, historyFolder) => writeFileSync(join(historyFolder, '..', '..', 'chatLanguageModels.json'), JSON.stringify([{ name: 'Scripted', vendor: 'scripted' }])),
    own: { reason: 'the chat and a language model are in it', builtIn: ['copilot', 'git', 'git-base', 'github-authentication'], vsix: [await vsixUnderTest(), packExtension(MODEL, packed)] },
  });
  rmSync(packed, { recursive: true, force: true });
  mkdirSync(modelFolder(), { recursive: true });
});
after(() => product?.stop());
beforeEach(() => product.standIn.reset());

const modelFolder = (): string => join(product.historyFolder, '..', 'open-image-tools.scripted-model');
const chat = (): Locator => product.window.page.locator('.part.auxiliarybar');
/** The only one, or that of several which is in front. */
const question = (text: string): Locator => chat().locator('.chat-tool-carousel-content .chat-confirmation-widget-container').filter({ hasText: text, visible: true });
const inWorkspace = (path: string): string => join(product.workspace.path, path);
/** What the model was told, one for each time that it was asked. */
const heard = (): Heard[] => readFileSync(join(modelFolder(), HEARD), 'utf8').trim().split('\n').map((line) => JSON.parse(line) as Heard);

const wordsOf = (parts: readonly HeardPart[]): string => parts.map((part) => ('text' in part ? part.text : '')).join('');

/** The person asks for something in a new chat; the model answers with these calls, in one turn. Returns the name of the question. */
async function ask(...calls: Script['calls']): Promise<string> {
  const name = `question${++asked}`;
  writeFileSync(join(modelFolder(), SCRIPT(name)), JSON.stringify({ name, calls } satisfies Script));
  writeFileSync(join(modelFolder(), LATEST), name);
  const { window } = product;
  await window.runCommand('Scripted Model: Open the Chat');
  // A new chat comes a moment after the command, over the old one.
  await until('a new chat is open', () => existsSync(join(modelFolder(), OPENED)) && readFileSync(join(modelFolder(), OPENED), 'utf8') === name);
  await chat().locator('.interactive-input-editor .monaco-editor.focused').waitFor();
  await chat().getByRole('button', { name: 'Models, Scripted Model' }).waitFor();
  await window.page.keyboard.type(`Please do ${name}`);
  await window.page.keyboard.press('Enter');
  return name;
}

/**
 * Waits until the chat in which this was asked shows `part`. VS Code sometimes puts its new chat in front only after the
 * person has asked, above all while it makes itself ready: then its list of chats holds the asked one, and a person opens it there.
 */
function seen(name: string, part: Locator, timeoutMs?: number): Promise<boolean> {
  const listed = chat().locator('.agent-session-item-row', { hasText: `Please do ${name}` });
  return until(`the chat of ${name} shows ${String(part)}`, async () => {
    if (await part.isVisible()) return true;
    if (await listed.isVisible()) await listed.click({ timeout: 1000 }).catch(() => undefined);
    return false;
  }, timeoutMs);
}

/** What the model was told of its calls, in their order, once the chat shows its last words. */
async function answers(name: string, count: number): Promise<{ text: string; images: Buffer[] }[]> {
  await seen(name, chat().getByText(ANSWERED(name), { exact: true }));
  const { results, beside } = heard().findLast((each) => each.results.some(({ callId }) => callId.startsWith(`${name}-`))) ?? assert.fail('the model heard nothing');
  return Array.from({ length: count }, (_, index) => {
    const { parts } = results.find(({ callId }) => callId.startsWith(`${name}-${index}`)) ?? assert.fail(`no result of call ${index}`);
    const all = [...parts, ...beside.filter((part) => 'base64' in part)];
    return { text: wordsOf(parts), images: all.flatMap((part) => ('base64' in part && part.mimeType.startsWith('image/') ? [Buffer.from(part.base64, 'base64')] : [])) };
  });
}

/** The question in front of the person. */
async function askedInFront(text: string, timeoutMs?: number): Promise<Locator> {
  await seen(`question${asked}`, question(text), timeoutMs);
  return question(text);
}

/** What else VS Code offers beside “Allow Once” holds for the calls after this one, too. */
async function allowOnce(prompt: string): Promise<void> {
  await (await askedInFront(prompt)).getByRole('button', { name: 'More Actions...' }).click();
  await pickFromMenu(product, 'Allow Once');
}

const generate = (input: object): Script['calls'][number] => ({ tool: 'generateImageFile', input });

test('the model is offered the tools as package.json words them; the person allows a call, and the model sees what was made', async () => {
  const name = await ask(generate({ prompt: 'a fox in snow', path: inWorkspace('img/fox.webp'), document: 'docs/welcome.md', width: 1200, height: 630, alt: 'A fox' }));
  // VS Code's agent makes itself ready with the first question of a window.
  const shown = await askedInFront('Make 1 image (1 paid request)?', 90_000);
  await shown.getByText('Prompt: a fox in snow').waitFor();
  await shown.getByText(/^Price:\sabout\sUS\$\s0\.08/).waitFor();
  assert.equal(paidRequests(product).length, 0);
  await allowOnce('a fox in snow');
  const [answer] = await answers(name, 1);
  const offered = heard()[0]?.tools ?? [];
  for (const { name: tool, modelDescription, inputSchema } of MANIFEST.contributes.languageModelTools) {
    assert.deepEqual(offered.find((each) => each.name === tool), { name: tool, description: modelDescription, inputSchema });
  }
  assert.match(answer?.text ?? '', /^Image: img\/fox\.webp$/m);
  assert.match(answer?.text ?? '', /^- markdown: !\[A fox\]\(\.\.\/img\/fox\.webp\)$/m);
  assert.doesNotMatch(answer?.text ?? '', /base64|https?:/);
  const [image, ...more] = answer?.images ?? [];
  assert.deepEqual(more, []);
  const info = image && readImageInfo(image);
  assert.ok(image && image.length <= 60_000 && info?.type === 'jpeg' && Math.max(info.widthPx, info.heightPx) <= 512, JSON.stringify(info));
  assert.deepEqual(readImageInfo(readFileSync(inWorkspace('img/fox.webp'))), { type: 'webp', widthPx: 1200, heightPx: 630 });
  assert.equal(paidRequests(product).length, 1);
});

/** Calls that are refused, and what the model is told; some by VS Code, which holds them against the schema. */
const REFUSED: readonly (readonly [input: object, told: RegExp])[] = [
  [{ prompt: 'x', output: 'fox.png' }, /additional properties|There is no argument “output”/],
  [{ prompt: 'x', count: 1e9 }, /<= 4|between 1 and 4/],
  [{ prompt: 'x', path: '../fox.png' }, /“\.\.\/fox\.png” lies outside of the workspace/],
  [{ prompt: 'x', path: '/etc/fox.png' }, /“\/etc\/fox\.png” lies outside of the workspace/],
  [{ prompt: 'a\u0007b' }, /“prompt” holds control characters/],
];

test('hostile calls, all in one turn, are answered with sentences: the person is not asked, and nothing is paid or written', async () => {
  const before = filesIn(product.workspace.path);
  const name = await ask(...REFUSED.map(([input]) => generate(input)));
  for (const [index, { text, images }] of (await answers(name, REFUSED.length)).entries()) {
    assert.match(text, REFUSED[index]?.[1] ?? assert.fail(), JSON.stringify(REFUSED[index]?.[0]));
    assert.deepEqual(images, []);
  }
  assert.deepEqual(paidRequests(product), []);
  assert.deepEqual(filesIn(product.workspace.path), before);
});

test('two calls in one turn are asked about one after the other, and do not mix', async () => {
  const name = await ask(generate({ prompt: 'a red boat', path: 'boat.png' }), generate({ prompt: 'a green hill', path: 'hill.png' }));
  await allowOnce('a red boat');
  await allowOnce('a green hill');
  const [boat, hill] = await answers(name, 2);
  assert.match(boat?.text ?? '', /^Image: boat\.png$[^]*^- prompt used: a red boat$/m);
  assert.match(hill?.text ?? '', /^Image: hill\.png$[^]*^- prompt used: a green hill$/m);
  for (const path of ['boat.png', 'hill.png']) assert.ok(existsSync(inWorkspace(path)), path);
});

test('two chats at the same time want the same name, and neither takes the other’s image', async () => {
  product.standIn.set({ held: true });
  await ask(generate({ prompt: 'a tin robot', path: 'same.png' }));
  await allowOnce('a tin robot');
  await until('the first request', () => paidRequests(product).length === 1);
  const second = await ask(generate({ prompt: 'a paper crane', path: 'same.png' }));
  await allowOnce('a paper crane');
  await until('both are under way', () => paidRequests(product).length === 2);
  product.standIn.set({ held: false });
  product.standIn.release(2);
  const [crane] = await answers(second, 1);
  const told = await until('the first chat is answered', () => heard().flatMap(({ results }) => results).map(({ parts }) => wordsOf(parts)).find((text) => text.includes('prompt used: a tin robot')));
  const names = [told, crane?.text ?? ''].map((text) => /^Image: (same(?:-1)?\.png)$/m.exec(text)?.[1]);
  assert.deepEqual(names.toSorted(), ['same-1.png', 'same.png']);
  assert.match(crane?.text ?? '', /^- prompt used: a paper crane$/m);
});

test('what the person skips is not made, and the model is told', async () => {
  const name = await ask(generate({ prompt: `a skipped image${' of many words'.repeat(30)}`, path: 'skipped.png' }));
  const message = (await askedInFront('a skipped image')).locator('.chat-confirmation-widget-message');
  await message.waitFor();
  assert.ok(await message.evaluate(({ scrollWidth, clientWidth }) => scrollWidth <= clientWidth), 'each line can be read');
  await question('a skipped image').getByRole('button', { name: /^Proceed without running this tool/ }).click();
  const [answer] = await answers(name, 1);
  assert.match(answer?.text ?? '', /skip|cancel/i);
  assert.deepEqual(paidRequests(product), []);
});

test('three images of which one is refused are two files, and the model is told of each', async () => {
  product.standIn.plan({ kind: 'ok' }, { kind: 'error', status: 400, shape: 'upstream', code: 'DataInspectionFailed', message: 'Input data may contain inappropriate content.' }, { kind: 'ok' });
  const name = await ask(generate({ prompt: 'a brown owl', path: 'owl.png', count: 3 }));
  await askedInFront('Make 3 images (3 paid requests)?');
  await allowOnce('a brown owl');
  const [answer] = await answers(name, 1);
  assert.match(answer?.text ?? '', /^Made 2 of 3; not made:$/m);
  assert.match(answer?.text ?? '', /^- image \d: .* Not charged\.$/m);
  assert.equal(answer?.images.length, 2);
  assert.equal(filesIn(product.workspace.path).filter((path) => /^owl-\d\.png$/.test(path)).length, 2);
});

test('a request that the person cancels in the chat closes its socket, and no file comes', async () => {
  product.standIn.set({ held: true });
  await ask(generate({ prompt: 'a cancelled image', path: 'cancelled.png' }));
  await allowOnce('a cancelled image');
  const { number } = await product.standIn.waitFor(({ method, body }) => method === 'POST' && body.includes('a cancelled image'), 20_000);
  await chat().getByRole('button', { name: /^Cancel \(/ }).click();
  const request = await product.standIn.waitFor((each) => each.number === number && each.ended !== undefined, 20_000);
  assert.equal(request.closedEarly, true);
  assert.equal(existsSync(inWorkspace('cancelled.png')), false);
});

test('the history and the panel hold what the model was told that it made, and nothing else', async () => {
  const name = await ask(generate({ prompt: 'a stone bridge', path: 'bridge.png' }));
  await allowOnce('a stone bridge');
  await answers(name, 1);
  const told = new Map(heard().flatMap(({ results }) => results).map(({ callId, parts }) => [callId, wordsOf(parts)]));
  const made = [...told.values()].flatMap((words) => [...words.matchAll(/^- prompt used: (.*)$/gm)].map(([, prompt = '']) => prompt)).sort();
  assert.ok(made.includes('a stone bridge'));
  const kept = keptImages(product).map((path) => (JSON.parse(readFileSync(path.replace(/\.\w+$/, '.json'), 'utf8')) as { recipe: { prompt: string } }).recipe.prompt);
  assert.deepEqual(kept.sort(), made);
  const panel = await openPanel(product);
  const listed = (): Promise<string[]> => panel.getByRole('list', { name: 'History' }).getByRole('listitem').getByRole('button').evaluateAll((buttons) => buttons.map((each) => each.getAttribute('aria-label') ?? ''));
  await until('the panel shows them', async () => (await listed()).sort().join() === made.join());
});
