// Lets the disk fail at every step of a job: the image is on the disk, in memory with its bytes, or was never asked for.
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { FileError, type Files } from '../../../src/history/files.ts';
import type { Job } from '../../../src/jobs/job.ts';
import type { AnswerItem } from '../../../src/request/answer/answer.ts';
import { makeFolder, makeImage } from '../history/folder.ts';
import { expectPhase, makeRequest, makeWorkbench, until, type Workbench } from '../jobs/workbench.ts';

type Operation = 'create' | 'replace' | 'remove' | 'rename' | 'read' | 'stat' | 'list';

/** Files whose n-th call of one operation, and all after it until `mend`, fail with `code`. */
function failing(operation: Operation, from: number, code = 'ENOSPC'): { wrap: (files: Files) => Files; mend: () => void } {
  let calls = 0;
  let broken = true;
  const wrap = (files: Files): Files => {
    const original = files[operation].bind(files) as (...args: unknown[]) => Promise<unknown>;
    const call = (...args: unknown[]): Promise<unknown> => (broken && ++calls >= from ? Promise.reject(new FileError(code)) : original(...args));
    return { ...files, [operation]: call };
  };
  return { wrap, mend: () => (broken = false) };
}

async function runJob(bench: Workbench, item: AnswerItem, bytes = makeImage()): Promise<Job> {
  const job = bench.queue.add(makeRequest(), 'person');
  void until(() => bench.posts.length === 1).then(() => bench.posts[0]?.resolve([item]), () => undefined);
  // What came in the answer itself is never downloaded: nobody waits for that until the time is up.
  if (item.kind === 'url') void until(() => bench.downloads.length === 1).then(() => bench.downloads[0]?.resolve(bytes), () => undefined);
  await job.ended;
  return job;
}

const byUrl = (): AnswerItem => ({ kind: 'url', url: 'https://files.example/1.png' });

test('a journal that cannot be written: nothing is sent, nothing was spent', async (t) => {
  const { wrap } = failing('create', 1);
  const bench = makeWorkbench(t, { wrapFiles: wrap });
  const job = bench.queue.add(makeRequest(), 'person');
  await job.ended;
  const { failure } = expectPhase(job, 'failed');
  assert.deepEqual([failure.reason, failure.billed, bench.posts.length], ['notWritten', 'no', 0]);
  assert.equal((failure.facts.cause as FileError).code, 'ENOSPC');
});

test('storage that is no folder: nothing is sent', async (t) => {
  const root = join(makeFolder(t), 'file');
  writeFileSync(root, '');
  const bench = makeWorkbench(t, { root });
  const job = bench.queue.add(makeRequest(), 'person');
  await job.ended;
  assert.deepEqual([expectPhase(job, 'failed').failure.reason, bench.posts.length], ['notWritten', 0]);
});

for (const kind of ['bytes', 'url'] as const) {
  test(`a disk that is full when the image comes (${kind}): it is in memory, and is written once there is room`, async (t) => {
    const { wrap, mend } = failing('create', 2);
    const bench = makeWorkbench(t, { wrapFiles: wrap });
    const bytes = makeImage();
    const job = await runJob(bench, kind === 'url' ? byUrl() : { kind, bytes }, bytes);
    const { failure, paidNotDownloaded } = expectPhase(job, 'failed');
    assert.deepEqual([failure.reason, failure.billed, paidNotDownloaded], ['notWritten', 'yes', kind === 'url']);
    assert.equal(failure.facts.bytes, bytes);
    assert.deepEqual(bench.queue.unkeptBytes(job.id), [bytes]);
    assert.deepEqual([bench.names('images'), bench.names('unfinished').length], [[], 1]);
    mend();
    bench.queue.downloadAgain(job.id);
    assert.equal((await job.ended).phase, 'kept');
    assert.deepEqual([bench.downloads.length <= 1, bench.posts.length, bench.names('unfinished')], [true, 1, []]);
  });
}

test('bytes that only memory holds are let go of when the job is dismissed', async (t) => {
  const { wrap } = failing('create', 2);
  const bench = makeWorkbench(t, { wrapFiles: wrap });
  const job = await runJob(bench, { kind: 'bytes', bytes: makeImage() });
  bench.queue.dismiss(job.id);
  await until(() => bench.names('unfinished').length === 0);
  assert.deepEqual([bench.queue.jobs.length, bench.queue.unkeptBytes(job.id)], [0, []]);
});

for (const operation of ['replace', 'remove', 'rename', 'read', 'stat', 'list'] as const) {
  for (const code of ['ENOSPC', 'EMFILE']) {
    test(`${code} in every ${operation}: the image is kept`, async (t) => {
      const { wrap } = failing(operation, 1, code);
      const bench = makeWorkbench(t, { wrapFiles: wrap });
      const job = await runJob(bench, byUrl());
      assert.equal(expectPhase(job, 'kept').images.length, 1);
      assert.equal(bench.names('images').length, 2);
    });
  }
}
