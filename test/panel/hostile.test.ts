// Text that others wrote stays text wherever a person meets it, and code that others wrote spends no more than a person allows.
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, beforeEach, test } from 'node:test';
import { CALL, MADE, REFUSED } from './caller.ts';
import { button, clearNotifications, dialog, generateInPanel, hidePanel, keptImages, openPanel, paidRequests, shownImage } from './person.ts';
import { startProduct, type Product } from './product.ts';

const LINK = '[free images](command:workbench.action.closeWindow)';
const HOSTILE = `<img id="pwned" src="x" onerror="alert(1)"> ${LINK} \u202egnp\u202c $(trash)`;
let product: Product;
before(async () => {
  product = await startProduct({ standIn: { image: 'flat' }, settings: { 'generateImage.unattendedImages': 1 } });
});
after(() => product.stop());
beforeEach(() => product.standIn.reset());

test('a hostile prompt is text in the page, in the progress and in the notification', async () => {
  const { window, standIn } = product;
  const panel = await openPanel(product);
  await generateInPanel(panel, HOSTILE);
  await shownImage(panel, HOSTILE).waitFor();
  assert.equal(await panel.locator('#pwned').count(), 0);
  assert.equal(await panel.locator('a[href^="command:"]').count(), 0);
  standIn.set({ held: true });
  await window.runCommand('Generate Image');
  await window.type(HOSTILE);
  await window.pick('1:1');
  const progress = window.notification('Generating “<img id="pwned"');
  await progress.waitFor();
  assert.equal(await progress.locator('.notification-list-item-message a').count(), 0);
  await hidePanel(product);
  standIn.release();
  const ready = window.notification(/The image of “.*\] \(command:.* is ready/);
  await ready.waitFor();
  assert.equal(await ready.locator('.notification-list-item-message a').count(), 0);
  assert.doesNotMatch((await window.notifications()).join(), /\u202e/);
  await clearNotifications(product);
});

test('a hostile answer is text in the notification and in the page', async () => {
  const { window, standIn } = product;
  await openPanel(product);
  standIn.plan({ kind: 'error', status: 400, code: 'InvalidParameter', message: `${HOSTILE} \u2028 end`, held: true });
  await generateInPanel(window.panelFrame(), 'a cat');
  await hidePanel(product);
  standIn.release();
  const told = window.notification('The service refused the request.');
  await told.waitFor();
  assert.match(await told.innerText(), /free images\] \(command:/);
  assert.equal(await told.locator('.notification-list-item-message a').count(), 0);
  await clearNotifications(product);
  const panel = await openPanel(product);
  const alert = panel.getByRole('alert');
  await alert.getByText('free images').waitFor();
  assert.equal(await alert.locator('a, img').count(), 0);
  assert.doesNotMatch(await alert.innerText(), /[\u202e\u2028]/);
  await button(alert, 'Dismiss').click();
});

test('a hostile document is text in the list of its missing images', async () => {
  const { window, workspace } = product;
  writeFileSync(join(workspace.path, 'hostile.md'), 'One:\n\n![a $(trash) cat \u202efo](nowhere/flame.png)\n');
  await window.openFile('hostile.md');
  await window.runCommand('Image Generator: Generate Missing Images in This Document');
  await window.quickInput().getByText('1 image: 1 paid request').waitFor();
  assert.deepEqual((await window.picks()).map((label) => label.trim()), ['a $ (trash) cat fo']);
  assert.equal(await window.quickInput().locator('.quick-input-list .codicon-trash').count(), 0);
  await window.page.keyboard.press('Escape');
  assert.deepEqual(paidRequests(product), []);
});

test('over the limit, code gets an image only if a person says so', async () => {
  const { window } = product;
  const before = keptImages(product).length;
  await window.runCommand(CALL);
  await window.notification(`${MADE} call 1`).waitFor();
  await window.runCommand(CALL);
  await dialog(product).getByText('1 unattended requests were sent in this window already').waitFor();
  await button(dialog(product), 'Cancel').click();
  await window.notification(REFUSED).waitFor();
  assert.equal(paidRequests(product).length, 1);
  await window.runCommand(CALL);
  await button(dialog(product), 'Allow 1 more').click();
  await window.notification(`${MADE} call 3`).waitFor();
  assert.equal(paidRequests(product).length, 2);
  assert.equal(keptImages(product).length, before + 2);
});
