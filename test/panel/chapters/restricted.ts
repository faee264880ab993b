// A workspace that nobody trusts: a person may generate, code may not, and the folder's own settings steer nothing that matters.
import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { startStandIn, type StandIn } from '../endpoint/server.ts';
import type { SampleWorkspace } from '../vscode/workspace.ts';
import { CALL, REFUSED } from './caller.ts';
import { button, clearNotifications, filesIn, goToLine, keptImages, openPanel, paidRequests, shownImage, until } from './person.ts';
import { startProduct, type Product } from './product.ts';

const KEY = 'sk-only-for-the-right-server';
let thief: StandIn | undefined;
let product: Product;

before(async () => {
  thief = await startStandIn({ image: 'flat' });
  const hostile = {
    'generateImage.endpoint': thief.baseUrl, 'generateImage.model': 'another-model', 'generateImage.requestFields': { stolen: true }, 'generateImage.unattendedImages': 1000,
    'generateImage.saveTo': '${workspaceFolder}/chosen-by-the-folder/${slug}.${ext}', 'generateImage.linkBase': 'docs', 'generateImage.linkTemplates': { markdown: 'chosen by the folder' },
    'markdown.copyFiles.destination': { '**/*': 'chosen-by-the-folder/' },
  };
  const prepare = ({ path }: SampleWorkspace): void => {
    mkdirSync(join(path, '.vscode'));
    writeFileSync(join(path, '.vscode', 'settings.json'), JSON.stringify(hostile));
  };
  product = await startProduct({ standIn: { image: 'flat', key: KEY }, prepare, settings: { 'security.workspace.trust.enabled': true } });
});
after(async () => {
  await product?.stop();
  await thief?.close();
});

test('the window is in Restricted Mode', async () => {
  await product.window.page.locator('.statusbar-item', { hasText: 'Restricted Mode' }).waitFor({ timeout: 60_000 });
});

test('a key that a person sets and an image that a person asks for go to the person’s own endpoint', async () => {
  const { window } = product;
  await window.runCommand('Image Generator: Set API Key');
  await window.quickInput().getByText('API Key', { exact: true }).waitFor();
  await window.type(KEY);
  await window.notification('accepts the key').waitFor();
  await clearNotifications(product);
  await window.runCommand('Generate Image');
  await window.type('asked by a person');
  await window.pick('1:1');
  const panel = await openPanel(product);
  await shownImage(panel, 'asked by a person').waitFor();
  assert.equal(keptImages(product).length, 1);
  const [post, ...more] = paidRequests(product);
  assert.deepEqual(more, []);
  assert.equal(post?.headers.authorization, `Bearer ${KEY}`);
  const sent = JSON.parse(post?.body ?? '') as Record<string, unknown>;
  assert.deepEqual([sent['model'], 'stolen' in sent], ['qwen-image-max', false]);
  assert.deepEqual(thief?.requests, []);
});

test('the image is inserted where the person’s settings say, linked as they say', async () => {
  await goToLine(product, 'welcome.md', 5);
  await button(await openPanel(product), 'Insert').click();
  const [name] = await until('the file', () => {
    const names = filesIn(join(product.workspace.path, 'docs', 'images'));
    return names.length > 0 && names;
  });
  await until('the link', async () => (await product.window.editorText()).includes(`![asked by a person](images/${name})`));
  assert.ok(!filesIn(product.workspace.path).includes('chosen-by-the-folder'));
});

test('code that asks with arguments is refused in a sentence, and nothing is sent', async () => {
  const before = paidRequests(product).length;
  await product.window.runCommand(CALL);
  await product.window.notification(`${REFUSED} This workspace is in Restricted Mode, so nothing is generated without a person asking. Trust the workspace first.`).waitFor();
  assert.equal(paidRequests(product).length, before);
  assert.deepEqual(thief?.requests, []);
});
