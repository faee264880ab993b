// First use: from nothing set to the first image with services of the list, typing nothing but the key and the prompt.
import assert from 'node:assert/strict';
import { createServer, type Server } from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import { after, before, test } from 'node:test';
import { startStandIn, type StandIn, type StandInOptions } from '../endpoint/server.ts';
import { writeSettings } from '../vscode/workbench.ts';
import { button, clearNotifications, generateInPanel, shownImage } from './person.ts';
import { startProduct, type Product } from './product.ts';

const KEY = 'sk-first-use-0815';

/** The services as their pages describe them: what they refuse, and what has to reach them. */
const SERVICES: readonly { name: string; host: string; standIn: StandInOptions; body: Record<string, unknown>; line: string }[] = [
  {
    name: 'OpenAI', host: 'api.openai.com', standIn: { refusedFields: ['watermark', 'prompt_extend', 'image_size'] },
    body: { model: 'gpt-image-2.5-flare', size: '1024x1024', n: 1 }, line: 'gpt-image-2.5-flare · api.openai.com',
  },
  {
    name: 'Zhipu (BigModel)', host: 'open.bigmodel.cn', standIn: { path: '/api/paas/v4/images/generations', refusedFields: ['watermark', 'prompt_extend', 'n'] },
    body: { model: 'glm-image', size: '1280x1280' }, line: 'glm-image · open.bigmodel.cn',
  },
  {
    name: 'SiliconFlow', host: 'api.siliconflow.cn', standIn: { refusedFields: ['watermark', 'prompt_extend', 'n', 'size'] },
    body: { model: 'Qwen/Qwen-Image', image_size: '1328x1328' }, line: 'Qwen/Qwen-Image · api.siliconflow.cn',
  },
];

const standIns = new Map<string, StandIn>();
let proxy: Server;
let settings: Record<string, unknown>;
let product: Product;

before(async () => {
  for (const { host, standIn } of SERVICES) {
    standIns.set(host, await startStandIn({ key: KEY, image: 'flat', answer: 'base64', accept: 'anything', models: 'closed', tls: true, ...standIn }));
  }
  // What the window sends to a known host goes through this proxy to the stand-in that plays it, and to nobody else.
  proxy = createServer((_incoming, outgoing) => void outgoing.writeHead(502).end());
  proxy.on('connect', ({ url = '' }: { url?: string }, socket) => {
    const played = standIns.get(url.replace(/:443$/, ''));
    if (!played) return void socket.end('HTTP/1.1 502 Bad Gateway\r\n\r\n');
    const onward = connect(Number(new URL(played.baseUrl).port), '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 Connection Established\r\n\r\n');
      onward.pipe(socket).pipe(onward);
    });
    onward.on('error', () => socket.destroy());
    socket.on('error', () => onward.destroy());
  });
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
  settings = { 'http.proxy': `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`, 'http.proxySupport': 'override', 'http.proxyStrictSSL': false, 'generateImage.endpoint': '' };
  product = await startProduct({ settings });
});
after(async () => {
  await product?.stop();
  for (const standIn of standIns.values()) await standIn.close();
  proxy.closeAllConnections();
  proxy.close();
});

for (const { name, host, body, line } of SERVICES) {
  test(`${name}: chosen from the list, a key, a prompt, an image`, async () => {
    const { window, vscode } = product;
    const standIn = standIns.get(host);
    assert.ok(standIn);
    writeSettings(vscode, settings);
    await window.runCommand('Image Generator: Open Panel');
    const panel = window.panelFrame();
    await button(panel, 'Set up').click({ timeout: 60_000 });
    const step = (title: string): Promise<void> => window.quickInput().getByText(title, { exact: true }).waitFor();
    await step('Set Up: Service');
    await window.pick(name);
    await step('Set Up: API Key');
    await window.type(KEY);
    await window.notification(`${host} accepts the key. You are ready to generate. Set: ${String(body['model'])};`).waitFor();
    await clearNotifications(product);
    await panel.getByRole('button', { name: line, exact: true }).waitFor();
    await generateInPanel(panel, `a boat for ${host}`);
    await shownImage(panel, `a boat for ${host}`).waitFor();
    const posts = standIn.requests.filter(({ method }) => method === 'POST');
    assert.equal(posts.length, 1);
    assert.deepEqual(JSON.parse(posts[0]?.body ?? ''), { prompt: `a boat for ${host}`, ...body });
    assert.equal(posts[0]?.headers.authorization, `Bearer ${KEY}`);
  });
}

test('Choose Service saves the service in use and lists it, and the panel goes back to it', async () => {
  const { window } = product;
  await window.runCommand('Image Generator: Open Panel');
  const panel = window.panelFrame();
  const step = (title: string): Promise<void> => window.quickInput().getByText(title, { exact: true }).waitFor();
  await panel.getByRole('button', { name: 'Qwen/Qwen-Image · api.siliconflow.cn', exact: true }).click();
  await step('Choose Service');
  await window.pick('Save this service…');
  await step('Save This Service');
  await window.type('My pictures');
  await window.quickInput().waitFor({ state: 'hidden' });
  await window.runCommand('Image Generator: Set Up');
  await step('Set Up: Service');
  await window.pick('OpenAI');
  await step('Set Up: API Key');
  await window.type(KEY);
  await window.notification('api.openai.com accepts the key').waitFor();
  await clearNotifications(product);
  await window.runCommand('Image Generator: Choose Service…');
  await step('Choose Service');
  await window.pick('My pictures');
  await window.notification('api.siliconflow.cn: Set: Qwen/Qwen-Image').waitFor();
  await panel.getByRole('button', { name: 'Qwen/Qwen-Image · api.siliconflow.cn', exact: true }).waitFor();
  await panel.getByRole('radio', { name: '1:1 1328x1328' }).waitFor();
});
