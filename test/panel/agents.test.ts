// An agent beside VS Code, played by the official MCP client, and the person in the window that it talks to.
import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import { button, dialog, openPanel, paidRequests, until } from './person.ts';
import { startProduct, type Product } from './product.ts';

let product: Product;
let client: Client;

before(async () => {
  product = await startProduct({ standIn: { image: 'flat' } });
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
  await client.connect(new StdioClientTransport({ command: process.execPath, args: [script], cwd: product.workspace.path }));
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
