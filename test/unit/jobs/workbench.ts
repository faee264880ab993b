// Puts a queue on a real folder, with a service that a test answers by hand and a clock that it moves.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import type { Files } from '../../../src/history/files.ts';
import { History } from '../../../src/history/history.ts';
import type { Journal } from '../../../src/history/journal.ts';
import { Journals } from '../../../src/history/journals.ts';
import { createNodeFiles } from '../../../src/node/nodeFiles.ts';
import type { Job, JobState } from '../../../src/jobs/job.ts';
import { JobQueue, type JobQueueParts } from '../../../src/jobs/queue.ts';
import type { Service } from '../../../src/jobs/service.ts';
import type { ImageRequest } from '../../../src/prompt/imageRequest.ts';
import type { AnswerItem } from '../../../src/request/answer/answer.ts';
import { readEndpoint } from '../../../src/request/send/endpointUrl.ts';
import { Failure } from '../../../src/request/failures/failure.ts';
import { makeFolder } from '../history/folder.ts';
import { HeldClock } from './heldClock.ts';

export function makeRequest(prompt = 'a cat'): ImageRequest {
  return { model: 'qwen-image-max', prompt, size: '1328x1328', watermark: false, promptExtend: true, fields: {} };
}

/** One call that the queue made and that waits for its answer. Aborting it rejects as the client does. */
export interface Call<T> {
  what: string;
  signal: AbortSignal;
  resolve: (value: T) => void;
  reject: (error: unknown) => void;
  progress: (received: number, total?: number) => void;
}

export interface Workbench {
  root: string;
  queue: JobQueue;
  history: History;
  journals: Journals;
  files: Files;
  clock: HeldClock;
  posts: Call<AnswerItem[]>[];
  downloads: Call<Uint8Array>[];
  logged: string[];
  /** Names in a folder of the history, temporary ones too. */
  names: (folder: string) => string[];
  journal: (name: string) => Journal;
}

export interface Manner extends Partial<Pick<JobQueueParts, 'connectionFor' | 'service' | 'mayPost'>> {
  root?: string;
  window?: string;
  /** May be read anew, as a setting is. */
  concurrency?: number | (() => number);
  wrapFiles?: (files: Files) => Files;
}

export function makeWorkbench(test: TestContext, manner: Manner = {}): Workbench {
  const root = manner.root ?? makeFolder(test);
  const { window = 'w', concurrency = 2, wrapFiles = (files) => files } = manner;
  const clock = new HeldClock();
  const files = wrapFiles(createNodeFiles(root, window));
  const history = new History({ files, now: () => clock.now() });
  const journals = new Journals({ files, owner: () => Promise.resolve(window) });
  const [posts, downloads, logged]: [Workbench['posts'], Workbench['downloads'], string[]] = [[], [], []];
  const service: Service = {
    request: async ({ prompt }, _, { signal }) => ({ items: await makeCall(posts, prompt, signal) }),
    download: (url, _, { signal, onProgress }) => makeCall(downloads, url, signal, onProgress),
  };
  const result = readEndpoint('https://api.example.com');
  if (!('endpoint' in result)) throw new Error('no endpoint');
  const connection = { endpoint: result.endpoint, key: 'sk-1', timeoutMs: 300_000 };
  const queue = new JobQueue({
    history, journals, service: manner.service ?? service, clock, random: () => Math.random(), concurrency: () => (typeof concurrency === 'number' ? concurrency : concurrency()),
    ...(manner.mayPost && { mayPost: manner.mayPost }),
    connectionFor: manner.connectionFor ?? (() => Promise.resolve(connection)), log: (message) => logged.push(message),
  });
  test.after(() => queue.dispose());
  const names = (folder: string): string[] => {
    try {
      return readdirSync(join(root, folder)).sort();
    } catch {
      return [];
    }
  };
  return {
    root, queue, history, journals, files, clock, posts, downloads, logged, names,
    journal: (name) => JSON.parse(readFileSync(join(root, 'unfinished', name), 'utf8')) as Journal,
  };
}

function makeCall<T>(calls: Call<T>[], what: string, signal: AbortSignal, progress: Call<T>['progress'] = () => undefined): Promise<T> {
  return new Promise((resolve, reject) => {
    calls.push({ what, signal, resolve, reject, progress: (received, total) => progress(received, total) });
    signal.addEventListener('abort', () => reject(new Failure('cancelled')));
  });
}

/** Waits, in real time, until something that takes the disk's time has come true. */
export async function until(isTrue: () => boolean): Promise<void> {
  const startMs = performance.now();
  // The longer it takes, the more seldom it is asked: asking takes time from what is waited for.
  for (let pauseMs = 1; !isTrue(); pauseMs = Math.min(8, pauseMs * 1.5)) {
    if (performance.now() - startMs > 10_000) throw new Error(`Never came true: ${String(isTrue)}`);
    await new Promise((resolve) => setTimeout(resolve, pauseMs));
  }
}

/** The state, where it is of this phase. */
export function expectPhase<P extends JobState['phase']>(job: Job, phase: P): Extract<JobState, { phase: P }> {
  if (job.state.phase !== phase) throw new Error(`${job.state.phase} instead of ${phase}`);
  return job.state as Extract<JobState, { phase: P }>;
}
