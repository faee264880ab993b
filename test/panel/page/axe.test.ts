// Holds every state of the panel in every theme against axe-core, and the narrow and zoomed ones against overflow.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { it } from 'node:test';
import type { Page } from 'playwright-core';
import type { OpenPage } from './openPage.ts';
import { THEMES, type ThemeName } from './server.ts';
import { sampleSnapshot, STATES } from './snapshots.ts';
import { bringThemes, type Wearing } from './wearThemes.ts';
import { usePages } from './withPage.ts';

const withPage = usePages();
const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** Shows one state after another in the same page, each with a newer draft so that it is taken; waits until every job is drawn. */
async function showState(open: OpenPage, name: string, revision: number): Promise<void> {
  const snapshot = STATES[name]?.() ?? assert.fail(name);
  await open.push({ ...snapshot, draft: { ...snapshot.draft, revision }, history: { ...snapshot.history, revision } });
  const ended = snapshot.jobs.filter(({ state }) => state.phase === 'failed' || state.phase === 'cancelled').length;
  const expected = { text: snapshot.needsSetUp ? '' : snapshot.draft.value.prompt, underWay: snapshot.jobs.length - ended, hasEnded: ended > 0 };
  await open.page.waitForFunction(({ text, underWay, hasEnded }) =>
    (document.querySelector<HTMLTextAreaElement>('#prompt')?.value ?? '') === text
    && document.querySelectorAll('[role="progressbar"]').length === underWay
    && (document.querySelector('.ended') !== null) === hasEnded, expected);
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

const NAMES = Object.keys(STATES);

/** The older default themes differ from the modern ones in colours alone: the states with the most colours tell. */
const themesOf = (name: string): readonly ThemeName[] => THEMES.filter((theme) => !theme.endsWith('-modern') || ['too-long', 'several', 'history'].includes(name));

interface Axe {
  run(options: object): Promise<{ violations: { id: string; nodes: { html: string; failureSummary: string }[] }[] }>;
}

/**
 * What axe, which must have been read into the page, finds there in each of the themes: every rule in the first, and in the
 * others those that look at colours. The others have no more to tell: in each the page is shaped as in the first, which is held.
 */
function violations(page: Page, themes: readonly ThemeName[]): Promise<string[]> {
  return page.evaluate(async (each) => {
    const { axe, wear } = window as unknown as { axe: Axe } & Wearing;
    /** All that a rule may ask for but colours: what is there, what is seen of it, and where. */
    const shape = (): string => [document.body.innerHTML, ...[...document.querySelectorAll('body *')].map((element) => {
      const { x, y, width, height } = element.getBoundingClientRect();
      return [element.checkVisibility({ opacityProperty: true, visibilityProperty: true }), x, y, width, height, getComputedStyle(element).overflow].join(' ');
    })].join('\n');
    // A bar that moves has another place each time.
    for (const moving of document.getAnimations()) {
      if (moving instanceof CSSTransition) moving.finish();
      else moving.cancel();
    }
    let first: string | undefined;
    const all: string[] = [];
    for (const theme of each) {
      wear(theme);
      const colours = first === undefined ? {} : { runOnly: ['color-contrast', 'link-in-text-block'] };
      first ??= shape();
      if (shape() !== first) all.push(`${theme}: the page has another shape than in ${each[0]}`);
      const { violations: found } = await axe.run({ resultTypes: ['violations'], preload: false, ...colours });
      all.push(...found.flatMap(({ id, nodes }) => nodes.map((node) => `${theme}: ${id}: ${node.html.slice(0, 160)} ${node.failureSummary}`)));
    }
    return all;
  }, themes);
}

it('axe-core finds nothing in any state and theme', () => withPage(sampleSnapshot(0), async (open) => {
  await open.page.evaluate(AXE);
  await bringThemes(open.page);
  const found: string[] = [];
  for (const [place, name] of NAMES.entries()) {
    await showState(open, name, 100 * (place + 1));
    await unfold(open);
    found.push(...(await violations(open.page, themesOf(name))).map((violation) => `${name} in ${violation}`));
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
