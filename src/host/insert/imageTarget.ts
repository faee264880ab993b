// Chooses the free file that an image goes to, and refuses by name what must not be written to.
import * as vscode from 'vscode';
import type { ImageRecord } from '../../history/record.ts';
import { copyFileDestinations, expandCopyFilesTemplate } from '../../insert/copyFiles.ts';
import { freePath } from '../../insert/freeName.ts';
import { folderOf, nameOf, splitEnding } from '../../insert/posixPath.ts';
import { slugOf } from '../../insert/slug.ts';
import { checkTarget, expandSaveTo, type TargetProblem, type TargetResult } from '../../insert/targetPath.ts';
import { PREFIX } from '../window/ids.ts';
import type { DocumentHome } from './documentHome.ts';
import { Refusal } from '../window/refusal.ts';
import { plainText } from '../window/plainText.ts';
import { readSetting } from '../window/settings.ts';

const t = vscode.l10n.t;

/**
 * The uri of a file that does not exist yet, with the ending that its bytes ask for. `taken` holds paths in lower case that this edit uses already, and gets the new one.
 * @throws Refusal with the sentence that names what cannot be written to
 */
export async function chooseTarget(record: ImageRecord, ext: string, home: DocumentHome, document: vscode.TextDocument | undefined, taken: Set<string>): Promise<vscode.Uri> {
  const wanted = wantedPath(record, ext, home, document);
  if ('problem' in wanted) throw new Refusal(describeProblem(wanted.problem, wanted.name, home));
  const uriAt = (path: string): vscode.Uri => home.rootUri.with({ path });
  await refuseUnwritable(home.rootUri, wanted.path);
  // A name that LaTeX finds by itself must be in one of its folders only.
  const searched = home.images?.newFolder === folderOf(wanted.path) ? [home.images.fromFolder, ...(home.images.searched ?? [])] : [];
  const names = new Set((await Promise.all([...new Set([folderOf(wanted.path), ...searched])].map((folder) => namesIn(uriAt(folder))))).flatMap((found) => [...found]));
  const isTaken = (candidate: string): boolean => taken.has(candidate.toLowerCase()) || names.has(candidate.slice(candidate.lastIndexOf('/') + 1).toLowerCase());
  const path = await freePath(wanted.path, (candidate) => Promise.resolve(isTaken(candidate)));
  taken.add(path.toLowerCase());
  return uriAt(path);
}

/** The ending that the destination or the template names by itself, so that the image is to have that type. */
export function namedEnding(record: ImageRecord, home: DocumentHome, document: vscode.TextDocument | undefined): string | undefined {
  const { fileUri, workspaceFolder, rootUri } = home;
  const template = document && fileUri ? copyFilesTemplate(document) : undefined;
  if (template === undefined || !fileUri) return splitEnding(nameOf(readSetting('saveTo', document ?? rootUri).trim()))[1];
  const [one, other] = ['png', 'webp'].map((ext) => {
    const fileName = `${slugOf(record.recipe.prompt)}.${ext}`;
    return splitEnding(nameOf(expandCopyFilesTemplate(template, { documentPath: fileUri.path, workspaceFolderPath: workspaceFolder?.uri.path, fileName, time: new Date(0) })))[1];
  });
  return one === other ? one : undefined;
}

function wantedPath(record: ImageRecord, ext: string, home: DocumentHome, document: vscode.TextDocument | undefined): TargetResult {
  const time = new Date();
  const { rootUri, workspaceFolder, fileUri } = home;
  const workspaceFolderPath = workspaceFolder?.uri.path;
  const template = document && fileUri ? copyFilesTemplate(document) : undefined;
  if (template !== undefined && fileUri) {
    const path = expandCopyFilesTemplate(template, { documentPath: fileUri.path, workspaceFolderPath, fileName: `${slugOf(record.recipe.prompt)}.${ext}`, time });
    return checkTarget(path, rootUri.path, ext, folderOf(fileUri.path));
  }
  if (home.images?.newFolder !== undefined && !isSaveToNamed(document ?? rootUri)) {
    const target = checkTarget(`${home.images.newFolder}/${slugOf(record.recipe.prompt)}.${ext}`, rootUri.path, ext, home.images.newFolder);
    if ('path' in target) return target;
  }
  return expandSaveTo(readSetting('saveTo', document ?? rootUri), {
    documentPath: fileUri?.path,
    rootPath: rootUri.path,
    workspaceFolderPath,
    prompt: record.recipe.prompt,
    size: record.recipe.size,
    id: record.id,
    ext,
    time,
  });
}

