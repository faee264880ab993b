// Turns what a person wants of the product into the clicks and keys for it, and what became of it into facts.
import { createHash } from 'node:crypto';
import { decode } from 'fast-png';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { FrameLocator, Locator } from 'playwright-core';
import type { RecordedRequest } from '../endpoint/record.ts';
import type { Product } from './product.ts';

/** Everything may be slow on a machine with much to do; nothing here is about speed. */
const PATIENCE_MS = 20_000;

/** Asks until the answer is neither undefined nor false, and resolves to it. `what` is said where it never is. */
export async function until<Value>(what: string, ask: () => Promise<Value | undefined | false> | Value | undefined | false, timeoutMs = PATIENCE_MS): Promise<Value> {
  const deadline = Date.now() + timeoutMs;
  for (;;) {
    const answer = await ask();
    if (answer !== undefined && answer !== false) return answer;
    if (Date.now() > deadline) throw new Error(`Never came true: ${what}`);
    await sleep(50);
  }
}

/** A view's button at the side of the window; once more would hide it. */
async function showView({ window }: Product, name: string | RegExp): Promise<void> {
  const tab = window.page.locator('.part.activitybar').getByRole('tab', { name });
  if ((await tab.getAttribute('aria-selected')) !== 'true') await tab.click();
  // VS Code shows the view's name beside a mouse that rests there, over the view.
  await window.page.mouse.move(800, 500);
}

/** Lets the half second go by in which the page takes two presses for a double click. */
export const pressAnew = ({ window }: Product): Promise<void> => window.page.waitForTimeout(600);

/** Opens the panel and waits for its form. */
export async function openPanel(product: Product): Promise<FrameLocator> {
  const panel = product.window.panelFrame();
  // The product opens it, too: a click that comes after that would close it again.
  await until('the panel is open', async () => {
    await showView(product, 'Generate Image');
    return drawnForm(panel).waitFor({ timeout: 5000 }).then(() => true, () => false);
  }, 60_000);
  return panel;
}

/** Moves the panel's view as VS Code lets a person do: `New Panel Entry`. VS Code loads its page anew. */
export async function movePanel({ window }: Product, place: string): Promise<FrameLocator> {
  await window.runCommand('View: Move View');
  await window.pick('Generate Image');
  await window.pick(place);
  const panel = window.panelFrame();
  await drawnForm(panel).waitFor();
  return panel;
}

/** Something that the page's own form has; its prompt box stands there before. */
const drawnForm = (panel: FrameLocator): Locator => panel.locator('#counter');

export const promptBox = (panel: FrameLocator): Locator => panel.getByRole('textbox', { name: 'Prompt' });

export const button = (inside: FrameLocator | Locator, name: string): Locator => inside.getByRole('button', { name, exact: true });

export const shownImage = (panel: FrameLocator, prompt: string): Locator => panel.getByRole('region', { name: 'Preview' }).getByRole('img', { name: prompt, exact: true });

/** Opens size, styles and switches, which fold once there is an image; from then on they stay open. */
export async function openOptions(panel: FrameLocator): Promise<void> {
  const line = panel.getByRole('button', { name: /^Options:/ });
  if ((await line.getAttribute('aria-expanded')) === 'false') await line.click();
}

/** Chooses a size, `16:9 1664x928`, by the keyboard: a view's name may lie over its tile. The options must be open. */
export async function chooseSize(panel: FrameLocator, name: string): Promise<void> {
  const radio = panel.getByRole('radio', { name, exact: true });
  await radio.press('Space');
  await until(`the size ${name} is chosen`, () => radio.isChecked());
}

/** Types the prompt into the panel and presses Generate. */
export async function generateInPanel(panel: FrameLocator, prompt: string): Promise<void> {
  await promptBox(panel).fill(prompt);
  await button(panel, 'Generate').click();
}

/** Presses every button of this name until none is left; each may go by itself before it is pressed. */
export async function pressAll(panel: FrameLocator, name: string): Promise<void> {
  await until(`no “${name}” is left`, async () => {
    if ((await button(panel, name).count()) === 0) return true;
    await button(panel, name).first().click({ timeout: 1000 }).catch(() => undefined);
    return false;
  });
}

/** Answers which service it is, by an address if `label` does not say another row. */
export async function answerService({ window }: Product, text: string, label = 'Another address…'): Promise<void> {
  await window.type(text, { enter: false });
  // Until a row that fits has the focus, the list takes no Enter.
  await window.quickInput().locator('.quick-input-list .monaco-list-row.focused', { hasText: label }).waitFor();
  await window.page.keyboard.press('Enter');
}

const atCursor = ({ window }: Product, said: RegExp): Locator => window.page.locator('.part.statusbar').getByText(said);

