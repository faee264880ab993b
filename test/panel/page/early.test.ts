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

/** What the test holds of a page whose box is there, and nothing else. */
interface EarlyPage {
  /** Lets the rest of the page be loaded, and waits until it has begun. */
  begin: () => Promise<void>;
  /** The same, and waits for the form. */
  draw: () => Promise<void>;
}

/** The page anew as the host writes it. */
async function openEarly(page: Page, prompt: string, { isFirstTime = false } = {}): Promise<EarlyPage> {
  if (isFirstTime) await page.evaluate(() => sessionStorage.clear());
  const { promise: isReleased, resolve: release } = Promise.withResolvers<void>();
  const { promise: isAsked, resolve: ask } = Promise.withResolvers<void>();
  await page.route('**/panel.js', async (route) => {
    ask();
    await isReleased;
    await route.continue();
  }, { times: 1 });
  await page.goto(`${page.url()}&early=${encodeURIComponent(prompt)}`, { waitUntil: 'domcontentloaded' });
  await isAsked;
  const begin = async (): Promise<void> => {
    await page.evaluate(() => {
      const begun = new Promise((resolve) => document.querySelector('script[src]')?.addEventListener('load', resolve));
      Object.assign(window, { begun });
    });
    release();
    await page.evaluate(() => (window as unknown as { begun: Promise<unknown> }).begun.then(() => undefined));
  };
  const draw = async (): Promise<void> => {
    await begin();
    await page.locator('.generate, .welcome').first().waitFor();
  };
  return { begin, draw };
}

const box = (page: Page) => page.getByRole('textbox', { name: 'Prompt' });

for (const size of [{ widthPx: 240 }, { widthPx: 300 }, { widthPx: 900 }, { widthPx: 300, language: 'zh-cn' }] satisfies PageOptions[]) {
  it(`stands where the page draws it, with the same text: ${JSON.stringify(size)}`, () => withPage(withPrompt('a fox\n\nin "snow" & <b>'), async ({ page }) => {
    const look = () => page.locator('#prompt').evaluate((element) => ({ ...element.getBoundingClientRect().toJSON() as object, text: (element as HTMLTextAreaElement).value, hint: (element as HTMLTextAreaElement).placeholder, style: getComputedStyle(element).cssText }));
    const { draw } = await openEarly(page, 'a fox\n\nin "snow" & <b>');
    const before = await look();
    await draw();
    assert.deepEqual(await look(), before);
    assert.equal(before.text, 'a fox\n\nin "snow" & <b>');
  }, size));
}

for (const isFirstTime of [false, true]) {
  it(`keeps what is typed there, with caret and focus${isFirstTime ? ', in a window that never showed it' : ''}`, () => withPage(withPrompt('a fox'), async ({ page, ofType }) => {
    const { draw } = await openEarly(page, 'a fox', { isFirstTime });
    await box(page).press('End');
    await page.keyboard.type(' in snow');
    await page.keyboard.press('ArrowLeft');
    await draw();
    await page.keyboard.type('!');
    assert.equal(await box(page).inputValue(), 'a fox in sno!w');
    await page.getByRole('button', { name: 'Generate', exact: true }).click();
    assert.equal(ofType('generate')[0]?.value.prompt, 'a fox in sno!w');
  }));
}

for (const [written, typed, told] of [['', 'in snow', 'an owl in snow'], ['a fox', ' in snow', 'an owl  in snow']] as const) {
  it(`adds what is typed there to a draft that is another one by now: “${written}”`, () => withPage(withPrompt('an owl'), async ({ page }) => {
    const { draw } = await openEarly(page, written, { isFirstTime: true });
    await box(page).press('End');
    await page.keyboard.type(typed);
    await draw();
    assert.equal(await box(page).inputValue(), told);
    await page.keyboard.type('!');
    assert.equal(await box(page).inputValue(), `${told}!`);
  }));
}

it('is the draft that the page kept, from before it is seen: VS Code shows the HTML of the first time again', () => withPage(withPrompt('an owl'), async ({ page, ofType }) => {
  const { draw } = await openEarly(page, 'a fox');
  assert.equal(await box(page).inputValue(), 'an owl');
  await box(page).press('End');
  await page.keyboard.type('!');
  await draw();
  assert.equal(await box(page).inputValue(), 'an owl!');
  await until('the draft is posted', () => ofType('draft').length > 0);
  assert.deepEqual(ofType('draft').map(({ value }) => value.prompt), ['an owl!']);
}));

for (const isFirstTime of [false, true]) {
  it(`keeps what was typed there if the panel is hidden before the page draws its own${isFirstTime ? ', in a window that never showed it' : ''}`, () => withPage(withPrompt('a fox'), async ({ page, ofType }) => {
    await openEarly(page, 'a fox', { isFirstTime });
    await box(page).press('End');
    await page.keyboard.type(' in snow');
    await (await openEarly(page, 'a fox')).draw();
    assert.equal(await box(page).inputValue(), 'a fox in snow');
    await until('the draft is posted', () => ofType('draft').length > 0);
    assert.deepEqual(ofType('draft').map(({ value }) => value.prompt), ['a fox in snow']);
    await (await openEarly(page, 'a fox')).draw();
    assert.equal(await box(page).inputValue(), 'a fox in snow');
  }));
}

