// Makes image files for another extension: the same as for an agent, asked for by a command with arguments or by the API.
import * as vscode from 'vscode';
import { cancelledSentence } from '../failures/cancelledSentence.ts';
import { limitSentence, restrictedSentence } from '../jobs/unattended.ts';
import { describePromptProblem } from '../prompt/promptProblem.ts';
import { RefusalToCaller } from '../window/refusal.ts';
import { type AgentImagesParts, makeFiles } from './agentImages.ts';
import type { GeneratedFiles } from './apiTypes.ts';
import { planCall, type PlanSentences } from './planCall.ts';

/** The arguments that ask for files in the workspace. */
const FILE_ARGUMENTS = ['path', 'document', 'width', 'height', 'count', 'alt'];

/** A person reads them, in whatever extension asked. */
const SENTENCES: PlanSentences = { restricted: restrictedSentence, noFolder: () => vscode.l10n.t('Open a folder first.'), notSetUp: (problem) => problem };

export function asksForFiles(args: unknown): boolean {
  return typeof args === 'object' && args !== null && FILE_ARGUMENTS.some((name) => name in args);
}

/** @throws RefusalToCaller with a sentence if nothing was made */
export async function generateFilesForCode(args: unknown, parts: AgentImagesParts, token?: vscode.CancellationToken): Promise<GeneratedFiles> {
  const cancelled = new AbortController();
  if (token?.isCancellationRequested) cancelled.abort('cancelled');
  const listening = token?.onCancellationRequested(() => cancelled.abort('cancelled'));
  try {
    return await makeFor(args, parts, cancelled.signal);
  } catch (error) {
    if (error instanceof RefusalToCaller) throw error;
    parts.log.error('A file that was asked for unattended could not be made', error);
    throw new RefusalToCaller(parts.reports.unknownSentence());
  } finally {
    listening?.dispose();
  }
}

async function makeFor(args: unknown, parts: AgentImagesParts, signal: AbortSignal): Promise<GeneratedFiles> {
  const unsent = promptProblem(args);
  if (unsent !== undefined && vscode.workspace.isTrusted) throw new RefusalToCaller(unsent);
  const plan = await planCall(args, SENTENCES, parts);
  if ('problem' in plan) throw new RefusalToCaller(plan.problem);
  const asker = { kind: 'extension' } as const;
  if (signal.aborted) throw new RefusalToCaller(cancelledSentence('no', false));
  if (!(await parts.permission.take(plan.call.count, asker))) throw new RefusalToCaller(limitSentence());
  const { made, failed } = await makeFiles(plan, { asker, signal, progress: () => undefined }, parts);
  if (made.length === 0) throw new RefusalToCaller(failed.map(({ sentence }) => sentence).join(' '));
  return { files: made.map(({ uri, type, record, image }) => ({ id: record.id, uri, type, widthPx: image.widthPx, heightPx: image.heightPx, bytes: image.bytes, markdown: image.markdown, html: image.html, recipe: record.recipe })), failed };
}

/** Other arguments are the extension's own; the prompt may be what its user typed. */
function promptProblem(args: unknown): string | undefined {
  const prompt: unknown = typeof args === 'object' && args !== null && 'prompt' in args ? args.prompt : undefined;
  return typeof prompt === 'string' ? describePromptProblem(prompt) : undefined;
}
