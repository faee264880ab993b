// Holds the form in a real browser: drafts, input methods, presses and what the button says.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Snapshot } from '../../../src/protocol/snapshot.ts';
import type { OpenPage } from './openPage.ts';
import { pressTwice } from './pressTwice.ts';
import { NOW_MS, sampleImage, sampleJob, sampleSnapshot } from './snapshots.ts';
import { usePages } from './withPage.ts';

const withPage = usePages();

let open: OpenPage;

const first = sampleSnapshot(0);

const withForm = (run: (open: OpenPage) => Promise<void>, snapshot = first): Promise<void> =>
  withPage(snapshot, (opened) => {
    open = opened;
    return run(opened);
  });

const prompt = () => open.page.getByRole('textbox', { name: 'Prompt', exact: true });
const generate = () => open.page.getByRole('button', { name: /^Generate/ });

/** Lets time go by on the clock that the page measures presses with. */
const letPass = (ms: number): Promise<void> =>
  open.page.evaluate((passed) => {
    const now = performance.now.bind(performance);
    performance.now = () => now() + passed;
  }, ms);

async function until(isTrue: () => boolean | Promise<boolean>, what: string): Promise<void> {
  for (let tries = 0; tries < 200; tries++) {
    if (await isTrue()) return;
    await open.page.waitForTimeout(20);
  }
  assert.fail(`Never: ${what}`);
}

