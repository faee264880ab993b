// Takes images of the panel in every state, theme and width, into out/screenshots.
import { mkdirSync, rmSync } from 'node:fs';
import { openTab } from './openPage.ts';
import { launchBrowser } from '../../vscode/workbench.ts';
import { servePage, type ThemeName } from './server.ts';
import { STATES } from './snapshots.ts';

const FOLDER = 'out/screenshots';
const THEMES: readonly ThemeName[] = ['dark', 'light', 'hc-dark', 'hc-light'];
/** As narrow as a sidebar gets, as it usually is, and as wide as the bottom panel or half a window. */
const WIDTHS_PX = [240, 300, 480, 700];
/** The window's zoom at 200 %: the same width on the screen holds half as much. */
const ZOOMED = 2;
const SHOTS: { theme: ThemeName; widthPx: number; heightPx?: number; language?: string; scale?: number }[] = [
  ...THEMES.flatMap((theme) => WIDTHS_PX.map((widthPx) => ({ theme, widthPx }))),
  ...WIDTHS_PX.map((widthPx) => ({ theme: 'light-modern' as const, widthPx, scale: ZOOMED })),
  { theme: 'dark-modern', widthPx: 300 },
  { theme: 'light-modern', widthPx: 300 },
  { theme: 'light', widthPx: 300, language: 'zh-cn' },
  { theme: 'dark', widthPx: 1200, heightPx: 420 },
];

const only = process.argv.slice(2);
const server = await servePage();
const browser = await launchBrowser();
rmSync(FOLDER, { recursive: true, force: true });
mkdirSync(FOLDER, { recursive: true });
try {
  for (const { theme, widthPx, heightPx = 900, language = 'en', scale = 1 } of SHOTS) {
    for (const [name, snapshot] of Object.entries(STATES)) {
      if (only.length > 0 && !only.includes(name)) continue;
      const tab = await openTab(browser, { scale, isTimeFixed: true });
      const { page, errors } = await tab.open(server.url(theme, language), snapshot(), { widthPx, heightPx });
      await page.waitForTimeout(350);
      await page.screenshot({ path: `${FOLDER}/${name}-${theme}-${widthPx}${scale === 1 ? '' : `-zoom${scale * 100}`}${language === 'en' ? '' : `-${language}`}.png` });
      for (const error of errors) console.error(`${name} ${theme}: ${error}`);
      await tab.close();
    }
  }
} finally {
  await browser.close();
  await server.close();
}
