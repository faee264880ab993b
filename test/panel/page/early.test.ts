// Holds that a person may type as soon as they see the prompt box, which stands before the page's script has begun.
import assert from 'node:assert/strict';
import { it } from 'node:test';
import type { Page } from 'playwright-core';
import type { Snapshot } from '../../../src/protocol/snapshot.ts';
import { until } from '../person.ts';
import { sampleSnapshot } from './snapshots.ts';
import { usePages, type PageOptions } from './withPage.ts';

const withPage = usePages();

const withPrompt = (prompt: string): Snapshot => {
  const snapshot = sampleSnapshot(3);
  return { ...snapshot, draft: { revision: 1, value: { ...snapshot.draft.value, prompt } } };
};

/** The page anew as the host writes it, its script not yet begun; the returned function begins it and waits for the form. */
async function openEarly(page: Page, prompt: string, { isFirstTime = false } = {}): Promise<() => Promise<void>> {
  if (isFirstTime) await page.evaluate(() => sessionStorage.clear());
  await page.goto(`${page.url()}&early=${encodeURIComponent(prompt)}`);
  return async () => {
    await beginScript(page);
    await page.locator('.generate, .welcome').first().waitFor();
  };
}

function beginScript(page: Page): Promise<void> {
  return page.evaluate(() => {
    const script = Object.assign(document.createElement('script'), { src: '/panel.js', nonce: 'test' });
    document.body.append(script);
  });
}

/** What the page would do in the browser's next frame. */
interface Held {
  frames: (() => void)[];
  goOn: () => void;
}

/** The page waits for the browser's next frame until the returned function is called. */
async function holdFrames(page: Page): Promise<() => Promise<void>> {
  await page.evaluate(() => {
    const later = window.setTimeout.bind(window);
    Object.assign(window, { requestAnimationFrame: (run: () => void) => (window as unknown as Held).frames.push(run), setTimeout: () => 0, frames: [], goOn: () => Object.assign(window, { setTimeout: later }) });
  });
  return () => page.evaluate(() => {
    const { frames, goOn } = window as unknown as Held;
    goOn();
    frames[0]?.();
  });
}

const box = (page: Page) => page.getByRole('textbox', { name: 'Prompt' });

for (const size of [{ widthPx: 240 }, { widthPx: 300 }, { widthPx: 900 }, { widthPx: 300, language: 'zh-cn' }] satisfies PageOptions[]) {
  it(`stands where the page draws it, with the same text: ${JSON.stringify(size)}`, () => withPage(withPrompt('a fox\n\nin "snow" & <b>'), async ({ page }) => {
    const look = () => page.locator('#prompt').evaluate((element) => ({ ...element.getBoundingClientRect().toJSON() as object, text: (element as HTMLTextAreaElement).value, hint: (element as HTMLTextAreaElement).placeholder, style: getComputedStyle(element).cssText }));
    const begin = await openEarly(page, 'a fox\n\nin "snow" & <b>');
    const before = await look();
    await begin();
    assert.deepEqual(await look(), before);
    assert.equal(before.text, 'a fox\n\nin "snow" & <b>');
  }, size));
}

for (const isFirstTime of [false, true]) {
  it(`keeps what is typed there, with caret and focus${isFirstTime ? ', in a window that never showed it' : ''}`, () => withPage(withPrompt('a fox'), async ({ page, ofType }) => {
    const begin = await openEarly(page, 'a fox', { isFirstTime });
    await box(page).press('End');
    await page.keyboard.type(' in snow');
    await page.keyboard.press('ArrowLeft');
    await begin();
    await page.keyboard.type('!');
    assert.equal(await box(page).inputValue(), 'a fox in sno!w');
    await page.getByRole('button', { name: 'Generate', exact: true }).click();
    assert.equal(ofType('generate')[0]?.value.prompt, 'a fox in sno!w');
  }));
}

for (const [written, typed, told] of [['', 'in snow', 'an owl in snow'], ['a fox', ' in snow', 'an owl  in snow']] as const) {
  it(`adds what is typed there to a draft that is another one by now: “${written}”`, () => withPage(withPrompt('an owl'), async ({ page }) => {
    const begin = await openEarly(page, written, { isFirstTime: true });
    await box(page).press('End');
    await page.keyboard.type(typed);
    await begin();
    assert.equal(await box(page).inputValue(), told);
    await page.keyboard.type('!');
    assert.equal(await box(page).inputValue(), `${told}!`);
  }));
}

