// Cancel in every phase, from the panel and from the notification: the socket closes, and the charge is said as it is.
import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, test } from 'node:test';
import type { FrameLocator, Locator } from 'playwright-core';
import type { RecordedRequest } from '../endpoint/record.ts';
import type { Fault } from '../endpoint/steps.ts';
import { button, clearNotifications, generateInPanel, hidePanel, keptImages, openPanel, paidRequests, pressAnew, shownImage, statusItem } from './person.ts';
import { startProduct, type Product } from './product.ts';

let product: Product;
let panel: FrameLocator;
before(async () => {
  product = await startProduct({ standIn: { image: 'flat' }, settings: { 'generateImage.concurrency': 1 } });
  panel = await openPanel(product);
});
after(() => product.stop());
beforeEach(() => product.standIn.reset());
afterEach(async () => {
  for (const each of await button(panel, 'Cancel').all()) await each.click();
  await assertAtRest();
  for (const each of await button(panel, 'Dismiss').all()) await each.click();
});

const MAYBE = 'Cancelled. The service may still charge for it.';
const PAID = 'Cancelled while downloading. The image is paid for; downloading it again is free.';

const HEADERS: Fault = { kind: 'hang', when: 'headers' };
const MID_BODY: Fault = { kind: 'hang', when: 'midBody' };

const row = (prompt: string): Locator => panel.getByRole('listitem').filter({ hasText: prompt, has: panel.getByRole('progressbar') });
const arrived = (origin: RecordedRequest['origin'], prompt?: string): Promise<RecordedRequest> =>
  product.standIn.waitFor((request) => request.origin === origin && request.step === 'hang' && (prompt === undefined || request.body.includes(prompt)), 15_000);

/** The other end of the connection saw it close, and nothing is under way any more. */
async function assertClosed(request: RecordedRequest): Promise<void> {
  await product.standIn.waitFor(({ number, ended }) => number === request.number && ended !== undefined, 15_000);
  assert.equal(request.closedEarly, true);
  await assertAtRest();
}

async function assertAtRest(): Promise<void> {
  await statusItem(product).waitFor({ state: 'hidden' });
  await panel.getByRole('progressbar').first().waitFor({ state: 'hidden' });
}

async function readAndDismiss(sentence: string): Promise<void> {
  await panel.getByText(sentence, { exact: true }).waitFor();
  await button(panel, 'Dismiss').click();
  await panel.getByText(sentence, { exact: true }).waitFor({ state: 'hidden' });
}

async function generateFromPalette(prompt: string): Promise<Locator> {
  await product.window.runCommand('Generate Image');
  await product.window.type(prompt);
  await product.window.pick('1:1');
  return product.window.notification(`Generating “${prompt}”`);
}

test('in the panel: queued costs nothing, requesting may cost something', async () => {
  product.standIn.plan(HEADERS);
  await generateInPanel(panel, 'the first');
  const request = await arrived('api');
  await pressAnew(product);
  await generateInPanel(panel, 'the second');
  await row('the second').getByText('Queued').waitFor();
  await button(row('the second'), 'Cancel').click();
  await row('the second').waitFor({ state: 'hidden' });
  assert.equal(await panel.getByText(MAYBE).count(), 0);
  await row('the first').getByText(/Generating/).waitFor();
  await button(row('the first'), 'Cancel').click();
  await assertClosed(request);
  await readAndDismiss(MAYBE);
  assert.equal(paidRequests(product).length, 1);
});

test('in the panel: within the answer', async () => {
  product.standIn.plan(MID_BODY);
  await generateInPanel(panel, 'half an answer');
  const request = await arrived('api');
  await button(row('half an answer'), 'Cancel').click();
  await assertClosed(request);
  await readAndDismiss(MAYBE);
});

test('in the panel: while downloading, and the rest is fetched free', async () => {
  product.standIn.planDownload(MID_BODY);
  await generateInPanel(panel, 'half an image');
  const request = await arrived('files');
  await row('half an image').getByText(/Downloading · .* of /).waitFor();
  await button(row('half an image'), 'Cancel').click();
  await assertClosed(request);
  assert.deepEqual(keptImages(product), []);
  await panel.getByText(PAID, { exact: true }).waitFor();
  await button(panel, 'Download again (free)').click();
  await shownImage(panel, 'half an image').waitFor();
  await panel.getByText(PAID).waitFor({ state: 'hidden' });
  assert.equal(paidRequests(product).length, 1);
  assert.equal(keptImages(product).length, 1);
});

test('in the notification: requesting, within the answer, downloading', async () => {
  const faults = [{ fault: HEADERS, origin: 'api' }, { fault: MID_BODY, origin: 'api' }, { fault: MID_BODY, origin: 'files' }] as const;
  for (const { fault, origin } of faults) {
    product.standIn.reset();
    if (origin === 'api') product.standIn.plan(fault);
    else product.standIn.planDownload(fault);
    const waiting = await generateFromPalette('from the palette');
    const request = await arrived(origin);
    await button(waiting, 'Cancel').click();
    await assertClosed(request);
    await waiting.waitFor({ state: 'hidden' });
    await readAndDismiss(origin === 'api' ? MAYBE : PAID);
  }
  assert.equal(keptImages(product).length, 1);
});

test('with the panel hidden, a notification says what the cancel may cost', async () => {
  product.standIn.plan(HEADERS);
  const waiting = await generateFromPalette('out of sight');
  const request = await arrived('api');
  await hidePanel(product);
  await button(waiting, 'Cancel').click();
  await assertClosed(request);
  await product.window.notification(MAYBE).waitFor();
  await clearNotifications(product);
  panel = await openPanel(product);
  await readAndDismiss(MAYBE);
});

test('all at once: the button and the command', async () => {
  for (const way of ['button', 'command']) {
    product.standIn.reset();
    product.standIn.plan(HEADERS);
    await generateInPanel(panel, 'one of two');
    const request = await arrived('api');
    await pressAnew(product);
    await generateInPanel(panel, 'two of two');
    await row('two of two').waitFor();
    if (way === 'button') await button(panel, 'Cancel all').click();
    else await product.window.runCommand('Image Generator: Cancel All');
    await assertClosed(request);
    assert.equal(paidRequests(product).length, 1);
    await readAndDismiss(MAYBE);
  }
});

test('waiting for the service’s patience, in the panel and in the notification: nothing was charged', async () => {
  product.standIn.plan({ kind: 'error', status: 429, code: 'Throttling', message: 'rate limit', headers: { 'retry-after': '60' } });
  await generateInPanel(panel, 'in the panel');
  await row('in the panel').getByText('Waiting').waitFor();
  const waiting = await generateFromPalette('in the notification');
  await waiting.getByText(/the service asks to wait \d+ more seconds/).waitFor();
  await button(waiting, 'Cancel').click();
  await waiting.waitFor({ state: 'hidden' });
  await button(row('in the panel'), 'Cancel').click();
  await assertAtRest();
  assert.equal(await panel.getByText(/may still charge/).count(), 0);
  assert.equal(paidRequests(product).length, 1);
  assert.equal(paidRequests(product)[0]?.status, 429);
});