describe('the form', () => {
  it('sends what was typed, once, and keeps it over a reload', () =>
    withForm(async ({ page, ofType }) => {
      await prompt().pressSequentially('a red boat');
      await until(() => ofType('draft').at(-1)?.value.prompt === 'a red boat', 'the draft is posted');
      const { revision } = ofType('draft').at(-1) ?? { revision: 0 };
      assert.ok(revision > 1);
      await page.reload();
      assert.equal(await prompt().inputValue(), 'a red boat');
      assert.equal(await page.locator('#counter').textContent(), '10 / 800');
      await until(() => (ofType('draft').at(-1)?.revision ?? 0) > revision, 'the draft is sent to a host that forgot it');
    }));

  it('offers what the file of an image names, unticked, and sends it only if it is ticked', () =>
    withForm(async ({ ofType }) => {
      const box = open.page.getByRole('checkbox', { name: 'Send what the image names: dear-model, seed 7' });
      assert.equal(await box.isChecked(), false);
      await box.check();
      await until(() => ofType('extras').at(-1)?.taken === true, 'the tick is posted');
    }, { ...first, extras: { text: 'dear-model, seed 7', taken: false } }));

  it('never lets an older or equal revision of the host overwrite typing', () =>
    withForm(async ({ push, ofType }) => {
      await prompt().fill('mine');
      await until(() => ofType('draft').length > 0, 'the draft is posted');
      const { revision } = ofType('draft').at(-1) ?? { revision: 0 };
      const hostDraft = (at: number, text: string) => ({ ...first, draft: { revision: at, value: { ...first.draft.value, prompt: text } } });
      await push(hostDraft(revision, 'echo'));
      await push(hostDraft(revision - 1, 'old'));
      assert.equal(await prompt().inputValue(), 'mine');
      await push(hostDraft(revision + 1, 'from the selection'));
      await until(async () => (await prompt().inputValue()) === 'from the selection', 'the newer draft is shown');
    }));

  it('shows the size and the switches of a newer draft, as of an image whose prompt is used', () =>
    withForm(async ({ page, push, ofType }) => {
      await prompt().fill('something else');
      await page.getByRole('checkbox', { name: 'Improve prompt' }).uncheck();
      await until(() => ofType('draft').at(-1)?.value.promptExtend === false, 'the draft is posted');
      const { revision } = ofType('draft').at(-1) ?? { revision: 0 };
      await push({ ...first, draft: { revision: revision + 1, value: { prompt: 'a red boat', size: '928x1664', promptExtend: true, watermark: true, count: 1 } } });
      await until(async () => (await prompt().inputValue()) === 'a red boat', 'the newer draft is shown');
      for (const box of ['Improve prompt', 'Watermark']) assert.equal(await page.getByRole('checkbox', { name: box }).isChecked(), true, box);
      assert.equal(await page.getByRole('radio', { name: '9:16 928x1664' }).isChecked(), true);
    }));

  it('leaves a composition alone: no text from the host, no shortcut, one draft at its end', () =>
    withForm(async ({ page, context, push, ofType }) => {
      await prompt().focus();
      const cdp = await context.newCDPSession(page);
      await cdp.send('Input.imeSetComposition', { text: 'mao', selectionStart: 3, selectionEnd: 3 });
      await push({ ...first, draft: { revision: 50, value: { ...first.draft.value, prompt: 'from elsewhere' } } });
      await page.keyboard.press('Control+Enter');
      assert.equal(await prompt().inputValue(), 'mao');
      assert.deepEqual([ofType('generate').length, ofType('draft').length], [0, 0]);
      await cdp.send('Input.imeSetComposition', { text: '猫', selectionStart: 1, selectionEnd: 1 });
      await cdp.send('Input.insertText', { text: '猫' });
      await until(() => ofType('draft').length > 0, 'the draft is posted');
      assert.deepEqual(ofType('draft').map(({ value }) => value.prompt), ['猫']);
      assert.equal(ofType('draft')[0]?.revision, 51);
      assert.equal(await prompt().inputValue(), '猫');
    }));

  it('leaves Chinese that is being composed as it is while a job goes its way, and counts it once it is there', () =>
    withForm(async ({ page, context, push, ofType }) => {
      await prompt().fill('画：');
      const counter = page.locator('#counter');
      await until(() => ofType('draft').at(-1)?.value.prompt === '画：', 'the draft is posted');
      const { revision } = ofType('draft').at(-1) ?? { revision: 0 };
      const cdp = await context.newCDPSession(page);
      const typed = ['m', 'ma', 'mao', 'mao zai', 'mao zai chuang'];
      for (const text of typed) {
        await cdp.send('Input.imeSetComposition', { text, selectionStart: text.length, selectionEnd: text.length });
        assert.equal(await prompt().inputValue(), `画：${text}`);
      }
      const draft = { revision: revision + 1, value: { ...first.draft.value, prompt: '先' } };
      await push({ ...first, draft, jobs: [sampleJob('a', { phase: 'requesting', sinceMs: NOW_MS - 12_000 })] });
      await page.getByRole('progressbar').waitFor();
      await push({ ...sampleSnapshot(1, { doneCount: 1 }), draft });
      await page.getByRole('region', { name: 'Preview' }).getByRole('img').waitFor();
      assert.equal(await prompt().inputValue(), `画：${typed.at(-1)}`);
      await cdp.send('Input.dispatchKeyEvent', { type: 'rawKeyDown', key: 'Process', code: 'Enter', windowsVirtualKeyCode: 229, modifiers: 2 });
      await cdp.send('Input.insertText', { text: '猫在窗' });
      await until(async () => (await prompt().inputValue()) === '画：猫在窗' && (await counter.textContent()) === '5 / 800', 'the characters are there, and counted');
      await until(() => ofType('draft').at(-1)?.value.prompt === '画：猫在窗', 'the draft is posted');
      assert.deepEqual(ofType('generate'), []);
    }));

  it('takes a double click, a held Enter and a held Ctrl+Enter for one press', () =>
    withForm(async ({ page, ofType }) => {
      await prompt().fill('a boat');
      await pressTwice(generate());
      assert.equal(ofType('generate').length, 1);
      await letPass(600);
      await generate().focus();
      for (let held = 0; held < 14; held++) {
        await page.keyboard.down('Enter');
        await letPass(50);
      }
      await page.keyboard.up('Enter');
      assert.equal(ofType('generate').length, 2);
      await letPass(600);
      await prompt().focus();
      await page.keyboard.down('Control');
      for (let held = 0; held < 14; held++) {
        await page.keyboard.down('Enter');
        await letPass(50);
      }
      await page.keyboard.up('Enter');
      await page.keyboard.up('Control');
      assert.equal(ofType('generate').length, 3);
      const ids = ofType('generate').map(({ intentId }) => intentId);
      assert.equal(new Set(ids).size, 3);
      assert.equal(ofType('generate')[0]?.value.prompt, 'a boat');
      assert.equal(await prompt().inputValue(), 'a boat');
    }));

  it('says what several cost, and why a prompt cannot be asked for', () =>
    withForm(async ({ page, ofType }) => {
      assert.equal(await generate().isDisabled(), true);
      await prompt().fill('a boat');
      await page.getByRole('spinbutton', { name: 'Images' }).fill('3');
      const many = page.getByRole('button', { name: 'Generate 3: 3 paid requests', exact: true });
      assert.equal(await many.getAttribute('title'), 'Generate 3: 3 paid requests');
      await prompt().fill('𠮷'.repeat(801));
      assert.equal(await page.locator('#counter').textContent(), '801 / 800');
      await page.getByText('The prompt is too long: 801 of at most 800 characters.', { exact: true }).first().waitFor();
      assert.equal(await generate().isDisabled(), true);
      assert.equal(await prompt().getAttribute('aria-invalid'), 'true');
      await generate().click({ force: true });
      await page.keyboard.press('Control+Enter');
      assert.equal(ofType('generate').length, 0);
      assert.equal(await prompt().inputValue(), '𠮷'.repeat(801), 'nothing is cut');
      await prompt().fill('𠮷'.repeat(800));
      assert.equal(await page.locator('#counter').textContent(), '800 / 800');
      await generate().click();
      assert.deepEqual(ofType('generate').map(({ value }) => value.prompt), ['𠮷'.repeat(800)]);
    }));

  it('offers sizes, switches and styles that change the draft', () =>
    withForm(async ({ page, ofType }) => {
      await prompt().fill('a boat');
      await page.getByRole('radiogroup', { name: 'Size' }).getByRole('radio', { name: '16:9 1664x928' }).check();
      await page.getByRole('checkbox', { name: 'Watermark' }).check();
      await page.getByRole('checkbox', { name: 'Improve prompt' }).uncheck();
      const style = page.getByRole('button', { name: 'Flat', exact: true });
      await style.click();
      assert.equal(await style.getAttribute('aria-pressed'), 'true');
      assert.equal(await prompt().inputValue(), 'a boat, flat vector illustration');
      await prompt().press('Control+z');
      assert.equal(await prompt().inputValue(), 'a boat');
      await style.click();
      assert.equal(await prompt().inputValue(), 'a boat, flat vector illustration');
      assert.equal(await style.evaluate((chip) => chip === document.activeElement), true);
      await style.click();
      assert.equal(await prompt().inputValue(), 'a boat');
      await generate().click();
      assert.deepEqual(ofType('generate')[0]?.value, { prompt: 'a boat', size: '1664x928', promptExtend: false, watermark: true, count: 1 });
    }));

  it('brings earlier prompts back with the arrow keys, and takes them back with undo', () =>
    withForm(async ({ page }) => {
      await prompt().focus();
      await page.keyboard.press('ArrowUp');
      await page.keyboard.press('Control+z');
      assert.equal(await prompt().inputValue(), '');
      await page.keyboard.press('ArrowUp');
      await page.keyboard.press('ArrowUp');
      assert.equal(await prompt().inputValue(), 'an older prompt');
      await page.keyboard.press('ArrowDown');
      assert.equal(await prompt().inputValue(), 'the newest prompt');
      await page.keyboard.type('!');
      await page.keyboard.press('ArrowUp');
      assert.equal(await prompt().inputValue(), 'the newest prompt!');
    }));

  it('names the model and the host, opens the choice, and says what an image costs and since when', () =>
    withForm(async ({ page, ofType, push }) => {
      const cost = page.locator('.cost');
      assert.match(await cost.innerText(), /about US\$ 0\.08 each/);
      assert.match((await cost.getAttribute('title')) ?? '', /2026-11-25/);
      await page.getByRole('button', { name: 'qwen-image-max · api.example.com', exact: true }).click();
      assert.equal(ofType('chooseService').length, 1);
      await push({ ...first, service: { model: 'flux', host: 'localhost:8080' } });
      await page.getByRole('button', { name: 'flux · localhost:8080', exact: true }).waitFor();
      assert.doesNotMatch(await cost.innerText(), /US\$/);
    }));

  for (const [language, price] of [['en', 'about US$ 0.08 each'], ['zh-cn', '每张约 US$ 0.08']] as const) {
    it(`shows the whole price of several in the narrowest sidebar: ${language}`, () =>
      withPage({ ...first, draft: { revision: 5, value: { ...first.draft.value, count: 8 } } }, async ({ page }) => {
        const [seen, room] = await page.locator('.cost').evaluate((cost, text) => {
          const words = document.createTreeWalker(cost, NodeFilter.SHOW_TEXT).nextNode() as Text;
          const range = document.createRange();
          const start = words.data.indexOf(text);
          range.setStart(words, start);
          range.setEnd(words, start + text.length);
          return [range.getBoundingClientRect().right, cost.getBoundingClientRect().right];
        }, price);
        assert.ok((seen ?? Infinity) <= (room ?? 0), `${price} ends at ${seen}, its line at ${room}`);
      }, { widthPx: 240, language }));
  }

  it('takes a press before the host has answered, once, and only for what was seen then', () =>
    withForm(async ({ page, push, silenceHost, ofType }) => {
      const [prompt, generate] = [page.getByRole('textbox', { name: 'Prompt' }), page.getByRole('button', { name: 'Generate', exact: true })];
      const draft = (text: string, revision: number) => ({ ...first, draft: { revision, value: { ...first.draft.value, prompt: text } } });
      await push(draft('a boat', 5));
      silenceHost();
      for (const [newest, made] of [['another boat', []], ['a boat', ['a boat']]] as const) {
        await page.reload();
        await prompt.waitFor();
        assert.equal(await prompt.inputValue(), 'a boat');
        await generate.dblclick();
        assert.deepEqual(ofType('generate'), []);
        await push(draft(newest, 20));
        await push(draft(newest, 21));
        assert.deepEqual(ofType('generate').map(({ value }) => value.prompt), made);
        await push(draft('a boat', 40));
      }
    }));

  it('gives way to Set up until an endpoint is known, with the history still there', () =>
    withForm(async ({ page, ofType }) => {
      assert.equal(await page.getByRole('textbox').count(), 0);
      await pressTwice(page.getByRole('button', { name: 'Set up', exact: true }));
      assert.equal(ofType('setUp').length, 1);
      assert.equal(await page.getByRole('list', { name: 'History' }).count(), 1);
    }, sampleSnapshot(0, { needsSetUp: true, history: { ...sampleSnapshot(3).history } })));
});

