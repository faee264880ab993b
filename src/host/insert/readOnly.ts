// Tells beforehand which documents VS Code keeps from being changed: by their permissions or by a person's settings.
import * as vscode from 'vscode';
import type { DocumentHome } from './documentHome.ts';
import { statOf } from './imageTarget.ts';
import { plainText } from '../window/plainText.ts';
import { Refusal } from '../window/refusal.ts';

/** @throws Refusal where the document is read-only, as far as an extension can know */
export async function refuseReadOnly(document: vscode.TextDocument, home: DocumentHome): Promise<void> {
  if (await isReadOnly(document, home)) {
    throw new Refusal(vscode.l10n.t('{0} is read-only, so nothing was inserted. The image stays in the history; save it elsewhere.', plainText(document.uri.path)));
  }
}

async function isReadOnly(document: vscode.TextDocument, { fileUri, workspaceFolder }: DocumentHome): Promise<boolean> {
  if (!fileUri) return false;
  const stat = await statOf(fileUri);
  if (stat?.permissions !== undefined && stat.permissions & vscode.FilePermission.Readonly) return true;
  // VS Code changes such documents when an extension asks for it, though the person set that nothing should.
  const matches = (name: string): boolean => globsOf(name, fileUri).some((glob) => {
    const pattern = workspaceFolder && !isAbsolute(glob) ? new vscode.RelativePattern(workspaceFolder, glob) : glob;
    return vscode.languages.match({ pattern }, document) > 0;
  });
  return matches('readonlyInclude') && !matches('readonlyExclude');
}

/** The globs that are turned on in a map of VS Code’s settings. */
function globsOf(name: string, scope: vscode.Uri): string[] {
  const map: unknown = vscode.workspace.getConfiguration('files', scope).get(name);
  if (typeof map !== 'object' || map === null) return [];
  return Object.entries(map).flatMap(([glob, isOn]) => (isOn === true ? [glob] : []));
}

/** VS Code reads a glob from the workspace folder unless it is a whole path. */
function isAbsolute(glob: string): boolean {
  return /^(?:[/\\]|[a-z]:[/\\])/i.test(glob);
}
