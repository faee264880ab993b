// Lets the n-th call of each file operation fail while a job runs and while it is recovered, and counts what became of the image.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FileError, type Files } from '../../../src/history/files.ts';
import { History } from '../../../src/history/history.ts';
import { Journals } from '../../../src/history/journals.ts';
import { JobQueue } from '../../../src/jobs/queue.ts';
import { recover } from '../../../src/jobs/recovery.ts';
import { createNodeFiles } from '../../../src/node/nodeFiles.ts';
import { systemClock } from '../../../src/node/systemClock.ts';
import type { AnswerItem } from '../../../src/request/answer/answer.ts';
import { makeImage } from '../history/folder.ts';
import { makeRequest } from '../jobs/workbench.ts';
import { endpointAt } from '../request/loopback.ts';

const OPERATIONS = ['list', 'listUnfinished', 'read', 'stat', 'create', 'replace', 'rename', 'remove'] as const;
const CODES = ['ENOSPC', 'EIO', 'EACCES', 'EMFILE', 'EBUSY', 'EROFS'] as const;
const ANSWERS = ['url', 'base64', 'two by url', 'two in base64'] as const;

export interface FileFault {
  operation: (typeof OPERATIONS)[number];
  code: (typeof CODES)[number];
  answer: (typeof ANSWERS)[number];
  /** The call that fails, from 1, and whether those after it fail, too. */
  at: number;
  lasts: boolean;
  /** The window that dies in the midst of its job, or the one that recovers it. */
  in: 'job' | 'recovery';
}

/** Every fault there is: 1,920. */
export function listFaults(): FileFault[] {
  return OPERATIONS.flatMap((operation) => CODES.flatMap((code) => ANSWERS.flatMap((answer) => [1, 2, 3, 4, 5].flatMap((at) =>
    (['job', 'recovery'] as const).map((where): FileFault => ({ operation, code, answer, at, lasts: at % 2 === 1, in: where }))))));
}

/** What a person has in the end, or was told. */
export interface Ending {
  kept: number;
  wanted: number;
  told: boolean;
  posts: number;
}

/** Three windows, one after the other: one that runs the job, one that recovers, and one on a sound disk. */
export async function runFault(fault: FileFault): Promise<Ending> {
  const root = mkdtempSync(join(tmpdir(), 'gi-fault-'));
  const wanted = fault.answer.startsWith('two') ? 2 : 1;
  const ending: Ending = { kept: 0, wanted, told: false, posts: 0 };
  try {
    const first = openWindow(root, 'first', fault.in === 'job' ? fault : undefined, fault.answer, ending);
    const state = await first.queue.add(makeRequest(), 'person').ended;
    ending.told ||= state.phase === 'failed';
    // Dies without a word; what it holds in memory only is gone, and was told.
    const second = openWindow(root, 'second', fault.in === 'recovery' ? fault : undefined, fault.answer, ending);
    await takeUp(second, ending, ['second']);
    const third = openWindow(root, 'third', undefined, fault.answer, ending);
    await takeUp(third, ending, ['third']);
    const ids = await third.history.listIds();
    ending.kept = ids.length;
    for (const { queue } of [first, second, third]) queue.dispose();
    return ending;
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}

type Opened = ReturnType<typeof openWindow>;

async function takeUp({ queue, journals, history, files }: Opened, ending: Ending, alive: readonly string[]): Promise<void> {
  const recovery = await recover({ queue, journals, history, files, isAlive: (id) => Promise.resolve(alive.includes(id)), now: () => Date.now() });
  ending.told ||= recovery.lost.length > 0 || recovery.failed.length > 0;
  await recovery.acknowledge();
}

function openWindow(root: string, name: string, fault: FileFault | undefined, answer: FileFault['answer'], ending: Ending) {
  const files = fault ? failing(createNodeFiles(root, name), fault) : createNodeFiles(root, name);
  const history = new History({ files, now: () => Date.now() });
  const journals = new Journals({ files, owner: () => Promise.resolve(name) });
  const byUrl = answer.endsWith('url');
  const item = (index: number): AnswerItem => (byUrl ? { kind: 'url', url: `https://files.example/${index}.png` } : { kind: 'bytes', bytes: makeImage() });
  const queue = new JobQueue({
    history, journals, clock: systemClock, random: () => Math.random(), concurrency: () => 2,
    service: {
      request: () => (ending.posts++, Promise.resolve({ items: Array.from({ length: ending.wanted }, (_, index) => item(index)) })),
      download: () => Promise.resolve(makeImage()),
    },
    connectionFor: () => Promise.resolve({ endpoint: endpointAt('https://api.example.com'), key: undefined, timeoutMs: 60_000 }),
  });
  return { files, history, journals, queue };
}

function failing(files: Files, { operation, code, at, lasts }: FileFault): Files {
  let calls = 0;
  const original = files[operation].bind(files) as (...args: unknown[]) => Promise<unknown>;
  const call = (...args: unknown[]): Promise<unknown> => {
    calls++;
    return calls === at || (lasts && calls > at) ? Promise.reject(new FileError(code)) : original(...args);
  };
  return { ...files, [operation]: call };
}

/** Whether nobody knows of an image that was paid for. */
export function isLostSilently({ kept, wanted, told, posts }: Ending): boolean {
  return posts > 0 && kept < wanted && !told;
}
