// Turns suites into two lanes of work with some in the background, and what they bring into lines in the order of the suites.
import type { RunningLane } from '../vscode/lane.ts';
import { add, NOTHING, type Lane, type Suite, type SuiteResult, type Work } from './suite.ts';
import { Windows } from './windows.ts';

const SLOWEST_SHOWN = 10;
/** The first lane makes the package. */
const MAKING = ['build', 'package'];
/** It goes on with what needs the package; the other begins with what needs none, then helps. */
const NEEDING = ['host', 'panel'];

interface Task {
  readonly suite: Running;
  readonly work: Work;
}

/** A suite with what it has brought so far. */
interface Running {
  readonly name: string;
  readonly lines: string[];
  left: number;
  seconds: number;
  total: SuiteResult;
}

const secondsOf = (seconds: number): string => `${seconds.toFixed(1)} s`;
const countsOf = ({ passed, failed, skipped = 0 }: SuiteResult): string => `${passed} passed${failed > 0 ? `, ${failed} failed` : ''}${skipped > 0 ? `, ${skipped} skipped` : ''}`;

async function runWork({ title, run }: Work, lane: Lane): Promise<SuiteResult> {
  try {
    const result = await run(lane);
    if (result.passed + result.failed > 0) return result;
    return { ...NOTHING, failed: 1, failures: [{ title, message: 'Here is no test at all.' }] };
  } catch (error) {
    return { ...NOTHING, failed: 1, failures: [{ title, message: error instanceof Error ? (error.stack ?? error.message) : String(error) }] };
  }
}

export class LanePair {
  readonly #signal: AbortSignal;
  readonly #windows = new Windows();
  readonly #slowest: { title: string; seconds: number }[] = [];

  constructor(signal: AbortSignal) {
    this.#signal = signal;
  }

  /** Prints as it goes, and the slowest files at the end. */
  async run(suites: readonly Suite[]): Promise<{ passed: number; failed: number; skipped: number }> {
    const running: Running[] = [];
    const tasks: Task[] = [];
    for (const { name, works } of suites) {
      const all = works();
      const suite = { name, lines: [], left: all.length, seconds: 0, total: NOTHING };
      running.push(suite);
      tasks.push(...all.map((work) => ({ suite, work })));
    }
    const [background, inLanes] = [tasks.filter(({ work }) => work.isBackground), tasks.filter(({ work }) => !work.isBackground)];
    const [fillers, others] = [inLanes.filter(({ work }) => work.isFiller), inLanes.filter(({ work }) => !work.isFiller)];
    const of = (...names: string[]): Task[] => others.filter(({ suite }) => names.includes(suite.name));
    const [making, needing] = [of(...MAKING), of(...NEEDING).sort((one, other) => (other.work.seconds ?? 0) - (one.work.seconds ?? 0))];
    const rest = others.filter((task) => !making.includes(task) && !needing.includes(task));
    const [forFirst, forSecond] = [[...making, ...needing, ...rest], [...rest, ...needing]];
    // What is still left behind the lanes, they do at the end.
    for (const queue of [forFirst, forSecond]) queue.push(...fillers, ...background);
    const print = printer(running);
    const over = new AbortController();
    const behind = inLanes.length === 0 ? undefined : this.#work(background, tasks, print, over.signal);
    await Promise.all([forFirst, forSecond].map((queue) => this.#work(queue, tasks, print)));
    over.abort();
    await behind;
    const total = running.map((suite) => suite.total).reduce(add, NOTHING);
    this.#printSlowest();
    return { skipped: 0, ...total };
  }

  /** Does what is left of `queue`; a task that either lane took is no longer in `open`. */
  async #work(queue: readonly Task[], open: Task[], print: () => void, behind?: AbortSignal): Promise<void> {
    let windows: RunningLane | undefined;
    const lane: Lane = {
      env: () => Promise.resolve(windows?.env ?? {}),
      windows: async () => (windows ??= await this.#windows.start()).env,
      ...(behind && { behind }),
    };
    try {
      for (const task of queue) {
        const at = open.indexOf(task);
        if (at < 0 || this.#signal.aborted) continue;
        open.splice(at, 1);
        await this.#do(task, lane);
        print();
      }
    } finally {
      await windows?.stop();
    }
  }

  async #do({ suite, work }: Task, lane: Lane): Promise<void> {
    const startedMs = performance.now();
    const result = await runWork(work, lane);
    const seconds = (performance.now() - startedMs) / 1000;
    const { failed, failures, files = [] } = result;
    this.#slowest.push(...(files.length > 0 ? files : [{ title: work.title, seconds }]));
    suite.lines.push(`  ${failed > 0 ? '✖' : '✔'} ${work.title}: ${countsOf(result)} (${secondsOf(seconds)})`, ...files.map((file) => `      ${file.title} (${secondsOf(file.seconds)})`));
    for (const { title, message } of failures) suite.lines.push(`\n✖ ${title}\n${message.replace(/^/gm, '  ')}\n`);
    suite.left -= 1;
    suite.seconds += seconds;
    suite.total = add(suite.total, result);
  }

  #printSlowest(): void {
    const slowest = this.#slowest.toSorted((one, other) => other.seconds - one.seconds).slice(0, SLOWEST_SHOWN);
    console.log(`The slowest:\n${slowest.map(({ title, seconds }) => `  ${secondsOf(seconds).padStart(8)}  ${title}`).join('\n')}`);
  }
}

/** Prints the lines of the first suite that is not done, and of those before it: never two suites mixed up. */
function printer(suites: readonly Running[]): () => void {
  const waiting = [...suites];
  const begun = new Set<Running>();
  return () => {
    for (let suite = waiting[0]; suite !== undefined; suite = waiting[0]) {
      if (!begun.has(suite)) console.log(`▸ ${suite.name}`);
      begun.add(suite);
      for (const line of suite.lines.splice(0)) console.log(line);
      if (suite.left > 0) return;
      const { name, total, seconds } = suite;
      console.log(`${total.failed > 0 ? '✖' : '✔'} ${name}: ${countsOf(total)} (${secondsOf(seconds)})`);
      waiting.shift();
    }
  };
}
