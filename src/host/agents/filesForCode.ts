// Makes image files for another extension: the same as for an agent, asked for by a command with arguments or by the API.
import type * as vscode from 'vscode';
import { cancelledSentence } from '../failures/cancelledSentence.ts';
import { RefusalToCaller } from '../window/refusal.ts';
import { type AgentImagesParts, makeFiles } from './agentImages.ts';
import type { GeneratedFiles } from './apiTypes.ts';
import { planCall } from './planCall.ts';

/** The arguments that ask for files in the workspace. */
const FILE_ARGUMENTS = ['path', 'document', 'width', 'height', 'count', 'alt'];

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
  const plan = await planCall(args, parts);
  if ('problem' in plan) throw new RefusalToCaller(plan.problem);
  const asker = { kind: 'extension' } as const;
  if (signal.aborted) throw new RefusalToCaller(cancelledSentence('no', false));
  const denied = await parts.permission.take(plan.call.count, asker);
  if (denied !== undefined) throw new RefusalToCaller(denied);
  const { made, failed } = await makeFiles(plan, { asker, signal, progress: () => undefined }, parts);
  if (made.length === 0) throw new RefusalToCaller(failed.map(({ sentence }) => sentence).join(' '));
  return { files: made.map(({ uri, type, record, image }) => ({ id: record.id, uri, type, widthPx: image.widthPx, heightPx: image.heightPx, bytes: image.bytes, markdown: image.markdown, html: image.html, recipe: record.recipe })), failed };
}
