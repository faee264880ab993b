// Requests to this machine stay on it: no proxy sees them, and no name server is asked where localhost is.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import dns from 'node:dns';
import { createServer, type Server } from 'node:http';
import { networkInterfaces } from 'node:os';
import type { AddressInfo } from 'node:net';
import { test, type TestContext } from 'node:test';
import { pathToFileURL } from 'node:url';
import { join } from 'node:path';
import { createNodeFetch } from '../../../src/node/nodeFetch.ts';

const hasIpv6 = Object.values(networkInterfaces()).some((addresses) => addresses?.some(({ address }) => address === '::1'));

async function serve(t: TestContext, host: string, seen: string[]): Promise<number> {
  const server: Server = createServer((request, response) => {
    seen.push(`${request.method} ${request.url}`);
    response.end('here');
  });
  await new Promise<void>((resolve) => server.listen(0, host, resolve));
  t.after(() => server.close());
  return (server.address() as AddressInfo).port;
}

/** Runs the transport in a process whose environment names a proxy, which Node then honours. */
async function fetchBehindProxy(url: string, proxyPort: number): Promise<string> {
  const transport = pathToFileURL(join(import.meta.dirname, '../../../src/node/nodeFetch.ts')).href;
  const script = `import { createNodeFetch } from ${JSON.stringify(transport)};
    try {
      const { body } = await createNodeFetch()(${JSON.stringify(url)}, { method: 'GET', headers: {}, signal: AbortSignal.timeout(10_000), redirect: 'manual' });
      for await (const chunk of body) process.stdout.write(chunk);
    } catch (error) { process.stdout.write(String(error)); }`;
  const proxy = `http://127.0.0.1:${proxyPort}`;
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', '--input-type=module', '-e', script], {
    env: { ...process.env, NODE_USE_ENV_PROXY: '1', HTTP_PROXY: proxy, http_proxy: proxy, NO_PROXY: '', no_proxy: '' }, stdio: ['ignore', 'pipe', 'inherit'],
  });
  return Buffer.concat((await child.stdout.toArray()) as Buffer[]).toString();
}

test('no proxy sees a request to this machine; the same proxy sees others', async (t) => {
  const [here, proxied]: [string[], string[]] = [[], []];
  const [port, proxyPort] = [await serve(t, '127.0.0.1', here), await serve(t, '127.0.0.1', proxied)];
  for (const host of ['localhost', '127.0.0.1']) assert.equal(await fetchBehindProxy(`http://${host}:${port}/x`, proxyPort), 'here');
  assert.deepEqual([here, proxied], [['GET /x', 'GET /x'], []]);
  await fetchBehindProxy('http://images.invalid/y', proxyPort);
  assert.deepEqual(proxied, ['GET http://images.invalid/y']);
});

for (const [host, skip] of [['127.0.0.1', false], ['::1', !hasIpv6]] as const) {
  test(`localhost is found on ${host} although nobody answers for names`, { skip }, async (t) => {
    const port = await serve(t, host, []);
    const asked = t.mock.method(dns, 'lookup', () => assert.fail('a name was looked up'));
    const { status } = await createNodeFetch()(`http://localhost:${port}/`, { method: 'GET', headers: {}, signal: AbortSignal.timeout(10_000), redirect: 'manual' });
    assert.deepEqual([status, asked.mock.callCount()], [200, 0]);
  });
}
