// The stand-in starts, is steered from another process, speaks TLS and lets go of everything at the end.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { request } from 'node:https';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { CERTIFICATE } from '../../endpoint/certificate.ts';
import { steerStandIn } from '../../endpoint/remote.ts';
import { startStandIn } from '../../endpoint/server.ts';
import { ask, firstItem, post } from './ask.ts';

test('runs as a process of its own and is steered over its control route', async (t) => {
  const main = fileURLToPath(new URL('../../endpoint/main.ts', import.meta.url));
  const child = spawn(process.execPath, [main, '--image', 'flat', '--key', 'k'], { stdio: ['ignore', 'pipe', 'inherit'] });
  t.after(() => child.kill('SIGKILL'));
  const [line] = (await once(child.stdout, 'data')) as [Buffer];
  const { baseUrl, filesUrl } = JSON.parse(line.toString()) as { baseUrl: string; filesUrl: string };
  const remote = steerStandIn(baseUrl);
  assert.equal((await post(baseUrl)).status, 401);
  await remote.set({ key: null });
  await remote.plan({ kind: 'error', status: 418 });
  await remote.planDownload({ kind: 'error', status: 404 });
  assert.equal((await post(baseUrl)).status, 418);
  const { url } = firstItem(await post(baseUrl));
  assert.equal((await ask(url ?? '')).status, 404);
  assert.equal((await ask(url ?? '')).status, 200);
  assert.deepEqual((await remote.requests()).map(({ status }) => status), [401, 418, 200, 404, 200]);
  assert.deepEqual((await remote.results()).map((result) => result.url), [url]);
  assert.equal(new URL(url ?? '').origin, filesUrl);
  assert.equal((await remote.waitFor(({ origin }) => origin === 'files', 1000)).step, 'error');
  await remote.reset();
  assert.deepEqual(await remote.requests(), []);
  assert.equal((await post(baseUrl)).status, 401);
  child.kill('SIGTERM');
  const [code] = (await once(child, 'exit')) as [number];
  assert.equal(code, 0);
});

test('the control route takes JSON only', async (t) => {
  const standIn = await startStandIn();
  t.after(() => standIn.close());
  assert.equal((await ask(`${standIn.baseUrl}/__control`, { method: 'POST', body: '{}' })).status, 400);
  assert.deepEqual(standIn.requests, []);
});

test('closing ends what hangs, and does not blame the client', async (t) => {
  const standIn = await startStandIn({ image: 'flat' });
  t.after(() => standIn.close());
  standIn.plan({ kind: 'hang', when: 'headers' });
  const came = post(standIn.baseUrl);
  const seen = await standIn.waitFor(({ step }) => step === 'hang', 5000);
  await standIn.close();
  assert.equal((await came).broken, 'ECONNRESET');
  assert.deepEqual([seen.ended, seen.closedEarly], ['byServer', false]);
  assert.equal((await post(standIn.baseUrl)).broken, 'ECONNREFUSED');
});

test('waiting for what never comes is an error that says what came', async (t) => {
  const standIn = await startStandIn();
  t.after(() => standIn.close());
  await ask(`${standIn.baseUrl}/x`);
  // The client has its answer before the server hears that it was taken.
  await standIn.waitFor(({ ended }) => ended === 'answered', 15_000);
  await assert.rejects(standIn.waitFor(({ path }) => path === '/y', 10), /GET \/x answered/);
});

test('over https its certificate is trusted only by those who are told', async (t) => {
  const standIn = await startStandIn({ tls: true });
  t.after(() => standIn.close());
  const get = (ca?: string): Promise<unknown> =>
    new Promise((resolve) => {
      const outgoing = request(`${standIn.baseUrl}/v1/models`, { agent: false, ...(ca === undefined ? {} : { ca }) }, (response) => {
        response.resume();
        resolve(response.statusCode);
      });
      outgoing.on('error', (error: NodeJS.ErrnoException) => resolve(error.code)).end();
    });
  assert.equal(await get(), 'DEPTH_ZERO_SELF_SIGNED_CERT');
  assert.equal(await get(CERTIFICATE), 200);
  assert.ok(standIn.filesUrl.startsWith('https:'));
});