it('adds what was typed there before the panel was hidden to a draft that is another one by now', () => withPage(withPrompt('an owl'), async ({ page }) => {
  await openEarly(page, 'a fox', { isFirstTime: true });
  await box(page).press('End');
  await page.keyboard.type(' in snow');
  await (await openEarly(page, 'an owl')).draw();
  assert.equal(await box(page).inputValue(), 'an owl  in snow');
}));

it('gives way to a host that went on since the panel was hidden, once that says so', () => withPage(withPrompt('a fox'), async ({ page, push, silenceHost, ofType }) => {
  await openEarly(page, 'a fox');
  await box(page).press('End');
  await page.keyboard.type(' in snow');
  silenceHost();
  await (await openEarly(page, 'a fox')).draw();
  assert.equal(await box(page).inputValue(), 'a fox in snow');
  const { draft, ...rest } = withPrompt('an owl');
  await push({ ...rest, revision: 9, draft: { ...draft, revision: 5 } });
  assert.equal(await box(page).inputValue(), 'an owl');
  assert.deepEqual(ofType('draft'), []);
}));

it('takes a prompt without the line breaks that it begins with for the same', () => withPage(withPrompt('\n\na fox in snow'), async ({ page }) => {
  const { draw } = await openEarly(page, 'a fox in snow', { isFirstTime: true });
  await box(page).press('Home');
  await page.keyboard.type('not ');
  await draw();
  assert.equal(await box(page).inputValue(), 'not a fox in snow');
}));

it('takes a prompt with other line breaks for the same', () => withPage(withPrompt('a fox\r\nin snow'), async ({ page }) => {
  const { draw } = await openEarly(page, 'a fox\r\nin snow', { isFirstTime: true });
  await box(page).press('Control+End');
  await page.keyboard.type('!');
  await draw();
  assert.equal(await box(page).inputValue(), 'a fox\nin snow!');
}));

it('gives no focus back if a person went elsewhere, or if there is no box', () => withPage({ ...withPrompt(''), needsSetUp: true }, async ({ page, push }) => {
  const focused = () => page.evaluate(() => document.activeElement?.tagName);
  const { draw } = await openEarly(page, '', { isFirstTime: true });
  await box(page).press('End');
  await draw();
  await push({ ...withPrompt(''), revision: 2 });
  await box(page).waitFor();
  assert.equal(await focused(), 'BODY');
  const again = await openEarly(page, '', { isFirstTime: true });
  await box(page).press('End');
  await page.evaluate(() => (document.hasFocus = () => false));
  await again.draw();
  assert.equal(await focused(), 'BODY');
}));

it('is the draft alone if nothing is typed, and tells the host nothing', () => withPage(withPrompt('an owl'), async ({ page, ofType }) => {
  const { draw } = await openEarly(page, 'an old text');
  await draw();
  assert.equal(await box(page).inputValue(), 'an owl');
  assert.deepEqual(ofType('draft'), []);
}));

it('waits for the end of what is being composed there', () => withPage(withPrompt('画：'), async ({ page, context }) => {
  const { begin } = await openEarly(page, '画：');
  await box(page).press('End');
  const cdp = await context.newCDPSession(page);
  const compose = (text: string) => cdp.send('Input.imeSetComposition', { text, selectionStart: text.length, selectionEnd: text.length });
  await compose('mao');
  await begin();
  await compose('猫');
  assert.equal(await page.locator('.generate').count(), 0);
  await cdp.send('Input.insertText', { text: '猫' });
  await page.locator('.generate').waitFor();
  assert.equal(await box(page).inputValue(), '画：猫');
  await page.keyboard.type('!');
  assert.equal(await box(page).inputValue(), '画：猫!');
}));

it('gives way to Set up, and what was typed is there afterwards', () => withPage({ ...withPrompt(''), needsSetUp: true }, async ({ page, push }) => {
  const { draw } = await openEarly(page, '', { isFirstTime: true });
  await box(page).fill('a fox');
  await draw();
  assert.ok(await page.getByRole('button', { name: 'Set up' }).isVisible());
  await push({ ...withPrompt(''), revision: 2 });
  assert.equal(await box(page).inputValue(), 'a fox');
}));

it('keeps its text and says what to do if the rest of the page cannot be loaded', () => withPage(withPrompt(''), async ({ page, errors }) => {
  await page.route('**/panel.js', (route) => route.abort(), { times: 1 });
  await page.goto(`${page.url()}&early=`);
  await box(page).fill('a fox');
  await page.getByRole('alert').getByText('It could not be loaded.').waitFor();
  assert.match(errors.splice(0).join(), /ERR_FAILED/);
  await (await openEarly(page, '')).draw();
  assert.equal(await box(page).inputValue(), 'a fox');
}));