/** Puts the cursor at the start of a line (from 1) of a document, which comes to the front. */
export async function goToLine(product: Product, file: string, line: number): Promise<void> {
  const { window } = product;
  await window.openFile(file);
  const timeout = 5000;
  const box = window.quickInput().locator('.quick-input-box input');
  // A window that is still busy may close the box again.
  await until(`the cursor is in line ${line} of ${file}`, async () => {
    try {
      await window.page.keyboard.press('ControlOrMeta+G');
      await box.fill(`:${line}`, { timeout });
      await box.press('Enter', { timeout });
      await window.quickInput().waitFor({ state: 'hidden', timeout });
      await atCursor(product, new RegExp(`^Ln ${line}, Col 1$`)).waitFor({ timeout });
      return true;
    } catch {
      return false;
    }
  }, 60_000);
}

/** The whole line becomes the selection. */
export async function selectLine(product: Product, file: string, line: number): Promise<void> {
  await goToLine(product, file, line);
  await product.window.page.keyboard.press('Home');
  await product.window.page.keyboard.press('Shift+End');
  await atCursor(product, /\(\d+ selected\)$/).waitFor();
}

/** Shows the explorer instead of the panel, and waits until the extension has heard of that. */
export async function hidePanel(product: Product): Promise<void> {
  const { window } = product;
  await showView(product, /^Explorer/);
  await window.page.locator('iframe.webview.ready[src*="extensionId=open-image-tools.generate-image"]').waitFor({ state: 'hidden' });
  // What VS Code tells an extension comes in order: once a later question of its is shown, it knows.
  await window.runCommand('Generate Image');
  await window.quickInput().getByText('Generate Image (1/2): Prompt').waitFor();
  await window.page.keyboard.press('Escape');
  await window.quickInput().waitFor({ state: 'hidden' });
}

export const statusItem = ({ window }: Product): Locator => window.page.locator('.statusbar-item', { hasText: /Generating (image|\d+ images),/ });

/** Names of the files in a folder, sorted; none if there is no folder. */
export function filesIn(folder: string): string[] {
  return existsSync(folder) ? readdirSync(folder).sort() : [];
}

/** Paths of the images in the history, oldest first; a recipe lies beside each. */
export function keptImages({ historyFolder }: Product): string[] {
  const folder = join(historyFolder, 'images');
  const names = filesIn(folder);
  // What is being written has another name, and an image is kept once its recipe is.
  return names.filter((name) => !name.startsWith('.') && !name.endsWith('.json') && names.includes(name.replace(/\.\w+$/, '.json'))).map((name) => join(folder, name));
}

/** The endpoint's requests for an image: each is a charge. */
export function paidRequests({ standIn }: Product): RecordedRequest[] {
  return standIn.requests.filter(({ method, origin }) => origin === 'api' && method === 'POST');
}

export const sha256 = (path: string): string => createHash('sha256').update(readFileSync(path)).digest('hex');

/** Hash of the pixels of a PNG file, whatever else the file holds. */
export function pixelsHash(path: string): string {
  const { width, height, channels, data } = decode(readFileSync(path));
  return createHash('sha256').update(`${width} ${height} ${channels} `).update(data).digest('hex');
}

/** Answers VS Code's own dialog for a file, once that has filled in what it suggests. */
export async function typePath({ window }: Product, path: string, answer = 'OK'): Promise<void> {
  const box = window.quickInput().getByRole('textbox').first();
  await until('a path is suggested', async () => (await box.inputValue()).includes('/'));
  // The dialog looks the folder up with each change, takes no answer meanwhile, and may write what it found over the path:
  // it is answered once it has left the path as it is four times that it was looked at.
  let steady = 0;
  await until('the dialog has taken the path', async () => {
    if (!(await window.quickInput().isVisible())) return true;
    if ((await box.inputValue({ timeout: 1000 }).catch(() => path)) === path) steady += 1;
    else {
      steady = 0;
      await window.type(path, { enter: false });
    }
    if (steady < 4) return false;
    await button(window.quickInput(), answer).click({ timeout: 1000 }).catch(() => undefined);
    return !(await window.quickInput().isVisible());
  });
}

/** Clicks on an entry of the menu that is about to open. */
export async function pickFromMenu({ window }: Product, name: string): Promise<void> {
  const entry = window.page.getByRole('menuitem', { name });
  await entry.waitFor();
  // A menu takes no click in its first moment.
  await until('the menu took the click', async () => {
    await entry.click({ timeout: 1000 }).catch(() => undefined);
    return entry.isHidden();
  });
}

/** What asks for an answer: a modal question, or a notification. */
export const dialog = ({ window }: Product): Locator => window.page.getByRole('dialog');

/** Takes all notifications away that are in sight, each by its own cross; the palette would take a second. */
export async function clearNotifications({ window }: Product): Promise<void> {
  const toasts = window.page.locator('.notification-toast');
  await until('no notification is in sight', async () => {
    if ((await toasts.count()) === 0) return true;
    // The cross comes with the mouse, and the notification may go by itself meanwhile.
    const timeout = 2000;
    await toasts.first().hover({ timeout }).then(() => toasts.first().locator('.codicon-notifications-clear').click({ timeout })).catch(() => undefined);
    await window.page.mouse.move(800, 500);
    return false;
  });
}
