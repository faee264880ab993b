// A workspace that nobody trusts: a person may generate, code may not, and the folder's own settings steer nothing that matters, until a person trusts it.
import assert from 'node:assert/strict';
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { before, beforeEach, describe, test } from 'node:test';
import type { Locator } from 'playwright-core';
import type { StandIn } from '../../endpoint/server.ts';
import type { SampleWorkspace } from '../../vscode/workspace.ts';
import { CALL, REFUSED } from '../caller.ts';
import { button, clearNotifications, filesIn, generateInPanel, goToLine, keptImages, openOptions, openPanel, paidRequests, shownImage, until } from '../person.ts';
import type { Product } from '../product.ts';

const KEY = 'sk-only-for-the-right-server';
const STYLE = 'Chosen by the folder';

/** The setting with which a window opens in Restricted Mode. */
export const UNTRUSTED = { 'security.workspace.trust.enabled': true } as const;

/** Gives the folder settings that would lead everything to the thief. */
export function spoil({ path }: SampleWorkspace, thief: StandIn): void {
  const hostile = {
    'generateImage.endpoint': thief.baseUrl, 'generateImage.model': 'another-model', 'generateImage.requestFields': { stolen: true }, 'generateImage.unattendedImages': 1000,
    'generateImage.saveTo': '${workspaceFolder}/chosen-by-the-folder/${slug}.${ext}', 'generateImage.linkBase': 'docs', 'generateImage.linkTemplates': { markdown: 'chosen by the folder' },
    'generateImage.styles': [{ label: STYLE, text: 'of the folder' }], 'markdown.copyFiles.destination': { '**/*': 'chosen-by-the-folder/' },
  };
  mkdirSync(join(path, '.vscode'));
  writeFileSync(join(path, '.vscode', 'settings.json'), JSON.stringify(hostile));
}

const mode = ({ window }: Product): Locator => window.page.locator('.statusbar-item', { hasText: 'Restricted Mode' });
const settingsFolder = ({ workspace }: Product): string => join(workspace.path, '.vscode');
const imagesFolder = ({ workspace }: Product): string => join(workspace.path, 'docs', 'images');
const strangeFolder = ({ workspace }: Product): string => join(workspace.path, 'chosen-by-the-folder');

/** Trusts what the window shows, as a person does. */
export async function trust(product: Product): Promise<void> {
  const { window } = product;
  const editor = window.page.locator('.workspace-trust-editor');
  await mode(product).waitFor({ timeout: 60_000 });
  await window.runCommand('Workspaces: Manage Workspace Trust');
  await editor.getByRole('button', { name: 'Trust', exact: true }).click();
  await mode(product).waitFor({ state: 'hidden' });
  await window.page.getByRole('button', { name: /^Close Modal Editor/ }).click();
  await editor.waitFor({ state: 'hidden' });
}

/** The folder as if it had never been spoilt. */
async function mend(product: Product): Promise<void> {
  await product.window.openFile('welcome.md');
  await product.window.runCommand('File: Revert File');
  const panel = await openPanel(product);
  await openOptions(panel);
  // That the window has taken the settings over is seen, and that it has let them go.
  await button(panel, STYLE).waitFor();
  for (const path of [imagesFolder(product), strangeFolder(product), settingsFolder(product)]) rmSync(path, { recursive: true, force: true });
  await button(panel, STYLE).waitFor({ state: 'hidden' });
}

/** For whoever needs a folder that is trusted, whether these tests ran or not. */
export async function ensureTrust(product: Product): Promise<Product> {
  if (existsSync(settingsFolder(product))) {
    await trust(product);
    await mend(product);
  }
  return product;
}

/** Tests in a window of a spoilt folder, which is trusted and mended at the end: VS Code takes no trust back without a reload. */
export const testRestricted = (opened: () => { readonly product: Product; readonly thief: StandIn }): void => void describe('a workspace that nobody trusts', () => {
  let product: Product;
  let thief: StandIn;
  before(() => {
    ({ product, thief } = opened());
  });
  beforeEach(() => {
    product.standIn.reset();
    product.standIn.set({ key: KEY, models: 'closed' });
  });

  test('the window is in Restricted Mode', async () => {
    await mode(product).waitFor({ timeout: 60_000 });
  });

  test('a key that a person sets and an image that a person asks for go to the person’s own endpoint', async () => {
    const { window } = product;
    const before = keptImages(product).length;
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
    assert.equal(keptImages(product).length, before + 1);
    const [post, ...more] = paidRequests(product);
    assert.deepEqual(more, []);
    assert.equal(post?.headers.authorization, `Bearer ${KEY}`);
    const sent = JSON.parse(post?.body ?? '') as Record<string, unknown>;
    assert.deepEqual([sent['model'], 'stolen' in sent], ['qwen-image-max', false]);
    assert.deepEqual(thief.requests, []);
  });

  test('the image is inserted where the person’s settings say, linked as they say', async () => {
    await goToLine(product, 'welcome.md', 5);
    await button(await openPanel(product), 'Insert').click();
    const [name] = await until('the file', () => {
      const names = filesIn(imagesFolder(product));
      return names.length > 0 && names;
    });
    await until('the link', async () => (await product.window.editorText()).includes(`![asked by a person](images/${name})`));
    assert.ok(!filesIn(product.workspace.path).includes('chosen-by-the-folder'));
  });

  test('code that asks with arguments is refused in a sentence, and nothing is sent', async () => {
    await product.window.runCommand(CALL);
    await product.window.notification(`${REFUSED} This workspace is in Restricted Mode, so nothing is generated without a person asking. Trust the workspace first.`).waitFor();
    assert.deepEqual(paidRequests(product), []);
    assert.deepEqual(thief.requests, []);
    await clearNotifications(product);
  });

  test('once a person trusts the folder, its settings say how the image is linked, and still not which service makes it of what', async () => {
    const { window } = product;
    await trust(product);
    try {
      const panel = await openPanel(product);
      await openOptions(panel);
      await button(panel, STYLE).waitFor();
      await goToLine(product, 'welcome.md', 5);
      await button(panel, 'Insert').click();
      await until('the link', async () => (await window.editorText()).includes('chosen by the folder'));
      // The file is there already, and no second one is made.
      assert.deepEqual(filesIn(strangeFolder(product)), []);
      await generateInPanel(panel, 'asked in a trusted folder');
      await shownImage(panel, 'asked in a trusted folder').waitFor();
      const sent = JSON.parse(paidRequests(product)[0]?.body ?? '') as Record<string, unknown>;
      assert.deepEqual([sent['model'], 'stolen' in sent], ['qwen-image-max', false]);
      assert.deepEqual(thief.requests, []);
    } finally {
      await mend(product);
    }
  });
});
