// A failure whose cause has changed since is told as one that can be tried again.
import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { MendedJobs } from '../../../../src/host/jobs/mendedJobs.ts';
import type { Job } from '../../../../src/jobs/job.ts';
import { Failure, type FailureReason } from '../../../../src/request/failures/failure.ts';
import { EventEmitter } from 'vscode';
import { world } from '../../../vscodeModule/world.ts';
import { makeImage } from '../../history/folder.ts';
import { makeRequest, until } from '../../jobs/workbench.ts';
import { makeGround } from '../ground.ts';

interface Started {
  fail: (reason: FailureReason) => Promise<Job>;
  succeed: () => Promise<void>;
  changeKey: () => void;
  mended: MendedJobs;
}

function start(t: TestContext): Started {
  const { queue, posts } = makeGround(t);
  const keys = new EventEmitter<{ key: string }>();
  const mended = new MendedJobs(queue, { onDidChange: keys.event });
  t.after(() => mended.dispose());
  const post = async (): Promise<[Job, (typeof posts)[number]]> => {
    const job = queue.add(makeRequest('a boat'), 'person');
    const before = posts.length;
    await until(() => posts.length > before);
    const sent = posts.at(-1);
    assert.ok(sent);
    return [job, sent];
  };
  return {
    mended,
    changeKey: () => keys.fire({ key: 'any' }),
    fail: async (reason) => {
      const [job, sent] = await post();
      sent.reject(new Failure(reason));
      await job.ended;
      assert.equal(mended.isMended(job), false);
      return job;
    },
    succeed: async () => {
      const [job, sent] = await post();
      sent.resolve([{ kind: 'bytes', bytes: makeImage() }]);
      await job.ended;
    },
  };
}

test('a key that was set mends what the key did, and nothing else', async (t) => {
  const { fail, changeKey, mended } = start(t);
  const jobs = [await fail('keyMissing'), await fail('keyRefused'), await fail('contentRefused'), await fail('modelNotFound')];
  changeKey();
  assert.deepEqual(jobs.map((job) => mended.isMended(job)), [true, true, false, false]);
});

test('another address or model mends what these did', async (t) => {
  const { fail, mended } = start(t);
  const [model, address, prompt] = [await fail('modelNotFound'), await fail('unreachable'), await fail('contentRefused')];
  world.set('generateImage.model', 'another');
  assert.deepEqual([model, address, prompt].map((job) => mended.isMended(job)), [true, false, false]);
  world.set('generateImage.endpoint', 'https://other.example/v1');
  assert.deepEqual([model, address, prompt].map((job) => mended.isMended(job)), [true, true, false]);
});

test('a later image of the same model shows that the service is well again', async (t) => {
  const { fail, succeed, mended } = start(t);
  const [busy, content] = [await fail('serviceFailed'), await fail('contentRefused')];
  await succeed();
  assert.deepEqual([busy, content].map((job) => mended.isMended(job)), [true, false]);
});
