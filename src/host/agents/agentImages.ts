// Makes images for agents, wherever they run: checks the call, asks for permission, runs the jobs, writes the files, and tells all of it.
import * as vscode from 'vscode';
import { describeGenerated, type FailedImage } from '../../agents/answerText.ts';
import type { ToolAnswer } from '../../agents/mcpServer.ts';
import { type GenerateCall, type Problem, readGenerateCall } from '../../agents/toolArguments.ts';
import { isEnded, type Job, type JobState } from '../../jobs/job.ts';
import type { JobQueue } from '../../jobs/queue.ts';
import { formatSize, nearestSize } from '../../prompt/size.ts';
import { Failure } from '../../request/failures/failure.ts';
import type { Connections } from '../connection/connections.ts';
import { cancelledSentence } from '../failures/cancelledSentence.ts';
import type { FailureReports } from '../failures/failureReports.ts';
import type { ImageFiles } from '../history/imageFiles.ts';
import type { StartJobs } from '../jobs/startJobs.ts';
import type { Pixels } from '../platform.ts';
import { fullId } from '../window/ids.ts';
import type { Log } from '../window/log.ts';
import { Refusal } from '../window/refusal.ts';
import { offeredSizes, readSetting } from '../window/settings.ts';
import { type AgentPlace, type AgentRoot, agentRoots, placeFor } from './agentFiles.ts';
import type { AgentPermission } from './agentPermission.ts';
import type { Asker } from './asker.ts';
import { writeAgentImage, type WrittenImage } from './writeAgentImage.ts';

export interface AgentImagesParts {
  readonly startJobs: StartJobs;
  readonly queue: JobQueue;
  readonly permission: AgentPermission;
  readonly connections: Connections;
  readonly reports: FailureReports;
  readonly files: ImageFiles;
  readonly pixels: Pixels;
  readonly log: Log;
}

/** How a call goes on while it is waited for. */
export interface CallContext {
  readonly asker: Asker;
  /** Aborted if the agent cancels; with the reason `gone` if nobody waits any more. */
  readonly signal: AbortSignal;
  readonly progress: (done: number, total: number, message: string) => void;
}

export const refuse = (sentence: string): ToolAnswer => ({ isError: true, parts: [{ type: 'text', text: sentence }] });

/** Never rejects: what went wrong is a sentence with which the agent, or its person, can go on. */
export async function generateForAgent(args: unknown, context: CallContext, parts: AgentImagesParts): Promise<ToolAnswer> {
  try {
    const plan = await planCall(args, parts);
    if ('problem' in plan) return refuse(plan.problem);
    if (context.signal.aborted) return refuse('Cancelled. Nothing was made, and it cost nothing.');
    const denied = await parts.permission.take(plan.call.count, context.asker);
    if (denied !== undefined) return refuse(denied);
    return await makeImages(plan, context, parts);
  } catch (error) {
    if (error instanceof Refusal) return refuse(error.message);
    parts.log.error('A call of an agent failed', error);
    return refuse('Something unexpected happened in the extension. The person finds the details with the command “Image Generator: Show Log”. Do not call again at once.');
  }
}

interface CallPlan {
  readonly call: GenerateCall;
  readonly place: AgentPlace;
  readonly roots: readonly AgentRoot[];
  /** The size to ask the service for. */
  readonly size: string;
}

/** Everything that can be known before anything is paid. */
async function planCall(args: unknown, { connections, reports }: AgentImagesParts): Promise<CallPlan | Problem> {
  if (!vscode.workspace.isTrusted) return { problem: 'This workspace is in Restricted Mode, so nothing is generated for an agent. Ask the person to trust the workspace first.' };
  const call = readGenerateCall(args, readSetting('maxPromptCharacters'));
  if ('problem' in call) return call;
  const roots = agentRoots();
  const place = await placeFor(call, roots);
  if ('problem' in place) return place;
  const problem = await connections.problem();
  if (problem) {
    void offerSetUp();
    return { problem: `${reports.sentence(problem)} Ask the person to run the command “Image Generator: Set Up” in VS Code; a notification offers it. Nothing was made, and it cost nothing.` };
  }
  return { call, place, roots, size: sizeFor(call, place) };
}

/** The nearest shape of those that the service makes. */
function sizeFor({ widthPx, heightPx }: GenerateCall, { root, documentUri }: AgentPlace): string {
  const scope = documentUri ?? root.uri;
  const usual = readSetting('size', scope);
  if (widthPx === undefined || heightPx === undefined) return nearestSizeOf(usual) ?? usual;
  return nearestSize({ widthPx, heightPx }, offeredSizes(scope)) ?? usual;
}

function nearestSizeOf(text: string): string | undefined {
  const [, width, height] = /(\d+)\D+(\d+)/.exec(text) ?? [];
  return width === undefined || height === undefined ? undefined : formatSize({ widthPx: Number(width), heightPx: Number(height) });
}

async function offerSetUp(): Promise<void> {
  const setUp = vscode.l10n.t('Set Up');
  const pressed = await vscode.window.showWarningMessage(vscode.l10n.t('An agent wants to make an image, but no service is set up yet.'), setUp);
  if (pressed === setUp) await vscode.commands.executeCommand(fullId('setUp'));
}

async function makeImages(plan: CallPlan, context: CallContext, parts: AgentImagesParts): Promise<ToolAnswer> {
  const { call, size, place, roots } = plan;
  const scope = place.documentUri ?? place.root.uri;
  const request = parts.startJobs.requestFor({ prompt: call.prompt, size, promptExtend: readSetting('promptExtend', scope), watermark: readSetting('watermark', scope) }, 'code');
  const jobs = parts.startJobs.start(request, { source: 'code', count: call.count });
  const stop = (): void => cancel(jobs, context.signal, parts.queue);
  if (context.signal.aborted) stop();
  else context.signal.addEventListener('abort', stop, { once: true });
  const made: WrittenImage[] = [];
  const failed: FailedImage[] = [];
  const taken = new Set<string>();
  let done = 0;
  context.progress(0, call.count, 'Asked the service.');
  // Files are written in the order of the images, so that names and numbers agree.
  let writing: Promise<unknown> = Promise.resolve();
  await Promise.all(
    jobs.map(async (job, index) => {
      const state = await job.ended;
      const turn = writing.then(async () => {
        const record = state.phase === 'kept' ? state.images[0] : undefined;
        if (record) made.push(await writeAgentImage(record, { ...call, place, roots, taken, number: index + 1 }, parts.files, parts.pixels));
        else failed.push({ number: index + 1, ...failureOf(job, state, context.asker, parts) });
      });
      writing = turn.catch((error: unknown) => {
        const sentence = error instanceof Refusal ? error.message : 'The image is kept, but its file could not be written; find it with findImageFile and saveAs.';
        if (!(error instanceof Refusal)) parts.log.error('An image for an agent could not be written', error);
        failed.push({ number: index + 1, sentence, charged: 'yes' });
      });
      await writing;
      context.progress(++done, call.count, `${done} of ${call.count}`);
    }),
  );
  context.signal.removeEventListener('abort', stop);
  failed.sort((a, b) => a.number - b.number);
  const text = describeGenerated({ made: made.map(({ image }) => image), failed, left: parts.permission.left(context.asker) });
  return { isError: made.length === 0, parts: [{ type: 'text', text }, ...made.flatMap(({ small }) => (small ? [small] : []))] };
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
