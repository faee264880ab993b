// A window in a process of its own: the production client, queue, history and file adapter, as the extension wires them.
// Takes `folder endpoint report name jobs`; recovers, then makes so many jobs (-1: until it is killed), and writes
// one character for each thing that happens, so that it can be killed in the midst of them.
import { randomInt } from 'node:crypto';
import { appendFileSync } from 'node:fs';
import { History } from '../../../src/history/history.ts';
import { Journals } from '../../../src/history/journals.ts';
import { createLiveness } from '../../../src/node/liveness.ts';
import { createNodeFetch } from '../../../src/node/nodeFetch.ts';
import { createNodeFiles } from '../../../src/node/nodeFiles.ts';
import { systemClock } from '../../../src/node/systemClock.ts';
import type { Job } from '../../../src/jobs/job.ts';
import { JobQueue } from '../../../src/jobs/queue.ts';
import { recover } from '../../../src/jobs/recovery.ts';
import { createService } from '../../../src/jobs/service.ts';
import { readEndpoint } from '../../../src/request/send/endpointUrl.ts';

const IN_FLIGHT = 3;

async function run([folder = '', address = '', reports = '', name = '', jobs = '0']: string[]): Promise<void> {
  const result = readEndpoint(address);
  if (!('endpoint' in result)) throw new Error(`No endpoint: ${address}`);
  const { endpoint } = result;
  /** What a person would have read, on the disk before anything else happens. */
  const report = (prompt: string, what: string): void => appendFileSync(reports, `${JSON.stringify({ prompt, what })}\n`);
  const liveness = createLiveness(folder);
  const files = createNodeFiles(folder, liveness.windowId);
  const history = new History({ files, now: () => systemClock.now() });
  const journals = new Journals({ files, owner: () => liveness.start() });
  const service = createService({ fetch: createNodeFetch(), clock: systemClock });
  const queue = new JobQueue({
    history, journals, clock: systemClock, random: () => randomInt(2 ** 47) / 2 ** 47, concurrency: () => IN_FLIGHT,
    service: {
      ...service,
      request: async (request, connection, options) => {
        const answer = await service.request(request, connection, options);
        appendFileSync(`${reports}.read`, `${JSON.stringify({ prompt: request.prompt, items: answer.items.length })}\n`);
        return answer;
      },
    },
    connectionFor: () => Promise.resolve({ endpoint, key: undefined, timeoutMs: 60_000 }),
    log: (line) => process.stderr.write(`${line}\n`),
  });
  queue.onDidChange(({ request, state }) => {
    // From here on this process says that it has what was paid for, and must not lose it.
    if (state.phase === 'downloading' || state.phase === 'writing') appendFileSync(`${reports}.told`, `${JSON.stringify(request.prompt)}\n`);
    process.stdout.write('.');
    if (state.phase === 'failed' && !state.paidNotDownloaded) report(request.prompt, state.failure.reason);
  });
  process.stdout.write('.');
  const wanted = Number(jobs);
  const recovering = recover({ queue, journals, history, files, isAlive: (id) => liveness.isAlive(id), now: () => systemClock.now(), log: (line) => process.stderr.write(`${line}\n`) })
    .then(async (recovery) => {
      for (const { request } of recovery.lost) report(request.prompt, 'lost');
      await recovery.acknowledge();
      // As a person does who reads the list, in a window that is not to be killed.
      if (wanted >= 0) await Promise.all(recovery.failed.map(async (job) => queue.downloadAgain(job.id) && job.ended));
    });
  const running = new Set<Promise<unknown>>();
  for (let number = 0; wanted < 0 || number < wanted; number++) {
    if (running.size >= IN_FLIGHT) await Promise.race(running);
    const job: Job = queue.add({ model: 'qwen-image-max', prompt: `${name} ${number}`, size: '1328x1328', watermark: false, promptExtend: false, fields: {} }, 'person');
    const ended: Promise<unknown> = job.ended.then(() => running.delete(ended));
    running.add(ended);
  }
  await Promise.all([...running, recovering]);
  queue.dispose();
  await liveness.dispose();
}

// Nothing of this process may go on in silence after a mistake.
process.on('unhandledRejection', (error) => {
  process.stderr.write(`unhandled: ${String(error)}\n`);
  process.exit(70);
});
void run(process.argv.slice(2));
