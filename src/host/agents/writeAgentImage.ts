// Turns a kept image into the file that an agent asked for, and into what the agent is told of it.
import * as vscode from 'vscode';
import type { MadeImage } from '../../agents/answerText.ts';
import type { AnswerPart } from '../../agents/mcpServer.ts';
import type { ImageRecord } from '../../history/record.ts';
import type { ImageType } from '../../image/imageInfo.ts';
import { altTextOf } from '../../insert/altText.ts';
import { type ImageFiles, tellLostSignature } from '../history/imageFiles.ts';
import { homeOf, type DocumentHome } from '../insert/documentHome.ts';
import { chooseTarget } from '../insert/imageTarget.ts';
import { withImages } from '../insert/imagePaths.ts';
import type { Pixels } from '../platform.ts';
import { readSetting } from '../window/settings.ts';
import { type AgentPlace, type AgentRoot, linksTo, numbered, shownPath, writeNewFile } from './agentFiles.ts';
import { smallCopy } from './smallCopy.ts';

export interface WrittenImage {
  /** Which of those asked for, from 1. */
  readonly number: number;
  readonly uri: vscode.Uri;
  readonly type: ImageType;
  readonly record: ImageRecord;
  readonly image: MadeImage;
  /** Undefined if the image cannot be decoded. */
  readonly small: AnswerPart | undefined;
}

export interface WriteWish {
  readonly place: AgentPlace;
  readonly roots: readonly AgentRoot[];
  readonly widthPx?: number | undefined;
  readonly heightPx?: number | undefined;
  readonly alt?: string | undefined;
  /** Which of how many, from 1. */
  readonly number: number;
  readonly count: number;
  /** Paths in lower case that this call has used already. */
  readonly taken: Set<string>;
}

/** Lets one file be written at a time, whichever call it is for: VS Code looks for a file of that name before it writes, so that two writes at once both succeed. */
export class WriteTurns {
  #last: Promise<unknown> = Promise.resolve();

  take<Value>(write: () => Promise<Value>): Promise<Value> {
    const turn = this.#last.then(write);
    this.#last = turn.catch(() => undefined);
    return turn;
  }
}

/** @throws Refusal with a sentence if the file cannot be made or written */
export async function writeAgentImage(record: ImageRecord, wish: WriteWish, files: ImageFiles, pixels: Pixels): Promise<WrittenImage> {
  const { place, roots, widthPx, heightPx, number, count, taken } = wish;
  const document = await openDocument(place.documentUri);
  const scope = place.documentUri ?? place.root.uri;
  const file = await files.prepare({ record, scope, languageId: document?.languageId, ending: place.file && `.${place.file.format}`, widthPx, heightPx });
  const path = place.file ? numbered(place.file.path, number, count) : (await chooseTarget(record, file.ext, await homeFor(place, document), document, taken)).path;
  // The name that the settings gave is taken by this very image.
  if (!place.file) taken.delete(path.toLowerCase());
  const uri = await writeNewFile(place.root, path, file.bytes, taken);
  tellLostSignature([file]);
  const { recipe } = record;
  const alt = wish.alt ?? altTextOf(readSetting('altText', scope), recipe);
  const facts = { alt, prompt: recipe.prompt, widthPx: file.widthPx, heightPx: file.heightPx };
  const image: MadeImage = {
    path: shownPath(uri, roots),
    widthPx: file.widthPx,
    heightPx: file.heightPx,
    bytes: file.bytes.length,
    ...linksTo(uri, facts, place),
    promptUsed: recipe.revisedPrompt ?? recipe.prompt,
    id: record.id,
  };
  return { number, uri, type: file.type, record, image, small: await smallCopy(file.bytes, pixels) };
}

/** The document may be written later than its images: then the workspace folder stands in for it. */
async function openDocument(uri: vscode.Uri | undefined): Promise<vscode.TextDocument | undefined> {
  if (!uri) return undefined;
  return Promise.resolve(vscode.workspace.openTextDocument(uri)).catch(() => undefined);
}

async function homeFor({ root, documentUri }: AgentPlace, document: vscode.TextDocument | undefined): Promise<DocumentHome> {
  const home = document && homeOf(document);
  if (home) return withImages(home, document);
  return { fileUri: documentUri, rootUri: root.uri, workspaceFolder: vscode.workspace.getWorkspaceFolder(root.uri), documentPath: documentUri?.path ?? vscode.Uri.joinPath(root.uri, 'untitled').path };
}