/** Whether the person, or the workspace, says where images go. */
function isSaveToNamed(scope: vscode.ConfigurationScope): boolean {
  const { globalValue, workspaceValue, workspaceFolderValue } = vscode.workspace.getConfiguration(PREFIX, scope).inspect('saveTo') ?? {};
  return [globalValue, workspaceValue, workspaceFolderValue].some((value) => value !== undefined);
}

/** The destination that `markdown.copyFiles.destination` has for this document, by VS Code's own matching. */
function copyFilesTemplate(document: vscode.TextDocument): string | undefined {
  if (document.languageId !== 'markdown') return undefined;
  const markdown = vscode.workspace.getConfiguration('markdown', document);
  // VS Code itself takes this one from a folder that nobody trusts; where our files go is not for such a folder to say.
  const setting: unknown = vscode.workspace.isTrusted ? markdown.get('copyFiles.destination') : markdown.inspect('copyFiles.destination')?.globalValue;
  for (const { glob, anchored, template } of copyFileDestinations(setting)) {
    const patterns = anchored ? (vscode.workspace.workspaceFolders ?? []).map((folder) => new vscode.RelativePattern(folder, glob)) : [glob];
    if (patterns.some((pattern) => vscode.languages.match({ pattern }, document) > 0)) return template;
  }
  return undefined;
}

/** A file system that is read-only, a folder that is a file, and symbolic links between root and file are refused. */
export async function refuseUnwritable(rootUri: vscode.Uri, path: string): Promise<void> {
  if (vscode.workspace.fs.isWritableFileSystem(rootUri.scheme) === false) {
    throw new Refusal(t('The folder {0} is read-only, so the image cannot be put there. It stays in the history; save it elsewhere.', rootUri.path));
  }
  const below = path.slice(rootUri.path.replace(/\/$/, '').length + 1).split('/').slice(0, -1);
  let folder = rootUri;
  for (const segment of below) {
    folder = vscode.Uri.joinPath(folder, segment);
    const stat = await statOf(folder);
    if (!stat) return;
    const relative = plainText(folder.path);
    if (stat.type & vscode.FileType.SymbolicLink) throw new Refusal(t('{0} is a symbolic link, and images are not written through links. Change the setting “Save To”.', relative));
    if (!(stat.type & vscode.FileType.Directory)) throw new Refusal(t('{0} is a file, so no folder can be made there. Change the setting “Save To”.', relative));
    if (stat.permissions !== undefined && stat.permissions & vscode.FilePermission.Readonly) throw new Refusal(t('The folder {0} is read-only, so the image cannot be put there. It stays in the history; save it elsewhere.', relative));
  }
}

/** In lower case, as many file systems compare them: one question instead of one for each name, each of which may go to another machine. */
async function namesIn(folder: vscode.Uri): Promise<ReadonlySet<string>> {
  try {
    return new Set((await vscode.workspace.fs.readDirectory(folder)).map(([name]) => name.toLowerCase()));
  } catch {
    // A folder that is not there yet; one that cannot be read refuses the file itself.
    return new Set();
  }
}

/** Undefined where nothing is there. */
export async function statOf(uri: vscode.Uri): Promise<vscode.FileStat | undefined> {
  try {
    return await vscode.workspace.fs.stat(uri);
  } catch {
    return undefined;
  }
}

function describeProblem(problem: TargetProblem, foreignName: string, { rootUri }: DocumentHome): string {
  const name = plainText(foreignName);
  switch (problem) {
    case 'outsideRoot': return t('{0} lies outside of {1}, and images are written only below it. Change the setting “Save To” or “markdown.copyFiles.destination”.', name, plainText(rootUri.path));
    case 'dotFolder': return t('“{0}” is a hidden folder, and images are not written there. Change the setting “Save To”.', name);
    case 'notAnImageEnding': return t('“{0}” has no ending of an image. Change the setting “Save To”.', name);
    case 'unknownVariable': return t('The setting “Save To” does not know {0}.', name);
    case 'emptyName': case 'unsafeName': return t('“{0}” leaves no usable file name. Change the setting “Save To”.', name);
  }
}
