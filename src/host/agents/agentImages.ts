// Makes images for agents, wherever they run: asks for permission, runs the jobs, writes the files, and tells all of it.
import * as vscode from 'vscode';
import { describeGenerated, type FailedImage } from '../../agents/answerText.ts';
import type { ToolAnswer } from '../../agents/mcpServer.ts';
import { NO_FOLDER } from '../../agents/workspacePath.ts';
import { type Asker, isEnded, type Job, type JobState } from '../../jobs/job.ts';
import type { JobQueue } from '../../jobs/queue.ts';
import { Failure } from '../../request/failures/failure.ts';
import { cancelledSentence } from '../failures/cancelledSentence.ts';
import type { ImageFiles } from '../history/imageFiles.ts';
import type { Permission } from '../jobs/permission.ts';
import type { StartJobs } from '../jobs/startJobs.ts';
import type { Pixels } from '../platform.ts';
import type { Log } from '../window/log.ts';
import { fullId } from '../window/ids.ts';
import { Refusal } from '../window/refusal.ts';
import { readSetting } from '../window/settings.ts';
import { type CallPlan, planCall, type PlanParts, type PlanSentences } from './planCall.ts';
import { writeAgentImage, type WriteTurns, type WrittenImage } from './writeAgentImage.ts';

export interface AgentImagesParts extends PlanParts {
  readonly startJobs: StartJobs;
  readonly queue: JobQueue;
  readonly permission: Permission;
  readonly files: ImageFiles;
  readonly pixels: Pixels;
  readonly turns: WriteTurns;
  readonly log: Log;
}

/** How a call goes on while it is waited for. */
export interface CallContext {
  readonly asker: Asker;
  /** Aborted if the agent cancels; with the reason `gone` if nobody waits any more. */
  readonly signal: AbortSignal;
  readonly progress: (done: number, total: number, message: string) => void;
}

/** What an agent is told that may not go on. */
const NO = 'The person was asked and did not allow it. Nothing was made, and it cost nothing. Do not ask again unless the person says so.';

const SENTENCES: PlanSentences = {
  restricted: () => 'This workspace is in Restricted Mode, so nothing is generated for an agent. Ask the person to trust the workspace first.',
  noFolder: () => NO_FOLDER,
  notSetUp(problem) {
    void offerSetUp();
    return `${problem} Ask the person to run the command “Image Generator: Set Up” in VS Code; a notification offers it. Nothing was made, and it cost nothing.`;
  },
};

export const refuse = (sentence: string): ToolAnswer => ({ isError: true, parts: [{ type: 'text', text: sentence }] });

/** Never rejects: what went wrong is a sentence with which the agent, or its person, can go on. */
export async function generateForAgent(args: unknown, context: CallContext, parts: AgentImagesParts): Promise<ToolAnswer> {
  try {
    const plan = await planCall(args, SENTENCES, parts);
    if ('problem' in plan) return refuse(plan.problem);
    if (context.signal.aborted) return refuse('Cancelled. Nothing was made, and it cost nothing.');
    if (!(await parts.permission.take(plan.call.count, context.asker))) return refuse(NO);
    const { made, failed } = await makeFiles(plan, context, parts);
    const text = describeGenerated({ made: made.map(({ image }) => image), failed, left: parts.permission.left(context.asker) });
    return { isError: made.length === 0, parts: [{ type: 'text', text }, ...made.flatMap(({ small }) => (small ? [small] : []))] };
  } catch (error) {
    if (error instanceof Refusal) return refuse(error.message);
    parts.log.error('A call of an agent failed', error);
    return refuse('Something unexpected happened in the extension. The person finds the details with the command “Image Generator: Show Log”. Do not call again at once.');
  }
}

/** What became of a call. */
export interface MadeFiles {
  /** In the order of their numbers. */
  readonly made: readonly WrittenImage[];
  readonly failed: readonly FailedImage[];
}

/** Runs the jobs of a plan that was allowed, and writes each image as it comes. Never rejects for a single image. */
export async function makeFiles(plan: CallPlan, context: CallContext, parts: AgentImagesParts): Promise<MadeFiles> {
  const { call, size, place, roots } = plan;
  const scope = place.documentUri ?? place.root.uri;
  const request = parts.startJobs.requestFor({ prompt: call.prompt, size, promptExtend: readSetting('promptExtend', scope), watermark: readSetting('watermark', scope) }, 'code');
  const jobs = parts.startJobs.start(request, { source: 'code', askedBy: context.asker, count: call.count });
  const stop = (): void => cancel(jobs, context.signal, parts.queue);
  if (context.signal.aborted) stop();
  else context.signal.addEventListener('abort', stop, { once: true });
  const made: WrittenImage[] = [];
  const failed: FailedImage[] = [];
  const taken = new Set<string>();
  let done = 0;
  context.progress(0, call.count, 'Asked the service.');
  const finish = async (job: Job, number: number, state: JobState): Promise<void> => {
    const record = state.phase === 'kept' ? state.images[0] : undefined;
    if (!record) return void failed.push({ number, ...failureOf(job, state, context.asker, parts) });
    try {
      made.push(await parts.turns.take(() => writeAgentImage(record, { ...call, place, roots, taken, number }, parts.files, parts.pixels)));
    } catch (error) {
      if (!(error instanceof Refusal)) parts.log.error('An image for an agent could not be written', error);
      const sentence = error instanceof Refusal ? error.message : unwrittenSentence(context.asker);
      failed.push({ number, sentence, charged: 'yes' });
    }
  };
  await Promise.all(
    jobs.map(async (job, index) => {
      const state = await job.ended;
      await finish(job, index + 1, state);
      context.progress(++done, call.count, `${done} of ${call.count}`);
    }),
  );
  context.signal.removeEventListener('abort', stop);
  return { made: made.sort((a, b) => a.number - b.number), failed: failed.sort((a, b) => a.number - b.number) };
}

function unwrittenSentence({ kind }: Asker): string {
  return kind === 'extension' ? vscode.l10n.t('The file could not be written. The image stays in the history.') : 'The image is kept, but its file could not be written; find it with findImageFile and saveAs.';
}

async function offerSetUp(): Promise<void> {
  const setUp = vscode.l10n.t('Set Up');
  const pressed = await vscode.window.showWarningMessage(vscode.l10n.t('An agent wants to make an image, but no service is set up yet.'), setUp);
  if (pressed === setUp) await vscode.commands.executeCommand(fullId('setUp'));
}

/** An agent that is only gone has left images behind that may be paid for: those go on, and are kept. */
function cancel(jobs: readonly Job[], signal: AbortSignal, queue: JobQueue): void {
  for (const job of jobs) {
    const costsNothing = job.state.phase === 'queued' || job.state.phase === 'waiting';
    if (!isEnded(job.state) && (signal.reason !== 'gone' || costsNothing)) queue.cancel(job.id);
  }
}

function failureOf({ posts }: Job, state: JobState, asker: Asker, { reports, permission }: AgentImagesParts): Omit<FailedImage, 'number'> {
  // Each request that was sent counts, whatever became of it.
  if (posts === 0) permission.giveBack(1, asker);
  if (state.phase === 'cancelled') {
    return { sentence: cancelledSentence(state.billed, state.paidNotDownloaded), charged: state.billed };
  }
  const failure = state.phase === 'failed' ? state.failure : new Failure('noImageInAnswer');
  return { sentence: reports.sentence(failure), charged: failure.billed };
}
