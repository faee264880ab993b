// VS Code's own proxy setting holds for the request and for the download: nothing goes past it.
import assert from 'node:assert/strict';
import { createServer, request as sendOn, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, test } from 'node:test';
import { answerService, generateInPanel, keptImages, openPanel, paidRequests, shownImage, button, dialog } from './person.ts';
import { startProduct, type Product } from './product.ts';

/** Only the proxy knows where it is. */
const HOST = 'images.test';
const seen: string[] = [];
let proxy: Server;
let product: Product;

before(async () => {
  proxy = createServer((incoming, outgoing) => {
    const target = new URL(incoming.url ?? '/', 'http://nowhere.test');
    seen.push(`${incoming.method} ${target.hostname}`);
    if (target.hostname !== HOST) return void outgoing.writeHead(502).end();
    const onward = sendOn({ host: '127.0.0.1', port: target.port, method: incoming.method, path: target.pathname + target.search, headers: incoming.headers }, (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(outgoing);
    });
    onward.on('error', () => outgoing.writeHead(502).end());
    incoming.pipe(onward);
  });
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
  const settings = { 'http.proxy': `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`, 'http.proxySupport': 'override', 'generateImage.endpoint': '' };
  product = await startProduct({ standIn: { image: 'flat', publicHost: HOST }, settings });
});
after(async () => {
  await product?.stop();
  proxy.closeAllConnections();
  proxy.close();
});

test('the request and the download go through the proxy, and no key over plain http', async () => {
  const { window, standIn } = product;
  await window.runCommand('Image Generator: Set Up');
  await window.quickInput().getByText('Set Up: Service', { exact: true }).waitFor();
  await answerService(product, standIn.baseUrl);
  await button(dialog(product), 'Use without a key').click();
  await window.notification('ready to generate').waitFor();
  const panel = await openPanel(product);
  await generateInPanel(panel, 'by way of a proxy');
  await shownImage(panel, 'by way of a proxy').waitFor();
  assert.equal(keptImages(product).length, 1);
  assert.equal(paidRequests(product).length, 1);
  assert.deepEqual(seen.filter((line) => line.endsWith(` ${HOST}`)), [`GET ${HOST}`, `POST ${HOST}`, `GET ${HOST}`]);
  for (const { headers } of standIn.requests) assert.equal(headers.authorization, undefined);
});