/** In the page: what is drawn in the very task that the snapshot comes in, however long the next one takes to come. */
function drawAtOnce(snapshot: Snapshot): Promise<{ said: string | undefined; bars: number }> {
  return new Promise((resolve) => {
    // The page listens for longer, so it has drawn by then.
    window.addEventListener('message', function look({ data }: MessageEvent<Partial<Snapshot>>) {
      if (data.jobs?.length !== snapshot.jobs.length) return;
      window.removeEventListener('message', look);
      resolve({ said: document.querySelector('[role="status"]')?.textContent, bars: document.querySelectorAll('[role="progressbar"]').length });
    });
    window.postMessage(snapshot);
  });
}

describe('jobs', () => {
  const busy = (id: string) => sampleJob(id, { phase: 'requesting', sinceMs: NOW_MS - 12_000 });

  it('show their progress only after a moment, and Escape cancels none of them', () =>
    withForm(async ({ page, push, ofType }) => {
      const both = { ...first, jobs: [busy('a'), busy('b')] };
      assert.deepEqual(await page.evaluate(drawAtOnce, both), { said: 'Generating 2 images.', bars: 0 });
      await push(both);
      await page.getByRole('progressbar').first().waitFor();
      assert.equal(await page.getByRole('status').textContent(), 'Generating 2 images.');
      await page.getByRole('button', { name: 'Cancel', exact: true }).first().focus();
      await page.keyboard.press('Escape');
      assert.deepEqual([ofType('cancel').length, ofType('cancelAll').length], [0, 0]);
      await page.getByRole('button', { name: 'Cancel', exact: true }).nth(1).click();
      await page.getByRole('button', { name: 'Cancel all', exact: true }).click();
      assert.deepEqual([ofType('cancel').map(({ jobId }) => jobId), ofType('cancelAll').length], [['b'], 1]);
    }));

  it('that fail are an alert with their actions, and stay text whatever the prompt holds', () =>
    withForm(async ({ page, push, ofType }) => {
      const failed = sampleJob('a', { phase: 'failed', sentence: 'The key was refused. <b>x</b>', actions: [{ id: 'setApiKey', label: 'Set API Key' }] }, { prompt: sampleImage(5).prompt });
      await push({ ...first, jobs: [failed] });
      const alert = page.getByRole('alert');
      await alert.waitFor();
      assert.match((await alert.textContent()) ?? '', /<img src=x[\s\S]*<b>x<\/b>/);
      await pressTwice(alert.getByRole('button', { name: 'Set API Key' }));
      assert.deepEqual(ofType('jobAction').map(({ jobId, action }) => [jobId, action]), [['a', 'setApiKey']]);
      await alert.getByRole('button', { name: 'Dismiss' }).click();
      assert.deepEqual(ofType('dismiss').map(({ jobId }) => jobId), ['a']);
      await push({ ...first, jobs: [] });
      await alert.waitFor({ state: 'detached' });
    }));

  it('that end well are said once, and the notice offers its undo', () =>
    withForm(async ({ page, push, ofType }) => {
      await push({ ...first, jobs: [busy('a')] });
      await push(sampleSnapshot(1, { doneCount: 1 }));
      await until(async () => (await page.getByRole('status').textContent()) === 'Image ready.', 'the end is said');
      await push(sampleSnapshot(0, { notice: { id: 3, text: 'Deleted 1 image.', actions: [{ id: 'undo', label: 'Undo' }] } }));
      await page.getByText('Deleted 1 image.').waitFor();
      await page.getByRole('button', { name: 'Undo' }).click();
      assert.deepEqual(ofType('noticeAction').map(({ noticeId, action }) => [noticeId, action]), [[3, 'undo']]);
    }));
});

