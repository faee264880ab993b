// Holds every state of the panel in every theme against axe-core, and the narrow and zoomed ones against overflow.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { it } from 'node:test';
import type { Page } from 'playwright-core';
import type { OpenPage } from './openPage.ts';
import { THEMES, type ThemeName } from './server.ts';
import { sampleSnapshot, STATES } from './snapshots.ts';
import themes from './themes.json' with { type: 'json' };
import { usePages } from './withPage.ts';

const withPage = usePages();
const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** What axe, which must have been read into the page, finds there. */
async function violations(page: Page): Promise<string[]> {
  return page.evaluate(async () => {
    const { axe } = window as unknown as { axe: { run(options: object): Promise<{ violations: { id: string; nodes: { html: string; failureSummary: string }[] }[] }> } };
    const { violations: found } = await axe.run({ resultTypes: ['violations'] });
    return found.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.html.slice(0, 160)} ${node.failureSummary}`));
  });
}

/** Shows one state after another in the same page, each with a newer draft so that it is taken. */
async function showState(open: OpenPage, name: string, revision: number): Promise<void> {
  const snapshot = STATES[name]?.() ?? assert.fail(name);
  await open.push({ ...snapshot, draft: { ...snapshot.draft, revision }, history: { ...snapshot.history, revision } });
  await open.page.waitForFunction((text) => (document.querySelector<HTMLTextAreaElement>('#prompt')?.value ?? '') === text, snapshot.needsSetUp ? '' : snapshot.draft.value.prompt);
  if (snapshot.jobs.length > 0) await open.page.locator('[role="progressbar"], .ended').first().waitFor();
}

/** Axe sees only what is there: the menu opened, the selection begun. */
async function unfold({ page }: OpenPage): Promise<void> {
  const options = page.getByRole('button', { name: /^Options:/, expanded: false });
  if ((await options.count()) > 0) await options.click();
  const select = page.getByRole('button', { name: 'Select', exact: true, pressed: false });
  if ((await select.count()) > 0) await select.click();
  const more = page.locator('.belowStage:not([inert])').getByRole('button', { name: 'More…', expanded: false });
  if ((await more.count()) > 0) await more.click();
}

/** Puts the page into another theme, as VS Code does: other colours, and another class of the body. */
async function wear(page: Page, theme: ThemeName): Promise<void> {
  await page.evaluate(([name, bodyClass]) => new Promise<void>((resolve, reject) => {
    const link = document.querySelector<HTMLLinkElement>('link[href^="/theme.css"]');
    if (!link) throw new Error('There are no colours.');
    [link.onload, link.onerror] = [() => resolve(), () => reject(new Error(`There are no colours of ${name}.`))];
    link.href = `/theme.css?theme=${name}&at=${performance.now()}`;
    document.body.className = bodyClass;
  }), [theme, themes[theme].bodyClass] as const);
}

const NAMES = Object.keys(STATES);

/** The older default themes differ from the modern ones in colours alone: the states with the most colours tell. */
const themesOf = (name: string): readonly ThemeName[] => THEMES.filter((theme) => !theme.endsWith('-modern') || ['too-long', 'several', 'history'].includes(name));

it('axe-core finds nothing in any state and theme', () => withPage(sampleSnapshot(0), async (open) => {
  await open.page.evaluate(AXE);
  const found: string[] = [];
  for (const [place, name] of NAMES.entries()) {
    await showState(open, name, 100 * (place + 1));
    await unfold(open);
    for (const theme of themesOf(name)) {
      await wear(open.page, theme);
      found.push(...(await violations(open.page)).map((violation) => `${name} in ${theme}: ${violation}`));
    }
    await open.page.keyboard.press('Escape');
  }
  assert.deepEqual(found, []);
}, { isTimeFixed: true }));

const FITS = [
  { widthPx: 240, scale: 1, language: 'zh-cn' },
  { widthPx: 240, scale: 2, language: 'zh-cn' },
  { widthPx: 240, scale: 2, language: 'en' },
  { widthPx: 300, scale: 2, language: 'zh-cn' },
  { widthPx: 600, scale: 1, language: 'zh-cn' },
  { widthPx: 1200, scale: 1, language: 'zh-cn' },
];
for (const { widthPx, scale, language } of FITS) {
  it(`the page fits ${widthPx} px at ${scale * 100} %, in the language ${language}`, () => withPage(sampleSnapshot(0), async (open) => {
    for (const [place, name] of NAMES.entries()) {
      await showState(open, name, 100 * (place + 1));
      const [neededPx, givenPx] = await open.page.evaluate(() => [document.documentElement.scrollWidth, window.innerWidth] as const);
      assert.ok(neededPx <= givenPx, `${name} is ${neededPx} px wide in ${givenPx}`);
      assert.equal((await open.page.textContent('body'))?.includes('UNTRANSLATED'), false);
    }
  }, { theme: 'light-modern', language, widthPx, scale, isTimeFixed: true }));
}

for (const widthPx of [300, 480]) {
  it(`Generate and Cancel keep their words to themselves in ${widthPx} px at 200 %`, () => withPage(STATES['group']?.() ?? assert.fail(), async (open) => {
    const { cutPx, gapsPx } = await open.page.evaluate(() => ({
      cutPx: [...document.querySelectorAll('.generate')].map(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth),
      gapsPx: [...document.querySelectorAll('.cell.job')].map((cell) => [...cell.children].flatMap((child) => (child.matches('.jobFacts, button') ? [child.getBoundingClientRect()] : [])))
        .map(([facts, cancel]) => (cancel?.top ?? 0) - (facts?.bottom ?? 0)),
    }));
    assert.deepEqual(cutPx, [0]);
    assert.ok(gapsPx.length === 2 && gapsPx.every((gap) => gap >= 0), `${gapsPx.join(', ')} px between the words and Cancel`);
  }, { theme: 'light-modern', widthPx, heightPx: 900, scale: 2, isTimeFixed: true }));
}
