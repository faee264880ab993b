// Takes images of the real panel in a real window, in every theme at two widths.
import { useOwnTemporaryFolder } from '../vscode/temporary.ts';
import { THEMES, type Theme } from '../vscode/workbench.ts';
import { button, chooseSize, clearNotifications, generateInPanel, goToLine, openOptions, openPanel, promptBox, shownImage, until } from './person.ts';
import { startProduct, type Product } from './product.ts';

const PROMPTS = ['A lake below bare mountains, wide sky', 'Low hills, a few clouds, a round sun', 'Mountains behind a calm lake, pines in front'];

/** Drags the border between the sidebar and the editor. */
async function setSidebarWidth({ window }: Product, widthPx: number): Promise<void> {
  const { page } = window;
  const box = await page.locator('.part.sidebar').boundingBox();
  if (!box) throw new Error('There is no sidebar.');
  await page.mouse.move(box.x + box.width, 300);
  await page.mouse.down();
  await page.mouse.move(box.x + widthPx, 300, { steps: 5 });
  await page.mouse.up();
}

async function shoot(product: Product): Promise<void> {
  const { window } = product;
  const { page } = window;
  await page.setViewportSize({ width: 1100, height: 980 });
  await goToLine(product, 'welcome.md', 5);
  const panel = await openPanel(product);
  await setSidebarWidth(product, 400);
  await openOptions(panel);
  await chooseSize(panel, '16:9 1664x928');
  for (const prompt of PROMPTS) {
    await generateInPanel(panel, prompt);
    await shownImage(panel, prompt).waitFor();
  }
  await button(panel, 'Insert').click();
  await until('the link is there', async () => (await window.editorText()).includes('images/'));
  await page.keyboard.press('ControlOrMeta+S');
  await window.notification('The prompt and the options are written').waitFor();
  await clearNotifications(product);
  await goToLine(product, 'welcome.md', 7);
  await promptBox(panel).evaluate((box) => box.scrollIntoView({ block: 'end' }));
  await page.mouse.move(900, 800);
  for (const theme of Object.keys(THEMES) as Theme[]) {
    await window.setTheme(theme);
    for (const widthPx of [230, 340]) {
      await setSidebarWidth(product, widthPx);
      await page.mouse.move(900, 800);
      await page.waitForTimeout(500);
      console.log(await window.screenshot(`panel-${theme}-${widthPx}`));
    }
  }
}

useOwnTemporaryFolder();
const settings = {
  'workbench.layoutControl.enabled': false, 'window.commandCenter': false, 'editor.minimap.enabled': false, 'editor.wordWrap': 'on', 'editor.occurrencesHighlight': 'off', 'breadcrumbs.enabled': false,
  'generateImage.notifications': false,
};
const product = await startProduct({ standIn: { delayMs: 2500 }, settings, window: { theme: 'light', looks: 'full' } });
try {
  await shoot(product);
} catch (error) {
  await product.window.screenshot('failed');
  throw error;
} finally {
  await product.stop();
}
