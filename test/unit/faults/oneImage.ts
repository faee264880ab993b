// Makes a small image and then the one to be measured, by the production parts, and prints how far memory rose.
// Takes `folder endpoint` and runs in a process of its own, with `--expose-gc`.
import { readFileSync } from 'node:fs';
import { History } from '../../../src/history/history.ts';
import { Journals } from '../../../src/history/journals.ts';
import { createLiveness } from '../../../src/node/liveness.ts';
import { createNodeFetch } from '../../../src/node/nodeFetch.ts';
import { createNodeFiles } from '../../../src/node/nodeFiles.ts';
import { systemClock } from '../../../src/node/systemClock.ts';
import type { JobState } from '../../../src/jobs/job.ts';
import { JobQueue } from '../../../src/jobs/queue.ts';
import { createService } from '../../../src/jobs/service.ts';
import { readEndpoint } from '../../../src/request/send/endpointUrl.ts';

/** What the process prints, as JSON. */
export interface Measured {
  ended: string;
  /** Most memory the process ever held, beyond what it held once a small image was kept. */
  riseBytes: number;
}

async function run([folder = '', address = '']: string[]): Promise<void> {
  const result = readEndpoint(address);
  if (!('endpoint' in result)) throw new Error(`No endpoint: ${address}`);
  const { endpoint } = result;
  const liveness = createLiveness(folder);
  const files = createNodeFiles(folder, liveness.windowId);
  const queue = new JobQueue({
    history: new History({ files, now: () => systemClock.now() }), journals: new Journals({ files, owner: () => liveness.start() }), clock: systemClock,
    random: () => Math.random(), concurrency: () => 1, service: createService({ fetch: createNodeFetch(), clock: systemClock }),
    connectionFor: () => Promise.resolve({ endpoint, key: undefined, timeoutMs: 600_000 }),
  });
  const make = (prompt: string): Promise<JobState> => queue.add({ model: 'm', prompt, size: '1328x1328', watermark: false, promptExtend: false, fields: {} }, 'person').ended;
  const first = await make('small');
  if (first.phase !== 'kept') throw new Error(`The small image ended ${first.phase}.`);
  globalThis.gc?.();
  const baseline = process.memoryUsage.rss();
  const { phase, ...state } = await make('measured');
  const ended = 'failure' in state ? state.failure.reason : phase;
  const measured: Measured = { ended, riseBytes: highWaterBytes() - baseline };
  process.stdout.write(JSON.stringify(measured));
  queue.dispose();
  await liveness.dispose();
}

/**
 * The system's own mark of the most memory that was resident: what a timer would miss while the thread is busy is in
 * it, and so is what the garbage collector has not come to yet. On Linux not `maxRSS`, which begins with the parent's.
 */
function highWaterBytes(): number {
  const status = process.platform === 'linux' ? readFileSync('/proc/self/status', 'utf8') : '';
  return 1024 * Number(/^VmHWM:\s+(\d+) kB$/m.exec(status)?.[1] ?? process.resourceUsage().maxRSS);
}

void run(process.argv.slice(2));
