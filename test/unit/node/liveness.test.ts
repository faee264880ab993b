// Holds liveness to its promise: a window lives as long as its process, however busy, and not a moment longer.
import assert from 'node:assert/strict';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { createLiveness } from '../../../src/node/liveness.ts';
import { makeFolder } from '../history/folder.ts';
import { until } from '../jobs/workbench.ts';

async function startOwner(t: TestContext, folder: string, manner = 'idle'): Promise<{ process: ChildProcess; id: string }> {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'ownerProcess.ts'), folder, manner], { stdio: ['ignore', 'pipe', 'inherit'] });
  t.after(() => child.kill('SIGKILL'));
  const [line] = (await once(child.stdout, 'data')) as [Buffer];
  return { process: child, id: line.toString().trim() };
}

async function kill(child: ChildProcess): Promise<void> {
  child.kill('SIGKILL');
  await once(child, 'exit');
}

test('a window lives until its process is killed, and what it left is cleaned up', async (t) => {
  const folder = makeFolder(t);
  const owner = await startOwner(t, folder);
  const liveness = createLiveness(folder);
  assert.equal(await liveness.isAlive(owner.id), true);
  await kill(owner.process);
  assert.equal(await liveness.isAlive(owner.id), false);
  const later = createLiveness(folder);
  await later.start();
  await until(() => !existsSync(join(folder, 'windows', owner.id)));
  assert.deepEqual(readdirSync(join(folder, 'windows')).filter((name) => name.includes(owner.id.slice(-8))), []);
  await later.dispose();
  assert.deepEqual(readdirSync(join(folder, 'windows')), []);
});

for (const manner of ['busy', 'stopped']) {
  test(`a window whose process is ${manner} lives`, async (t) => {
    const folder = makeFolder(t);
    const owner = await startOwner(t, folder, manner);
    if (manner === 'stopped') owner.process.kill('SIGSTOP');
    const liveness = createLiveness(folder);
    for (let round = 0; round < 20; round++) assert.equal(await liveness.isAlive(owner.id), true);
  });
}

test('of itself a window knows, before and after its start', async (t) => {
  const liveness = createLiveness(makeFolder(t));
  assert.equal(await liveness.isAlive(liveness.windowId), true);
  assert.equal(await liveness.start(), liveness.windowId);
  assert.equal(await liveness.start(), liveness.windowId);
  await liveness.dispose();
});

test('a window that was closed in good order is not alive', async (t) => {
  const folder = makeFolder(t);
  const [one, other] = [createLiveness(folder), createLiveness(folder)];
  await one.start();
  assert.equal(await other.isAlive(one.windowId), true);
  await one.dispose();
  assert.equal(await other.isAlive(one.windowId), false);
});

test('of another machine, and of what is no window id, nothing can be told', async (t) => {
  const liveness = createLiveness(makeFolder(t));
  for (const id of ['00000000-1-00000000', '', '../../etc/passwd', 'w']) assert.equal(await liveness.isAlive(id), undefined, id);
});

test('a socket that was cleaned away proves nothing while its process is there', async (t) => {
  const folder = makeFolder(t);
  const owner = await startOwner(t, folder);
  rmSync(readFileSync(join(folder, 'windows', owner.id), 'utf8'));
  const liveness = createLiveness(folder);
  assert.equal(await liveness.isAlive(owner.id), undefined);
  await kill(owner.process);
  assert.equal(await liveness.isAlive(owner.id), false);
});

test('in a folder whose path is too long for a socket, windows see each other all the same', async (t) => {
  const folder = join(makeFolder(t), 'long'.repeat(40));
  const [one, other] = [createLiveness(folder), createLiveness(folder)];
  await one.start();
  const address = readFileSync(join(folder, 'windows', one.windowId), 'utf8');
  assert.ok(address.length > 0 && Buffer.byteLength(address) < 104);
  assert.equal(await other.isAlive(one.windowId), true);
  await one.dispose();
  assert.equal(existsSync(address), false);
});

test('a folder that cannot be written is an error, and the next start tries again', async (t) => {
  const folder = makeFolder(t);
  const liveness = createLiveness(join(folder, 'made-later'));
  const { writeFileSync } = await import('node:fs');
  writeFileSync(join(folder, 'made-later'), 'a file');
  await assert.rejects(liveness.start());
  rmSync(join(folder, 'made-later'));
  assert.equal(await liveness.start(), liveness.windowId);
  await liveness.dispose();
});
