// Chooses where an agent's images go and writes them there: never over a file, never outside of the workspace.
import * as vscode from 'vscode';
import { NO_FOLDER, resolveBelow, resolveImageFile, showBelow, type WantedFile, type WorkspaceRoot } from '../../agents/workspacePath.ts';
import type { Problem } from '../../agents/toolArguments.ts';
import { freePath } from '../../insert/freeName.ts';
import { relativeLink, siteLink } from '../../insert/linkPath.ts';
import { splitEnding } from '../../insert/posixPath.ts';
import { renderLink } from '../../insert/templates.ts';
import { refuseUnwritable, statOf } from '../insert/imageTarget.ts';
import { Refusal } from '../window/refusal.ts';
import { readSetting } from '../window/settings.ts';

/** A workspace folder with its uri, which knows the file system. */
export interface AgentRoot extends WorkspaceRoot {
  readonly uri: vscode.Uri;
}

export function agentRoots(): AgentRoot[] {
  return (vscode.workspace.workspaceFolders ?? []).map(({ name, uri }) => ({ name, uri, path: uri.path }));
}

/** Where files go, as far as the agent said. */
export interface AgentPlace {
  /** Undefined: the settings decide. */
  readonly file: (WantedFile & { readonly root: AgentRoot }) | undefined;
  /** The document that links are relative to. */
  readonly documentUri: vscode.Uri | undefined;
  readonly root: AgentRoot;
}

/** Checks the paths of a call before anything is paid: a sentence for the agent if an image cannot go there. */
export async function placeFor(call: { readonly path?: string; readonly document?: string }, roots: readonly AgentRoot[]): Promise<AgentPlace | Problem> {
  const [first] = roots;
  if (!first) return { problem: NO_FOLDER };
  let documentUri: vscode.Uri | undefined;
  let root = first;
  if (call.document !== undefined) {
    const below = resolveBelow(call.document, roots);
    if ('problem' in below) return below;
    root = rootOf(below.root, roots) ?? first;
    documentUri = root.uri.with({ path: below.path });
    const stat = await statOf(documentUri);
    if (stat && (stat.type & vscode.FileType.Directory) !== 0) return { problem: `“${call.document}” is a folder. Give the path of the file that will show the image.` };
  }
  if (call.path === undefined) return { file: undefined, documentUri, root };
  const file = resolveImageFile(call.path, roots);
  if ('problem' in file) return file;
  const fileRoot = rootOf(file.root, roots) ?? first;
  try {
    await refuseUnwritable(fileRoot.uri, file.path);
  } catch (error) {
    if (error instanceof Refusal) return { problem: error.message };
    throw error;
  }
  return { file: { ...file, root: fileRoot }, documentUri, root: fileRoot };
}

/**
 * Writes a new file: `path` itself, or the next free name beside it. Two writes at once may take the same one.
 * @returns the path that was written
 * @throws Refusal if nothing can or may be written there
 */
export async function writeNewFile(root: AgentRoot, path: string, bytes: Uint8Array, taken: Set<string>): Promise<vscode.Uri> {
  for (let tries = 0; tries < 100; tries++) {
    const free = await freePath(path, async (candidate) => taken.has(candidate.toLowerCase()) || (await statOf(root.uri.with({ path: candidate }))) !== undefined);
    taken.add(free.toLowerCase());
    const uri = root.uri.with({ path: free });
    // A folder may have become a link since the call was planned, half a minute ago.
    await refuseUnwritable(root.uri, free);
    const edit = new vscode.WorkspaceEdit();
    edit.createFile(uri, { contents: bytes });
    if (await vscode.workspace.applyEdit(edit)) return uri;
    // Either somebody else took the name meanwhile, or nothing can be written there at all.
    if (!(await statOf(uri))) break;
  }
  throw new Refusal(vscode.l10n.t('VS Code could not write {0}. The image stays in the history.', path));
}

/** `fox.webp` of several becomes `fox-1.webp`, `fox-2.webp`. */
export function numbered(path: string, number: number, count: number): string {
  if (count === 1) return path;
  const slash = path.lastIndexOf('/') + 1;
  const [stem, ending] = splitEnding(path.slice(slash));
  return `${path.slice(0, slash)}${stem}-${number}${ending}`;
}

/** Ready links to a file, relative to the document, or to the workspace folder if there is none. */
export function linksTo(uri: vscode.Uri, facts: { alt: string; prompt: string; widthPx: number; heightPx: number }, { documentUri, root }: AgentPlace): { markdown: string; html: string } {
  const from = documentUri?.path ?? `${root.path}/index.md`;
  const site = siteLink(uri.path, root.path, readSetting('linkBase', documentUri ?? root.uri));
  const path = site ?? relativeLink(from, uri.path) ?? uri.path;
  const link = (languageId: string): string => renderLink({ ...facts, languageId, path, templates: {} }).plain;
  return { markdown: link('markdown'), html: link('html') };
}

export function shownPath(uri: vscode.Uri, roots: readonly AgentRoot[]): string {
  const root = roots.find(({ path }) => uri.path.startsWith(`${path}/`));
  return root ? showBelow({ root, path: uri.path }, roots) : uri.path;
}

function rootOf(root: WorkspaceRoot, roots: readonly AgentRoot[]): AgentRoot | undefined {
  return roots.find(({ path }) => path === root.path);
}