describe('the preview', () => {
  it('posts each of its actions, and its menu works by keyboard', () =>
    withForm(async ({ page, intents }) => {
      const preview = page.getByRole('region', { name: 'Preview' });
      assert.equal(await preview.getByRole('img').getAttribute('alt'), sampleImage(0).prompt);
      for (const name of ['Insert', 'Save', 'Copy', 'Use prompt', 'Make again', 'Star', 'Delete']) {
        await preview.getByRole('button', { name, exact: true }).click();
      }
      const more = preview.getByRole('button', { name: 'More…' });
      await more.focus();
      await page.keyboard.press('Enter');
      assert.equal(await page.evaluate(() => document.activeElement?.textContent), 'Copy prompt');
      await page.keyboard.press('ArrowDown');
      assert.equal(await page.evaluate(() => document.activeElement?.textContent), 'Open image');
      await page.keyboard.press('Escape');
      assert.equal(await page.evaluate(() => document.activeElement?.id), 'more');
      assert.equal(await page.getByRole('menu').count(), 0);
      await page.keyboard.press('ArrowUp');
      await page.keyboard.press('ArrowUp');
      await page.keyboard.press('Enter');
      const types = intents.map(({ type }) => type).filter((type) => type !== 'ready' && type !== 'history');
      assert.deepEqual(types, ['insert', 'save', 'copy', 'usePrompt', 'makeAgain', 'star', 'delete', 'reveal']);
    }, sampleSnapshot(1)));
});
