// An agent beside VS Code, played by the official MCP client, and the person in the window that it talks to.
import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import { button, clearNotifications, dialog, openPanel, paidRequests, until } from './person.ts';
import { startProduct, type Product } from './product.ts';

const KEY = 'sk-agents-4711-Geheim';
let product: Product;
let client: Client;
let server: StdioClientTransport;
/** All that the server said, on its output and beside it. */
const said: string[] = [];

before(async () => {
  product = await startProduct({ standIn: { key: KEY, image: 'flat' } });
  const { window } = product;
  await window.runCommand('Image Generator: Set API Key');
  await window.quickInput().getByText('API Key', { exact: true }).waitFor();
  await window.type(KEY);
  await window.notification('accepts the key').waitFor();
  await clearNotifications(product);
});
after(async () => {
  await client?.close();
  await product?.stop();
});

const agentsFolder = (): string => join(product.historyFolder, 'agents');

async function call(args: Record<string, unknown>, options: Parameters<Client['callTool']>[2] = {}): Promise<{ text: string; isError: boolean; images: number }> {
  const { content, isError } = await client.callTool({ name: 'generateImageFile', arguments: args }, undefined, options);
  const parts = content as { type: string; text?: string }[];
  return { text: parts[0]?.text ?? '', isError: isError === true, images: parts.filter(({ type }) => type === 'image').length };
}

test('Connect an Agent puts the server in place, copies its configuration, and opens the door', async () => {
  const { window } = product;
  await window.runCommand('Image Generator: Connect an Agent…');
  await window.pick('Another agent');
  await window.notification('The configuration is on the clipboard').waitFor();
  const script = join(agentsFolder(), 'mcp.cjs');
  assert.match(readFileSync(script, 'utf8'), /^\/\/ Generate Image \d/);
  const [file = ''] = await until('the window’s file', () => (existsSync(join(agentsFolder(), 'windows')) ? readdirSync(join(agentsFolder(), 'windows')) : undefined));
  assert.equal(statSync(join(agentsFolder(), 'windows', file)).mode & 0o077, 0);
  client = new Client({ name: 'Paper Agent', version: '1' });
  server = new StdioClientTransport({ command: process.execPath, args: [script], cwd: product.workspace.path, stderr: 'pipe' });
  server.onmessage = (message) => void said.push(JSON.stringify(message));
  server.stderr?.on('data', (bytes: Buffer) => void said.push(bytes.toString()));
  await client.connect(server);
  const { tools } = await client.listTools();
  assert.deepEqual(tools.map(({ name }) => name), ['generateImageFile', 'findImageFile']);
});

test('the first call asks the person, by the name that the agent gives itself; No makes nothing', async () => {
  const asked = call({ prompt: 'a fox in snow', path: 'img/fox.webp' });
  const question = dialog(product).filter({ hasText: 'A program that calls itself “Paper Agent” wants to make 1 image in this window' });
  await button(question, 'Cancel').click();
  const { text, isError } = await asked;
  assert.match(text, /did not allow it/);
  assert.ok(isError);
  assert.equal(paidRequests(product).length, 0);
});

test('once allowed for this window, files come without another question', async () => {
  const progress: unknown[] = [];
  const asked = call({ prompt: 'a fox in snow', path: 'img/fox.webp', width: 1200, height: 630 }, { onprogress: (told) => progress.push(told) });
  await button(dialog(product).filter({ hasText: 'Paper Agent' }), 'Allow 10 in This Window').click();
  const { text, images } = await asked;
  assert.match(text, /^Image: img\/fox\.webp$/m);
  assert.match(text, /^9 more images can be made/m);
  assert.equal(images, 1);
  assert.ok(progress.length > 0);
  assert.ok(existsSync(join(product.workspace.path, 'img', 'fox.webp')));
  const again = await call({ prompt: 'a green hill', path: 'img/hill.png', count: 2 });
  assert.match(again.text, /Made 2 of 2/);
  assert.deepEqual(readdirSync(join(product.workspace.path, 'img')).sort(), ['fox.webp', 'hill-1.png', 'hill-2.png']);
});

