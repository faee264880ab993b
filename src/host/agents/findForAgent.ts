// Looks for images that an agent can use again: those that are kept, and those in the workspace that hold their recipe.
import * as vscode from 'vscode';
import { describeFound, describeSaved, type FoundImage } from '../../agents/answerText.ts';
import { matchImages } from '../../agents/matchImages.ts';
import type { AnswerPart, ToolAnswer } from '../../agents/mcpServer.ts';
import { readFindCall } from '../../agents/toolArguments.ts';
import type { ImageRecord } from '../../history/record.ts';
import type { ImageFiles } from '../history/imageFiles.ts';
import type { KeptImages } from '../history/keptImages.ts';
import type { Permission } from '../jobs/permission.ts';
import type { Log } from '../window/log.ts';
import { Refusal } from '../window/refusal.ts';
import type { Pixels } from '../platform.ts';
import { agentRoots, placeFor, shownPath } from './agentFiles.ts';
import { type CallContext, refuse } from './agentImages.ts';
import { smallCopy } from './smallCopy.ts';
import type { WorkspaceImages } from './workspaceImages.ts';
import { writeAgentImage, type WriteTurns } from './writeAgentImage.ts';

export interface FindParts {
  readonly permission: Permission;
  readonly kept: KeptImages;
  readonly files: ImageFiles;
  readonly pixels: Pixels;
  readonly turns: WriteTurns;
  readonly workspaceImages: WorkspaceImages;
  readonly log: Log;
}

const MOST_FOUND = 10;
/** Small copies in one answer: more of them cost the model more than they tell. */
const MOST_SHOWN = 3;

const MOST_RECORDS = 5000;
const SLICE = 64;

interface Candidate extends FoundImage {
  readonly name?: string;
  readonly record?: ImageRecord;
  readonly uri?: vscode.Uri;
}

/** What an agent is told that may not look. */
const NO = 'The person was asked and did not allow it. Nothing was shown and nothing was written. Do not ask again unless the person says so.';

/** Free. Never rejects. */
export async function findForAgent(args: unknown, { asker, signal }: CallContext, parts: FindParts): Promise<ToolAnswer> {
  const call = readFindCall(args);
  if ('problem' in call) return refuse(call.problem);
  try {
    if (!(await parts.permission.mayLook(asker))) return refuse(NO);
    if (signal.aborted) return refuse('Cancelled. Nothing was written.');
    const found = matchImages(call.query, await candidates(parts));
    if (call.saveAs !== undefined) return await save(found[0], call.query, call.saveAs, parts);
    const best = found.slice(0, MOST_FOUND);
    const small = await Promise.all(best.slice(0, MOST_SHOWN).map((image) => smallOf(image, parts)));
    return { isError: false, parts: [{ type: 'text', text: describeFound(call.query, best, found.length) }, ...small.flatMap((part) => (part ? [part] : []))] };
  } catch (error) {
    if (error instanceof Refusal) return refuse(error.message);
    parts.log.error('A search of an agent failed', error);
    return refuse('The search failed. The person finds the details with the command “Image Generator: Show Log”.');
  }
}

/** Images of the workspace first: they can be used as they are. */
async function candidates({ kept, workspaceImages }: FindParts): Promise<Candidate[]> {
  const roots = agentRoots();
  const [inWorkspace, records] = await Promise.all([workspaceImages.list(), newestRecords(kept)]);
  const files = inWorkspace.map(({ uri, prompt, widthPx, heightPx }): Candidate => ({ path: shownPath(uri, roots), name: uri.path, prompt, widthPx, heightPx, uri }));
  const keptOnes = records.map((record): Candidate => ({ id: record.id, prompt: record.recipe.prompt, widthPx: record.file.widthPx, heightPx: record.file.heightPx, record }));
  return [...files, ...keptOnes];
}

/** In slices, so that a long history leaves the host's thread free. */
async function newestRecords(kept: KeptImages): Promise<ImageRecord[]> {
  const ids = (await kept.ids()).slice(0, MOST_RECORDS);
  const records: ImageRecord[] = [];
  for (let start = 0; start < ids.length; start += SLICE) {
    const slice = await Promise.all(ids.slice(start, start + SLICE).map((id) => kept.record(id).catch(() => undefined)));
    records.push(...slice.filter((record) => record !== undefined));
  }
  return records;
}

async function save(best: Candidate | undefined, query: string, saveAs: string, parts: FindParts): Promise<ToolAnswer> {
  if (!best) return refuse(`No image was found for “${query}”, so nothing was written.`);
  if (!best.record) return refuse(`The best match is in the workspace already: ${best.path ?? ''}. Use it as it is. Nothing was written.`);
  if (!vscode.workspace.isTrusted) return refuse('This workspace is in Restricted Mode, so nothing is written for an agent. Ask the person to trust the workspace first.');
  const roots = agentRoots();
  const place = await placeFor({ path: saveAs }, roots);
  if ('problem' in place) return refuse(place.problem);
  const { record } = best;
  const { image, small } = await parts.turns.take(() => writeAgentImage(record, { place, roots, number: 1, count: 1, taken: new Set() }, parts.files, parts.pixels));
  return { isError: false, parts: [{ type: 'text', text: describeSaved(image) }, ...(small ? [small] : [])] };
}

async function smallOf({ record, uri }: Candidate, { files, pixels }: FindParts): Promise<AnswerPart | undefined> {
  const source = uri ?? (record && files.uri(record));
  const bytes = source && (await Promise.resolve(vscode.workspace.fs.readFile(source)).catch(() => undefined));
  return bytes && smallCopy(bytes, pixels);
}
