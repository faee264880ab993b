// Measures from sending a request to the image on the disk, against curl doing the same two transfers.
import { execFile } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { History } from '../../src/history/history.ts';
import { Journals } from '../../src/history/journals.ts';
import { createNodeFetch } from '../../src/node/nodeFetch.ts';
import { createNodeFiles } from '../../src/node/nodeFiles.ts';
import { systemClock } from '../../src/node/systemClock.ts';
import { JobQueue } from '../../src/jobs/queue.ts';
import { createService } from '../../src/jobs/service.ts';
import { readEndpoint } from '../../src/request/send/endpointUrl.ts';
import { startStandIn, type StandIn } from '../endpoint/server.ts';
import { describeRatio, type Pair } from './ratios.ts';

const PAIRS = 25;
const IMAGE_BYTES = 2_000_000;
const request = { model: 'qwen-image-max', prompt: 'a cat', size: '1328x1328', watermark: false, promptExtend: false, fields: {} };
const run = promisify(execFile);

function createQueue(folder: string, standIn: StandIn): JobQueue {
  const result = readEndpoint(standIn.baseUrl);
  if (!('endpoint' in result)) throw new Error('no endpoint');
  const { endpoint } = result;
  const files = createNodeFiles(folder, 'bench');
  return new JobQueue({
    history: new History({ files, now: () => systemClock.now() }),
    journals: new Journals({ files, owner: () => Promise.resolve('bench') }),
    service: createService({ fetch: createNodeFetch(), clock: systemClock }),
    clock: systemClock,
    random: () => randomInt(2 ** 47) / 2 ** 47,
    concurrency: () => 1,
    connectionFor: () => Promise.resolve({ endpoint, key: undefined, timeoutMs: 60_000 }),
  });
}

async function withCurl(standIn: StandIn, folder: string, number: number): Promise<void> {
  const body = JSON.stringify({ model: request.model, prompt: request.prompt, size: request.size, n: 1, watermark: false, prompt_extend: false });
  const { stdout } = await run('curl', ['-sS', '-H', 'Content-Type: application/json', '-d', body, `${standIn.baseUrl}/v1/images/generations`]);
  const { data } = JSON.parse(stdout) as { data: { url: string }[] };
  await run('curl', ['-sS', '-o', join(folder, `curl-${number}.png`), data[0]?.url ?? '']);
}

/** One line of result. Needs `curl`. */
export async function measureDownload(): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'generate-image-bench-'));
  const standIn = await startStandIn({ image: 'flat' });
  const queue = createQueue(folder, standIn);
  const pairs: Pair[] = [];
  const timed = async (work: () => Promise<unknown>): Promise<number> => {
    standIn.plan({ kind: 'ok', like: { paddingBytes: IMAGE_BYTES } });
    const startMs = performance.now();
    await work();
    return performance.now() - startMs;
  };
  try {
    for (let number = -2; number < PAIRS; number++) {
      const ours = await timed(async () => {
        const state = await queue.add(request, 'person').ended;
        if (state.phase !== 'kept') throw new Error(`The job ended as ${state.phase}.`);
      });
      const reference = await timed(() => withCurl(standIn, folder, number));
      // The first two warm both up.
      if (number >= 0) pairs.push({ ours, reference });
    }
  } finally {
    queue.dispose();
    await standIn.close();
    rmSync(folder, { recursive: true, force: true });
  }
  return describeRatio('Request to file, against curl', pairs, 'ms', 1);
}
