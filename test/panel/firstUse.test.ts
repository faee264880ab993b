// First use: from nothing set to the first image with three services of the list, typing nothing but the key and the prompt.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { startStandIn, type StandIn, type StandInOptions } from '../endpoint/server.ts';
import { button, clearNotifications, generateInPanel, shownImage } from './person.ts';
import { startProduct, type Product } from './product.ts';

const KEY = 'sk-first-use-0815';

/** Servers on this machine, at the ports of their own pages: what each refuses, and what has to reach it. */
const SERVICES: readonly { name: string; host: string; key?: string; model?: string; standIn: StandInOptions; told: string; body: Record<string, unknown> }[] = [
  {
    name: 'LiteLLM', host: 'localhost:4000', key: KEY, model: 'qwen-image-max', standIn: { key: KEY, models: 'closed' },
    told: 'localhost:4000 accepts the key. You are ready to generate. Set: qwen-image-max;', body: { model: 'qwen-image-max', size: '1328x1328', n: 1 },
  },
  {
    name: 'vLLM-Omni', host: 'localhost:8000', standIn: { models: 'open' },
    told: 'localhost:8000 answers without a key. You are ready to generate. Set: Qwen/Qwen-Image;', body: { model: 'Qwen/Qwen-Image', size: '1024x1024', n: 1 },
  },
  {
    name: 'Xinference', host: '127.0.0.1:9997', standIn: { models: 'open' },
    told: '127.0.0.1:9997 answers without a key. You are ready to generate. Set: Qwen-Image;', body: { model: 'Qwen-Image', size: '1328x1328', n: 1, response_format: 'b64_json' },
  },
];

const standIns = new Map<string, StandIn>();
let product: Product;

before(async () => {
  for (const { host, standIn } of SERVICES) {
    const port = Number(host.split(':')[1]);
    standIns.set(host, await startStandIn({ port, image: 'flat', answer: 'base64', accept: 'anything', refusedFields: ['watermark', 'prompt_extend'], ...standIn }));
  }
  product = await startProduct({ settings: { 'generateImage.endpoint': '' } });
});
after(async () => {
  await product?.stop();
  for (const standIn of standIns.values()) await standIn.close();
});

const step = (title: string): Promise<void> => product.window.quickInput().getByText(title, { exact: true }).waitFor();

for (const { name, host, key, model, told, body } of SERVICES) {
  test(`${name}: chosen from the list, a prompt, an image`, async () => {
    const { window } = product;
    const standIn = standIns.get(host);
    assert.ok(standIn);
    await window.runCommand('Image Generator: Open Panel');
    const panel = window.panelFrame();
    // From an empty VS Code by the panel's button; from one service to another by the command.
    if (name === SERVICES[0]?.name) await button(panel, 'Set up').click({ timeout: 60_000 });
    else await window.runCommand('Image Generator: Set Up');
    await step('Set Up: Service');
    await window.type(name);
    if (key !== undefined) {
      await step('Set Up: API Key');
      await window.type(key);
    }
    if (model !== undefined) {
      await step('Set Up: Model');
      await window.pick(model);
    }
    await window.notification(told).waitFor();
    await clearNotifications(product);
    await panel.getByRole('button', { name: `${String(body['model'])} · ${host}`, exact: true }).waitFor();
    await generateInPanel(panel, `a boat for ${name}`);
    await shownImage(panel, `a boat for ${name}`).waitFor();
    const posts = standIn.requests.filter(({ method }) => method === 'POST');
    assert.equal(posts.length, 1);
    assert.deepEqual(JSON.parse(posts[0]?.body ?? ''), { prompt: `a boat for ${name}`, ...body });
    assert.equal(posts[0]?.headers.authorization, key && `Bearer ${key}`);
  });
}

test('Choose Service saves the service in use, and goes back to it from another', async () => {
  const { window } = product;
  const panel = window.panelFrame();
  await panel.getByRole('button', { name: 'Qwen-Image · 127.0.0.1:9997', exact: true }).click();
  await step('Choose Service');
  await window.type('Save this service');
  await step('Save This Service');
  await window.type('My pictures');
  await window.quickInput().waitFor({ state: 'hidden' });
  await window.runCommand('Image Generator: Set Up');
  await step('Set Up: Service');
  await window.type('vLLM-Omni');
  await window.notification('localhost:8000 answers without a key').waitFor();
  await clearNotifications(product);
  await window.runCommand('Image Generator: Choose Service…');
  await step('Choose Service');
  await window.type('My pictures');
  await window.notification('127.0.0.1:9997: Set: Qwen-Image').waitFor();
  await panel.getByRole('button', { name: 'Qwen-Image · 127.0.0.1:9997', exact: true }).waitFor();
});
