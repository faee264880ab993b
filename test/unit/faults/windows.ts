// Starts windows in processes of their own against one stand-in service, and counts afterwards what became of each POST.
import { spawn, type ChildProcess } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import { imagePath } from '../../../src/history/folderNames.ts';
import { History } from '../../../src/history/history.ts';
import { createNodeFiles } from '../../../src/node/nodeFiles.ts';
import { startStandIn, type StandIn } from '../../endpoint/server.ts';
import type { PostStep } from '../../endpoint/steps.ts';

export interface Windows {
  folder: string;
  service: StandIn;
  /** Starts a window and kills it, up to `delayMs` after so many things have happened in it. */
  kill(name: string, happenings: number, delayMs: number): Promise<void>;
  /** Starts a window with so many jobs and kills it once `moment` has come; it may be done by then. */
  killAt(name: string, jobs: number, moment: () => Promise<void>): Promise<void>;
  /** Runs one to its end; rejects where that is not a good one. */
  finish(name: string, jobs: number): Promise<void>;
  /** What became of everything that the service was asked for. */
  count(): Promise<Count>;
}

export interface Count {
  posts: number;
  /** Prompts that are neither kept, nor downloadable, nor reported. */
  gone: string[];
  /** Prompts that were sent twice, or of which an item was kept twice. */
  doubled: string[];
  /** Kept images whose bytes are not the service's. */
  altered: string[];
  kept: number;
  reported: number;
  /** Requests whose answer a window had read, and of these the prompts that are neither kept nor downloadable. */
  read: number;
  lostAfterRead: string[];
  /** The same of answers that a window had told of, by its jobs' states. */
  told: number;
  lostAfterTold: string[];
}

export async function openWindows(root: string, steps: readonly PostStep[]): Promise<Windows> {
  const program = join(root, 'window.cjs');
  await build({ entryPoints: [join(import.meta.dirname, 'window.ts')], outfile: program, bundle: true, platform: 'node', format: 'cjs', logLevel: 'error' });
  const service = await startStandIn({ image: 'flat' });
  service.plan(...steps);
  const [folder, reports] = [join(root, 'storage'), join(root, 'reports')];

  function spawnWindow(name: string, jobs: number): ChildProcess {
    const environment = { ...process.env, NODE_COMPILE_CACHE: join(root, 'compiled') };
    return spawn(process.execPath, [program, folder, service.baseUrl, reports, name, `${jobs}`], { stdio: ['ignore', 'pipe', 'inherit'], env: environment });
  }

  return {
    folder,
    service,
    async kill(name, happenings, delayMs) {
      const child = spawnWindow(name, -1);
      const ended = once(child, 'exit');
      let left = happenings;
      const happened = new Promise<void>((resolve) => child.stdout?.on('data', (chunk: Buffer) => (left -= chunk.length) <= 0 && resolve()));
      await Promise.race([happened, ended]);
      if (child.exitCode !== null) throw new Error(`The window ${name} ended by itself with ${child.exitCode}.`);
      await new Promise((resolve) => setTimeout(resolve, delayMs));
      child.kill('SIGKILL');
      await ended;
    },
    async killAt(name, jobs, moment) {
      const child = spawnWindow(name, jobs);
      const ended = once(child, 'exit') as Promise<[number | null]>;
      await moment();
      child.kill('SIGKILL');
      const [code] = await ended;
      if (code !== null && code !== 0) throw new Error(`The window ${name} ended with ${code}.`);
    },
    async finish(name, jobs) {
      const [code] = (await once(spawnWindow(name, jobs), 'exit')) as [number | null];
      if (code !== 0) throw new Error(`The window ${name} ended with ${code}.`);
    },
    count: () => countAll(folder, reports, service),
  };
}

async function countAll(folder: string, reports: string, service: StandIn): Promise<Count> {
  const posts = service.requests.filter(({ origin, body }) => origin === 'api' && body !== '').map(({ body }) => (JSON.parse(body) as { prompt: string }).prompt);
  const reported = new Set((readLines(reports) as { prompt: string }[]).map(({ prompt }) => prompt));
  const read = readLines(`${reports}.read`) as { prompt: string; items: number }[];
  const told = new Set(readLines(`${reports}.told`) as string[]);
  const unfinished = join(folder, 'unfinished');
  const downloadable = new Set((existsSync(unfinished) ? readdirSync(unfinished) : []).filter((name) => name.endsWith('.json') && !name.startsWith('.')).map((name) => {
    const journal = JSON.parse(readFileSync(join(unfinished, name), 'utf8')) as { request: { prompt: string }; phase: string };
    return journal.phase === 'answered' ? journal.request.prompt : '';
  }));
  const answered = Map.groupBy(service.results(), ({ prompt }) => prompt);
  const history = new History({ files: createNodeFiles(folder, 'count'), now: () => Date.now() });
  const kept = new Map<string, string[]>();
  const altered: string[] = [];
  for (const id of await history.listIds()) {
    const record = await history.read(id);
    const prompt = record?.recipe.prompt ?? '';
    kept.set(prompt, [...(kept.get(prompt) ?? []), id]);
    const hash = record && createHash('sha256').update(readFileSync(join(folder, imagePath(record)))).digest('hex');
    const originals = answered.get(prompt);
    if (!record || prompt === '' || (originals && !originals.some(({ sha256 }) => sha256 === hash))) altered.push(id);
  }
  const itemsRead = new Map(read.map(({ prompt, items }) => [prompt, items]));
  const expected = (prompt: string): number => itemsRead.get(prompt) ?? answered.get(prompt)?.length ?? 1;
  const isLost = (prompt: string): boolean => !downloadable.has(prompt) && (kept.get(prompt)?.length ?? 0) < expected(prompt);
  return {
    posts: posts.length,
    kept: [...kept.values()].flat().length,
    reported: reported.size,
    read: read.length,
    lostAfterRead: read.map(({ prompt }) => prompt).filter(isLost),
    told: told.size,
    lostAfterTold: [...told].filter(isLost),
    gone: posts.filter((prompt) => !reported.has(prompt) && isLost(prompt)),
    doubled: [...new Set(posts.filter((prompt, index) => posts.indexOf(prompt) !== index || (kept.get(prompt)?.length ?? 0) > expected(prompt)))],
    altered,
  };
}

/** What windows wrote line by line; none if none came so far. */
function readLines(path: string): unknown[] {
  return existsSync(path) ? readFileSync(path, 'utf8').split('\n').filter(Boolean).map((line) => JSON.parse(line) as unknown) : [];
}
