// Reads the documents of a folder, as they are open or as they lie on the disk.
import * as vscode from 'vscode';
import { DOCUMENT_ENDINGS, imageLinkLanguageOf, LANGUAGE_MARKS } from '../../missing/documentLanguage.ts';
import { FOREIGN_FOLDERS } from './ground.ts';
import type { Source } from './missingImages.ts';

const MOST_DOCUMENTS = 5000;
/** A longer text was written by a program. */
const LONGEST_BYTES = 2_000_000;
const AT_ONCE = 16;

/** By path; only those that may hold an image link. `isCancelled` is asked between files. */
export async function sourcesBelow(folder: vscode.Uri, isCancelled: () => boolean): Promise<Source[]> {
  const workspaceFolder = vscode.workspace.getWorkspaceFolder(folder);
  const rootUri = workspaceFolder?.uri ?? folder;
  const endings = DOCUMENT_ENDINGS.flatMap((ending) => [ending, ending.toUpperCase()]).join(',');
  const uris = await vscode.workspace.findFiles(new vscode.RelativePattern(folder, `**/*.{${endings}}`), FOREIGN_FOLDERS, MOST_DOCUMENTS);
  uris.sort((one, other) => (one.path < other.path ? -1 : 1));
  const sources: Source[] = [];
  for (let at = 0; at < uris.length && !isCancelled(); at += AT_ONCE) {
    const read = await Promise.all(uris.slice(at, at + AT_ONCE).map((uri) => sourceOf(uri, { rootUri, documentPath: uri.path, workspaceFolder })));
    sources.push(...read.filter((source) => source !== undefined));
  }
  return sources;
}

async function sourceOf(uri: vscode.Uri, home: Source['home']): Promise<Source | undefined> {
  const open = vscode.workspace.textDocuments.find((document) => document.uri.toString() === uri.toString());
  if (open) return { uri, languageId: open.languageId, text: open.getText(), home };
  const language = imageLinkLanguageOf('', uri.path);
  try {
    if (!language || (await vscode.workspace.fs.stat(uri)).size > LONGEST_BYTES) return undefined;
    const text = new TextDecoder().decode(await vscode.workspace.fs.readFile(uri));
    return LANGUAGE_MARKS[language].test(text) ? { uri, languageId: '', text, home } : undefined;
  } catch {
    // It was deleted a moment ago, or nobody may read it.
    return undefined;
  }
}