it('is the draft that the page kept, from before it is seen: VS Code shows the HTML of the first time again', () => withPage(withPrompt('an owl'), async ({ page, ofType }) => {
  const begin = await openEarly(page, 'a fox');
  const release = await holdFrames(page);
  const begun = begin();
  await page.waitForFunction(() => (window as unknown as Held).frames.length > 0);
  assert.equal(await box(page).inputValue(), 'an owl');
  await box(page).press('End');
  await page.keyboard.type('!');
  await release();
  await begun;
  assert.equal(await box(page).inputValue(), 'an owl!');
  await until('the draft is posted', () => ofType('draft').length > 0);
  assert.deepEqual(ofType('draft').map(({ value }) => value.prompt), ['an owl!']);
}));

for (const isFirstTime of [false, true]) {
  it(`keeps what was typed there if the panel is hidden before the page draws its own${isFirstTime ? ', in a window that never showed it' : ''}`, () => withPage(withPrompt('a fox'), async ({ page, ofType }) => {
    await openEarly(page, 'a fox', { isFirstTime });
    await holdFrames(page);
    await beginScript(page);
    await page.waitForFunction(() => (window as unknown as Held).frames.length > 0);
    await box(page).press('End');
    await page.keyboard.type(' in snow');
    const again = await openEarly(page, 'a fox');
    await again();
    assert.equal(await box(page).inputValue(), 'a fox in snow');
    await until('the draft is posted', () => ofType('draft').length > 0);
    assert.deepEqual(ofType('draft').map(({ value }) => value.prompt), ['a fox in snow']);
    await (await openEarly(page, 'a fox'))();
    assert.equal(await box(page).inputValue(), 'a fox in snow');
  }));
}

it('takes a prompt with other line breaks for the same', () => withPage(withPrompt('a fox\r\nin snow'), async ({ page }) => {
  const begin = await openEarly(page, 'a fox\r\nin snow', { isFirstTime: true });
  await box(page).press('Control+End');
  await page.keyboard.type('!');
  await begin();
  assert.equal(await box(page).inputValue(), 'a fox\nin snow!');
}));

it('gives no focus back if a person went elsewhere, or if there is no box', () => withPage({ ...withPrompt(''), needsSetUp: true }, async ({ page, push }) => {
  const focused = () => page.evaluate(() => document.activeElement?.tagName);
  const begin = await openEarly(page, '', { isFirstTime: true });
  await box(page).press('End');
  await begin();
  await push({ ...withPrompt(''), revision: 2 });
  await box(page).waitFor();
  assert.equal(await focused(), 'BODY');
  const again = await openEarly(page, '', { isFirstTime: true });
  await box(page).press('End');
  await page.evaluate(() => (document.hasFocus = () => false));
  await again();
  assert.equal(await focused(), 'BODY');
}));

it('is the draft alone if nothing is typed, and tells the host nothing', () => withPage(withPrompt('an owl'), async ({ page, ofType }) => {
  const begin = await openEarly(page, 'an old text');
  await begin();
  assert.equal(await box(page).inputValue(), 'an owl');
  assert.deepEqual(ofType('draft'), []);
}));

it('waits for the end of what is being composed there', () => withPage(withPrompt('画：'), async ({ page, context, ofType }) => {
  const begin = await openEarly(page, '画：');
  await box(page).press('End');
  const cdp = await context.newCDPSession(page);
  const compose = (text: string) => cdp.send('Input.imeSetComposition', { text, selectionStart: text.length, selectionEnd: text.length });
  const release = await holdFrames(page);
  const begun = begin();
  await page.waitForFunction(() => (window as unknown as Held).frames.length > 0);
  await compose('mao');
  await release();
  await until('the page has begun', () => ofType('ready').length > 1);
  await compose('猫');
  assert.equal(await page.locator('.generate').count(), 0);
  await cdp.send('Input.insertText', { text: '猫' });
  await begun;
  assert.equal(await box(page).inputValue(), '画：猫');
  await page.keyboard.type('!');
  assert.equal(await box(page).inputValue(), '画：猫!');
}));

it('gives way to Set up, and what was typed is there afterwards', () => withPage({ ...withPrompt(''), needsSetUp: true }, async ({ page, push }) => {
  const begin = await openEarly(page, '', { isFirstTime: true });
  await box(page).fill('a fox');
  await begin();
  assert.ok(await page.getByRole('button', { name: 'Set up' }).isVisible());
  await push({ ...withPrompt(''), revision: 2 });
  assert.equal(await box(page).inputValue(), 'a fox');
}));