test('no key and no signed address reach the agent, and none is in what its server holds', async () => {
  const { text } = await call({ prompt: 'a blue boat', path: 'img/boat.png' });
  assert.doesNotMatch(text, /https?:|Bearer|base64/);
  for (const name of readdirSync(agentsFolder(), { recursive: true, encoding: 'utf8' })) {
    const path = join(agentsFolder(), name);
    if (statSync(path).isFile()) assert.doesNotMatch(readFileSync(path, 'utf8'), /Bearer|apiKey/i);
  }
});

test('the key is in no file, argument, environment or message of the server', { skip: process.platform !== 'linux' && 'only Linux tells of a process in files' }, () => {
  assert.ok(paidRequests(product).some(({ headers }) => headers.authorization === `Bearer ${KEY}`), 'the key was in use');
  const files = readdirSync(agentsFolder(), { recursive: true, encoding: 'utf8' }).map((name) => join(agentsFolder(), name)).filter((path) => statSync(path).isFile());
  assert.ok(files.some((path) => path.endsWith('mcp.cjs')));
  const [line, environment] = ['cmdline', 'environ'].map((name) => `/proc/${server.pid}/${name}`) as [string, string];
  assert.match(readFileSync(line, 'utf8'), /mcp\.cjs/);
  assert.match(readFileSync(environment, 'utf8'), /(?:^|\0)PATH=/);
  assert.ok(said.some((message) => message.includes('a blue boat')), 'this search finds what is there');
  const places = new Map([...[...files, line, environment].map((path) => [path, readFileSync(path)] as const), ['messages', Buffer.from(said.join('\n'))]]);
  const needles = [KEY, encodeURIComponent(KEY), Buffer.from(KEY).toString('base64').replace(/=+$/, ''), KEY.slice(-12)];
  for (const [place, bytes] of places) for (const needle of needles) assert.ok(!bytes.includes(needle), `${place} holds the key`);
});

test('a look at kept images is asked about once', async () => {
  const find = (): Promise<string> => client.callTool({ name: 'findImageFile', arguments: { query: 'blue boat' } }).then(({ content }) => (content as { text?: string }[])[0]?.text ?? '');
  const refused = find();
  const question = dialog(product).filter({ hasText: 'A program that calls itself “Paper Agent” wants to look at your kept images.' });
  await button(question, 'Cancel').click();
  assert.match(await refused, /did not allow it/);
  const allowed = find();
  await button(question, 'Allow in This Window').click();
  assert.match(await allowed, /a blue boat/);
  assert.match(await find(), /a blue boat/);
});

test('a call that the agent cancels ends its request, and writes nothing', async () => {
  product.standIn.set({ held: true });
  const stop = new AbortController();
  const ended = assert.rejects(call({ prompt: 'a cancelled image', path: 'img/cancelled.png' }, { signal: stop.signal }));
  const { number } = await product.standIn.waitFor(({ method, body }) => method === 'POST' && body.includes('a cancelled image'), 20_000);
  stop.abort();
  await ended;
  const request = await product.standIn.waitFor((each) => each.number === number && each.ended !== undefined, 20_000);
  assert.equal(request.closedEarly, true);
  const panel = await openPanel(product);
  await panel.getByText('Cancelled. The service may still charge for it.', { exact: true }).waitFor();
  await button(panel, 'Dismiss').click();
  assert.equal(existsSync(join(product.workspace.path, 'img', 'cancelled.png')), false);
  product.standIn.set({ held: false });
});

test('a window that closes in the middle is told as that, with a warning of a second charge', async () => {
  product.standIn.set({ held: true });
  const asked = call({ prompt: 'a late image', path: 'img/late.png' });
  await until('the request', () => paidRequests(product).some(({ body }) => body.includes('a late image')));
  const panel = await openPanel(product);
  await panel.getByText('“Paper Agent” asked (a name it gives itself)').waitFor();
  await product.window.close();
  const { text, isError } = await asked;
  assert.ok(isError);
  // Either the window still said what became of the request, or it was gone before it could.
  assert.match(text, /closed before it answered.*new charge|It may have been charged/s);
});
