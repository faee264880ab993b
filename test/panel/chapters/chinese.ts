// The product in Simplified Chinese: what a person meets in the palette, the inputs, the panel and the notifications.
import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import type { FrameLocator } from 'playwright-core';
import { startStandIn, type StandIn } from '../../endpoint/server.ts';
import { ROOT } from '../../vscode/codeServer.ts';
import { endExtensionHosts } from '../../vscode/extensionHosts.ts';
import { writeUser } from '../../vscode/server.ts';
import { windowUrl } from '../../vscode/workbench.ts';
import { answerService, button, until } from '../person.ts';
import type { Product } from '../product.ts';

const read = (file: string): Record<string, string> => JSON.parse(readFileSync(join(ROOT, file), 'utf8')) as Record<string, string>;
const manifest = read('package.nls.zh-cn.json');
const CONTAINER = manifest['view.container'] ?? assert.fail('The view has no Chinese name.');
const texts = read('l10n/bundle.l10n.zh-cn.json');
const zh = (english: string): string => texts[english] ?? assert.fail(`There is no Chinese for “${english}”.`);
const commandTitle = (id: string): string => `${manifest['command.category']}: ${manifest[`command.${id}`]}`;

const KEY = 'sk-chinese-0815';
let product: Product;
let panel: FrameLocator;
/** Nobody has a key for it yet. */
let service: StandIn;

/** The window anew as that of a person whose VS Code is Chinese, who has set nothing and made no image; what they made in English would be shown. */
async function openInChinese({ vscode, window: { page }, workspace, historyFolder }: Product): Promise<void> {
  await page.goto('about:blank');
  await endExtensionHosts(vscode);
  rmSync(historyFolder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  mkdirSync(historyFolder);
  writeUser(vscode.userDataDir, { 'generateImage.endpoint': '' }, 'zh-cn');
  await page.goto(windowUrl(vscode, { folder: workspace.path, file: workspace.document }));
  await page.locator('.part.activitybar').getByRole('tab', { name: CONTAINER }).waitFor();
}

/** What may stay as it is: names, numbers and units. */
const SAME_IN_CHINESE = /qwen-image-max|US\$|API|URL|VS Code|127\.0\.0\.1|\bkB\b|\bMB\b|\d+x\d+/g;

/** Every text of the panel that a person sees or hears, and that is not Chinese. */
async function notChinese(): Promise<string[]> {
  const said = await panel.locator('body').evaluate((body) => {
    const found: string[] = [];
    const walker = document.createTreeWalker(body, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) if (!node.parentElement?.closest('script, style')) found.push(node.textContent ?? '');
    for (const element of body.querySelectorAll('*')) {
      for (const name of ['aria-label', 'aria-description', 'aria-valuetext', 'title', 'placeholder', 'alt']) found.push(element.getAttribute(name) ?? '');
    }
    return found;
  });
  return said.filter((text) => /[A-Za-z]{2,}/.test(text.replaceAll(SAME_IN_CHINESE, '')));
}

/** Tests in a window that they open anew in Chinese, without what was set and made in it. */
export const testChinese = (opened: () => Promise<Product>): void => void describe('the product in Simplified Chinese', () => {
  before(async () => {
    product = await opened();
    service = await startStandIn({ image: 'flat', key: KEY });
    await openInChinese(product);
  });
  after(() => service?.close());

  test('the commands are Chinese in the palette, and Set Up asks in Chinese', async () => {
    const { window } = product;
    await window.runCommand(commandTitle('openPanel'));
    panel = window.panelFrame();
    await button(panel, zh('Set up')).waitFor();
    assert.deepEqual(await notChinese(), []);
    assert.ok(await window.page.getByRole('heading', { name: CONTAINER }).first().isVisible());
    await button(panel, zh('Set up')).click();
    const asked: string[] = [];
    const input = window.quickInput().getByRole('textbox').first();
    await input.waitFor();
    asked.push(await window.quickInput().innerText());
    await answerService(product, service.baseUrl, zh('Another address…'));
    await until('the key is asked for', async () => (await input.getAttribute('type')) === 'password');
    asked.push(await window.quickInput().innerText());
    await window.type(KEY);
    for (const text of asked) assert.match(text, /[\u4e00-\u9fff]{4}/);
    const ready = window.page.locator('.notification-toast .notification-list-item-message').first();
    assert.match(await ready.innerText(), /[\u4e00-\u9fff]{4}/);
  });

  test('the panel is Chinese while it waits, when it fails and when it is done', async () => {
    const prompt = panel.getByRole('textbox', { name: zh('Prompt') });
    await prompt.waitFor();
    assert.deepEqual(await notChinese(), [], 'the form');
    service.plan({ kind: 'ok', held: true }, { kind: 'error', status: 400, code: 'data_inspection_failed', message: '内容不合规' });
    await prompt.fill('窗台上的一只猫');
    await panel.getByRole('spinbutton', { name: zh('Images') }).fill('2');
    await button(panel, zh('Generate {0}: {1} paid requests').replace('{0}', '2').replace('{1}', '2')).click();
    await panel.getByRole('progressbar').first().waitFor();
    assert.deepEqual(await notChinese(), [], 'under way');
    await panel.getByRole('alert').waitFor();
    assert.deepEqual(await notChinese(), [], 'failed');
    service.release();
    await panel.getByRole('region', { name: zh('Preview') }).getByRole('button', { name: /窗台上的一只猫/ }).waitFor();
    await button(panel, zh('Select')).click();
    await button(panel, zh('More…')).click();
    assert.deepEqual(await notChinese(), [], 'done');
  });
});
