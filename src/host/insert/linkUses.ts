// Finds the links of the workspace's pages that name certain image files, and what they have to become.
import * as vscode from 'vscode';
import { toUrlPath } from '../../insert/escapePath.ts';
import { nameOf } from '../../insert/posixPath.ts';
import { renameInLink } from '../../insert/renameLink.ts';
import type { ImageLinkLanguage } from '../../missing/documentLanguage.ts';
import { resolveLinkPath } from '../../missing/linkedFile.ts';
import type { LinkFinder } from '../platform.ts';
import { readSetting } from '../window/settings.ts';
import type { Anchors } from './anchors.ts';

/** A link to a file that gets a successor. */
export interface LinkUse {
  document: vscode.TextDocument;
  /** Of the document in which the range holds. */
  version: number;
  edit: vscode.TextEdit;
}

/** A link whose place is followed by the anchor of this key. */
export interface FollowedUse extends LinkUse {
  place: string;
}

const PAGES = '**/*.{md,markdown,mdx,html,htm}';
const NOT_OURS = '**/{node_modules,.git,dist,out,build,target,vendor}/**';
const MOST_PAGES = 5000;
/** A longer text is data rather than a page. */
const LONGEST_PAGE_BYTES = 4 * 1024 * 1024;

/** @param successors new files by the path of the old ones; both lie in one folder. */
export async function findLinkUses(successors: ReadonlyMap<string, vscode.Uri>, links: LinkFinder, anchors: Anchors, token: vscode.CancellationToken): Promise<FollowedUse[]> {
  const names = [...successors.keys()].flatMap((path) => [nameOf(path), toUrlPath(nameOf(path)), encodeURI(nameOf(path))]);
  const uses: FollowedUse[] = [];
  for (const uri of await vscode.workspace.findFiles(PAGES, NOT_OURS, MOST_PAGES, token)) {
    if (token.isCancellationRequested) return [];
    const text = await textOf(uri);
    if (text === undefined || !names.some((name) => text.includes(name))) continue;
    const document = await vscode.workspace.openTextDocument(uri);
    for (const use of await usesIn(document, successors, links)) {
      const place = `use ${uses.length}`;
      anchors.markText(place, document, use.edit.range);
      uses.push({ ...use, place });
    }
  }
  return uses;
}

/** Those of the links that are still there, in the texts of this moment. The ranges hold as long as nobody types. */
export async function findAgain(uses: readonly FollowedUse[], successors: ReadonlyMap<string, vscode.Uri>, links: LinkFinder, anchors: Anchors): Promise<LinkUse[]> {
  const there = (): { uri: vscode.Uri; start: number }[] => uses.flatMap(({ place }) => anchors.get(place) ?? []).filter(({ gone }) => !gone);
  const found: LinkUse[] = [];
  for (const uri of new Map(there().map((anchor) => [anchor.uri.toString(), anchor.uri])).values()) {
    const document = await Promise.resolve(vscode.workspace.openTextDocument(uri)).catch(() => undefined);
    if (document) found.push(...(await usesIn(document, successors, links)));
  }
  const starts = new Set(there().map(({ uri, start }) => `${start} ${uri.toString()}`));
  return found.filter(({ document, edit }) => starts.has(`${document.offsetAt(edit.range.start)} ${document.uri.toString()}`));
}

async function usesIn(document: vscode.TextDocument, successors: ReadonlyMap<string, vscode.Uri>, links: LinkFinder): Promise<LinkUse[]> {
  const folder = vscode.workspace.getWorkspaceFolder(document.uri);
  const rootPath = folder?.uri.path ?? vscode.Uri.joinPath(document.uri, '..').path;
  const linkBase = readSetting('linkBase', document);
  const text = document.getText();
  const version = document.version;
  // A text that takes too long to search keeps its links.
  const found = await links.find(text, languageOf(document.uri.path)).catch(() => []);
  if (document.version !== version) return usesIn(document, successors, links);
  const seen = new Set<number>();
  return found.flatMap((link): LinkUse[] => {
    const path = resolveLinkPath(document.uri.path, link.path, rootPath, linkBase);
    const successor = path === undefined ? undefined : successors.get(path);
    // Several references may share one definition.
    if (!successor || seen.has(link.pathStart)) return [];
    seen.add(link.pathStart);
    const range = new vscode.Range(document.positionAt(link.pathStart), document.positionAt(link.pathEnd));
    return [{ document, version, edit: vscode.TextEdit.replace(range, renameInLink(text.slice(link.pathStart, link.pathEnd), nameOf(successor.path))) }];
  });
}

function languageOf(path: string): ImageLinkLanguage {
  if (/\.mdx$/i.test(path)) return 'mdx';
  return /\.html?$/i.test(path) ? 'html' : 'markdown';
}

/** The text as it is open, or else as it lies there. */
async function textOf(uri: vscode.Uri): Promise<string | undefined> {
  const open = vscode.workspace.textDocuments.find((document) => document.uri.toString() === uri.toString());
  if (open) return open.getText();
  try {
    const bytes = await vscode.workspace.fs.readFile(uri);
    return bytes.length > LONGEST_PAGE_BYTES ? undefined : new TextDecoder().decode(bytes);
  } catch {
    return undefined;
  }
}
