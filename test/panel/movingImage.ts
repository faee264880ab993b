// Takes the moving image of the READMEs in a real window: a prompt, four images, one chosen, inserted.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Locator } from 'playwright-core';
import { ROOT } from '../vscode/codeServer.ts';
import { useOwnTemporaryFolder } from '../vscode/temporary.ts';
import { MovingWebp } from './movingWebp.ts';
import { button, clearNotifications, goToLine, openPanel, promptBox, until } from './person.ts';
import { startProduct, type Product } from './product.ts';

const TARGET = join(ROOT, 'docs', 'panel.webp');
const VIEWPORT = { width: 1100, height: 760 };
const SIDEBAR_PX = 330;
const PROMPT = 'A lake below bare mountains, wide sky';
const QUALITY = 72;

class Recorder {
  readonly moving = new MovingWebp();
  readonly #product: Product;
  #at = { x: VIEWPORT.width / 2, y: VIEWPORT.height / 2 };

  constructor(product: Product) {
    this.#product = product;
  }

  /** What the window shows now, for so long. */
  async show(durationMs: number): Promise<void> {
    this.moving.add(await this.#product.window.page.screenshot(), durationMs);
  }

  /** Moves a drawn pointer, since a screenshot shows none, and the mouse with it. */
  async moveTo(target: Locator): Promise<void> {
    const box = await target.boundingBox();
    if (!box) throw new Error('There is nothing to point at.');
    const [from, to] = [this.#at, { x: box.x + box.width / 2, y: box.y + box.height / 2 }];
    for (const share of [0.35, 0.7, 0.92, 1]) {
      this.#at = { x: from.x + (to.x - from.x) * share, y: from.y + (to.y - from.y) * share };
      await this.#drawPointer();
      await this.show(60);
    }
    await this.#product.window.page.mouse.move(to.x, to.y);
    await this.show(350);
  }

  async click(target: Locator): Promise<void> {
    await this.moveTo(target);
    await target.click();
  }

  async #drawPointer(): Promise<void> {
    await this.#product.window.page.evaluate(({ x, y }) => {
      const space = 'http://www.w3.org/2000/svg';
      let pointer = document.querySelector<SVGSVGElement>('#pointer');
      if (!pointer) {
        pointer = document.createElementNS(space, 'svg');
        pointer.id = 'pointer';
        for (const [name, value] of [['width', '20'], ['height', '24'], ['viewBox', '0 0 20 24']] as const) pointer.setAttribute(name, value);
        const path = document.createElementNS(space, 'path');
        for (const [name, value] of [['d', 'M2 1v18l4.6-4.2 2.9 7 3-1.3-2.9-6.7H16z'], ['fill', '#111'], ['stroke', '#fff'], ['stroke-width', '1.4']] as const) path.setAttribute(name, value);
        pointer.append(path);
        Object.assign(pointer.style, { position: 'fixed', zIndex: '100000', pointerEvents: 'none' });
        document.body.append(pointer);
      }
      pointer.style.left = `${x}px`;
      pointer.style.top = `${y}px`;
    }, this.#at);
  }
}

/** Drags the border between the sidebar and the editor. */
async function narrowSidebar({ window: { page } }: Product): Promise<void> {
  const box = await page.locator('.part.sidebar').boundingBox();
  if (!box) throw new Error('There is no sidebar.');
  await page.mouse.move(box.x + box.width, 300);
  await page.mouse.down();
  await page.mouse.move(box.x + SIDEBAR_PX, 300, { steps: 5 });
  await page.mouse.up();
}

async function record(product: Product): Promise<Uint8Array> {
  const { window, standIn } = product;
  const { page } = window;
  const recorder = new Recorder(product);
  await page.setViewportSize(VIEWPORT);
  await goToLine(product, 'welcome.md', 5);
  await window.runCommand('Markdown: Open Preview to the Side');
  await window.previewFrame().getByRole('heading', { name: 'A page that needs an image' }).waitFor();
  await window.runCommand('View: Focus First Editor Group');
  await goToLine(product, 'welcome.md', 5);
  const panel = await openPanel(product);
  await narrowSidebar(product);
  standIn.plan(...[0, 1, 2, 3].map((variant) => ({ kind: 'ok', held: true, like: { variant } }) as const));
  await panel.getByRole('spinbutton', { name: 'Images' }).fill('4');
  await clearNotifications(product);
  await recorder.click(promptBox(panel));
  for (let at = 0; at < PROMPT.length; at += 3) {
    await page.keyboard.type(PROMPT.slice(at, at + 3));
    await recorder.show(90);
  }
  await recorder.show(500);
  await recorder.click(panel.getByRole('button', { name: /^Generate 4/ }));
  await panel.getByRole('progressbar').nth(3).waitFor();
  const images = panel.locator('.cellImage img');
  for (let ready = 0; ready < 4; ready++) {
    await page.waitForTimeout(1000);
    await recorder.show(700);
    standIn.release();
    await until(`${ready + 1} images are there`, async () => (await images.count()) === ready + 1 && images.evaluateAll((all) => all.every((image) => (image as HTMLImageElement).complete && (image as HTMLImageElement).naturalWidth > 0)));
    await recorder.show(500);
  }
  await recorder.show(500);
  await recorder.click(panel.locator('.cellImage').nth(2));
  await recorder.show(900);
  await recorder.click(button(panel, 'Insert'));
  await until('the link is there', async () => (await window.editorText()).includes('images/'));
  await clearNotifications(product);
  await page.keyboard.press('ControlOrMeta+S');
  await window.previewFrame().locator('img').waitFor();
  await page.waitForTimeout(1000);
  await recorder.show(3500);
  return recorder.moving.finish(QUALITY);
}

useOwnTemporaryFolder();
const settings = {
  'workbench.layoutControl.enabled': false, 'window.commandCenter': false, 'editor.minimap.enabled': false, 'editor.wordWrap': 'on', 'editor.lineNumbers': 'off', 'editor.occurrencesHighlight': 'off', 'editor.cursorBlinking': 'solid', 'breadcrumbs.enabled': false,
  'generateImage.notifications': false, 'generateImage.size': '1664x928', 'generateImage.concurrency': 4,
};
const product = await startProduct({ settings, window: { theme: 'light', looks: 'full' } });
try {
  const bytes = await record(product);
  writeFileSync(TARGET, bytes);
  console.log(`${TARGET}: ${bytes.length} bytes`);
} catch (error) {
  console.log(await product.window.screenshot('failed'));
  throw error;
} finally {
  await product.stop();
}
