// Several images at once: each with its own state and its own end, one countdown for all, and none of it lost by a reload.
import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import type { FrameLocator, Locator } from 'playwright-core';
import type { PostStep } from '../endpoint/steps.ts';
import { button, generateInPanel, keptImages, openPanel, paidRequests, pressAnew, promptBox, statusItem, until } from './person.ts';
import { startProduct, type Product } from './product.ts';

let product: Product;
let panel: FrameLocator;
before(async () => {
  product = await startProduct({ standIn: { image: 'flat' } });
  panel = await openPanel(product);
});
after(() => product.stop());
beforeEach(() => product.standIn.reset());

const HANG: PostStep = { kind: 'hang', when: 'headers' };
const REFUSED: PostStep = { kind: 'error', status: 400, code: 'data_inspection_failed', message: 'Input data may contain inappropriate content.' };
const LIMITED: PostStep = { kind: 'error', status: 429, code: 'rate_limit_exceeded', message: 'Requests rate limit exceeded.', headers: { 'retry-after': '4' } };

const rows = (): Locator => panel.getByRole('listitem').filter({ has: panel.getByRole('progressbar') });
/** How many images the history says it holds; it draws only those in sight. */
const listed = async (): Promise<number> => Number(await panel.getByRole('list', { name: 'History' }).getByRole('listitem').first().getAttribute('aria-setsize'));

async function generateSeveral(prompt: string, count: number): Promise<void> {
  await promptBox(panel).fill(prompt);
  await panel.getByRole('spinbutton', { name: 'Images' }).fill(String(count));
  const several = button(panel, `Generate ${count}: ${count} paid requests`);
  assert.equal(await several.getAttribute('title'), `Generate ${count}: ${count} paid requests`);
  await several.click();
}

async function dismissAll(): Promise<void> {
  while ((await button(panel, 'Dismiss').count()) > 0) {
    const left = await button(panel, 'Dismiss').count();
    await button(panel, 'Dismiss').first().click();
    await until('one note less', async () => (await button(panel, 'Dismiss').count()) < left);
  }
}

test('four at once, one refused and one cancelled: the other two are there', async () => {
  product.standIn.plan({ kind: 'ok', held: true }, { ...REFUSED, held: true }, HANG, { kind: 'ok' });
  await generateSeveral('four of a kind', 4);
  await until('each has a row of its own', async () => (await rows().count()) === 4);
  assert.equal(await button(rows(), 'Cancel').count(), 4);
  assert.equal(await rows().filter({ hasText: 'Queued' }).count(), 2);
  assert.equal(await rows().filter({ hasText: 'Generating' }).count(), 2);
  assert.ok(await button(panel, 'Cancel all').isVisible());
  product.standIn.release(2);
  await panel.getByRole('alert').filter({ hasText: 'The service refused the content of this prompt.' }).waitFor();
  await until('one is left', async () => (await rows().count()) === 1);
  await button(rows(), 'Cancel').click();
  await panel.getByText('Cancelled. The service may still charge for it.', { exact: true }).waitFor();
  assert.equal(await rows().count(), 0);
  await until('both images are in the history', async () => (await listed()) === 2);
  assert.equal(await panel.getByRole('alert').count(), 1);
  assert.deepEqual([keptImages(product).length, paidRequests(product).length], [2, 4]);
  await dismissAll();
});

test('a service that allows only a few a minute: one countdown, no failure, every image', async () => {
  product.standIn.plan(LIMITED, LIMITED);
  await generateSeveral('patience', 3);
  const countdown = panel.getByRole('region', { name: 'In progress' }).getByText(/^The service limits requests\. Continues in [0-4] sec\.$/);
  await countdown.first().waitFor();
  assert.equal(await countdown.count(), 1);
  assert.equal(await panel.getByRole('alert').count(), 0);
  // A job that may end at once is drawn a moment later.
  await until('each of the three waits', async () => (await rows().count()) === 3);
  await until('all three are in the history', async () => (await listed()) === 5);
  assert.equal(await panel.getByRole('alert').count(), 0);
  assert.equal(await countdown.count(), 0);
  const answers = paidRequests(product).map(({ status }) => status);
  assert.deepEqual(answers.toSorted(), [200, 200, 200, 429, 429]);
});

test('“Cancel all” ends them all; those that were still queued cost nothing', async () => {
  product.standIn.plan(HANG, HANG);
  await generateSeveral('none of these', 5);
  await until('two are with the service', () => paidRequests(product).length === 2);
  await button(panel, 'Cancel all').click();
  await until('none is under way', async () => (await rows().count()) === 0);
  await until('two may have cost something', async () => (await panel.getByText('Cancelled. The service may still charge for it.', { exact: true }).count()) === 2);
  await until('both connections are closed', () => paidRequests(product).every(({ closedEarly }) => closedEarly));
  assert.equal(paidRequests(product).length, 2);
  await dismissAll();
});

async function reload(): Promise<void> {
  const { page } = product.window;
  await page.reload();
  await page.locator('.monaco-workbench .part.statusbar .statusbar-item').first().waitFor();
  panel = await openPanel(product);
}

const inHistory = (prompt: string): Locator => button(panel.getByRole('list', { name: 'History' }), prompt);

test('a reload in the middle of a job: what is paid for comes into the history once; what may be is told', async () => {
  const before = keptImages(product).length;
  product.standIn.plan({ kind: 'ok' }, { kind: 'ok', held: true });
  product.standIn.planDownload({ kind: 'hang', when: 'midBody' });
  await panel.getByRole('spinbutton', { name: 'Images' }).fill('1');
  await generateInPanel(panel, 'half downloaded');
  await product.standIn.waitFor(({ origin, step }) => origin === 'files' && step === 'hang', 15_000);
  await pressAnew(product);
  await generateInPanel(panel, 'not yet answered');
  await until('the service has both requests', () => paidRequests(product).length === 2);
  await reload();
  product.standIn.release();
  // The three of one press, which were the newest before, stand together again.
  await panel.getByText('3 images made together').waitFor();
  const told = product.window.notification('The window closed before the service answered for “not yet answered”. It may have been charged.');
  // VS Code ends the old extension host at once, or lets it go on until the answer is there.
  const end = await until('the other one is told of, or there too', async () => ((await told.count()) > 0 ? 'told' : (await inHistory('not yet answered').count()) > 0 && 'kept'), 40_000);
  await statusItem(product).waitFor({ state: 'hidden' });
  await inHistory('half downloaded').waitFor({ timeout: 40_000 });
  assert.deepEqual([keptImages(product).length - before, paidRequests(product).length], [end === 'told' ? 1 : 2, 2]);
});
