// Makes image files for another extension: the same as for an agent, asked for by a command with arguments or by the API.
import type * as vscode from 'vscode';
import type { ImageType } from '../../image/imageInfo.ts';
import type { Recipe } from '../../prompt/recipe.ts';
import { RefusalToCaller } from '../window/refusal.ts';
import { type AgentImagesParts, makeFiles } from './agentImages.ts';
import { planCall } from './planCall.ts';

/** The arguments that ask for files in the workspace. */
const FILE_ARGUMENTS = ['path', 'document', 'width', 'height', 'count', 'alt'];

/** One file in the workspace. */
export interface GeneratedFile {
  /** Of the kept image that it was made from. */
  readonly id: string;
  readonly uri: vscode.Uri;
  readonly type: ImageType;
  readonly widthPx: number;
  readonly heightPx: number;
  readonly bytes: number;
  readonly markdown: string;
  readonly html: string;
  readonly recipe: Recipe;
}

export interface GeneratedFiles {
  readonly files: readonly GeneratedFile[];
  /** What was not made: which, why, and whether it was charged. */
  readonly failed: readonly { readonly number: number; readonly sentence: string; readonly charged: 'no' | 'yes' | 'maybe' }[];
}

export function asksForFiles(args: unknown): boolean {
  return typeof args === 'object' && args !== null && FILE_ARGUMENTS.some((name) => name in args);
}

/** @throws RefusalToCaller with a sentence if nothing was made */
export async function generateFilesForCode(args: unknown, parts: AgentImagesParts): Promise<GeneratedFiles> {
  const plan = await planCall(args, parts);
  if ('problem' in plan) throw new RefusalToCaller(plan.problem);
  const asker = { kind: 'extension' } as const;
  const denied = await parts.permission.take(plan.call.count, asker);
  if (denied !== undefined) throw new RefusalToCaller(denied);
  const { made, failed } = await makeFiles(plan, { asker, signal: new AbortController().signal, progress: () => undefined }, parts);
  if (made.length === 0) throw new RefusalToCaller(failed.map(({ sentence }) => sentence).join(' '));
  return { files: made.map(({ uri, type, record, image }) => ({ id: record.id, uri, type, widthPx: image.widthPx, heightPx: image.heightPx, bytes: image.bytes, markdown: image.markdown, html: image.html, recipe: record.recipe })), failed };
}
