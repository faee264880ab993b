// Finds out which folder a document's images are counted from, by the document, its root and its site.
import * as vscode from 'vscode';
import { antoraImages, imagesDirAt } from '../../insert/asciidocImages.ts';
import { type ImagePaths, linkWithin } from '../../insert/imagePaths.ts';
import { findInputs, graphicsFolders, isLatexRoot, magicRoot, subfileMain } from '../../insert/latexImages.ts';
import { unwritableIn } from '../../insert/linkLanguages.ts';
import { relativeLink, siteLink } from '../../insert/linkPath.ts';
import { folderOf, normalizePath, resolvePath, segmentsBelow } from '../../insert/posixPath.ts';
import { foldersAbove } from '../../missing/sites.ts';
import { plainText } from '../window/plainText.ts';
import { Refusal } from '../window/refusal.ts';
import { readSetting } from '../window/settings.ts';
import type { DocumentHome } from './documentHome.ts';
import { linkLanguage } from './findPlaces.ts';

/** A longer text was written by a program. */
const LONGEST_BYTES = 2_000_000;
const MOST_ROOTS = 40;

/** The home with what is said of its images, for a link at `offset`: the end of the text, if nobody knows where yet. */
export async function withImages(home: DocumentHome, document: vscode.TextDocument, offset = Infinity): Promise<DocumentHome> {
  const languageId = linkLanguage(document);
  const find = languageId === 'asciidoc' ? asciidocPaths : languageId === 'latex' || languageId === 'tex' ? latexPaths : languageId === 'astro' ? astroPaths : undefined;
  const images = await find?.(home, document.getText(), offset);
  if (!images) return home;
  const isOurs = (folder: string | undefined): boolean => folder !== undefined && (segmentsBelow(home.rootUri.path, folder)?.length ?? 0) > 0;
  return { ...home, images: { ...images, newFolder: isOurs(images.newFolder) ? images.newFolder : undefined } };
}

/** The path that a link to the file is written with, not escaped; undefined where none leads there. */
export function linkPathTo(target: vscode.Uri, home: DocumentHome, document: vscode.TextDocument): string | undefined {
  const languageId = linkLanguage(document);
  // To LaTeX a path that begins with `/` is one of the machine.
  const site = languageId === 'latex' || languageId === 'tex' ? undefined : siteLink(target.path, home.rootUri.path, readSetting('linkBase', document));
  return site ?? (home.images && linkWithin(home.images, target.path)) ?? relativeLink(home.documentPath, target.path, languageId);
}

/** @throws Refusal that names what a link of the language cannot hold */
export function refuseUnwritablePath(languageId: string, path: string): void {
  const part = unwritableIn(languageId, path);
  if (part !== undefined) throw new Refusal(vscode.l10n.t('Links in this document’s language cannot hold {0}, which is in {1}. Rename the folder, or change the setting “Save To”.', `“${plainText(part)}”`, plainText(path)));
}

async function asciidocPaths({ documentPath, rootUri }: DocumentHome, text: string, offset: number): Promise<ImagePaths | undefined> {
  const own = folderOf(documentPath);
  const antora = antoraImages(documentPath);
  if (antora && (await isThere(rootUri.with({ path: `${antora.componentPath}/antora.yml` })))) return { fromFolder: antora.imagesPath, newFolder: antora.imagesPath, isClosed: true };
  const folder = imagesDirAt(text, offset, own);
  if (folder === undefined || /^[a-z][\w+.-]+:/i.test(folder)) return undefined;
  const fromFolder = folder.startsWith('/') && folder !== own && !folder.startsWith(`${own}/`) ? await servedFolder(rootUri, folder) : resolvePath(own, folder);
  return { fromFolder, newFolder: fromFolder };
}

/**
 * A plain `<img>` of an Astro page is not part of its build: only what lies in `public` is there, by an address from the
 * site's root. https://docs.astro.build/en/basics/project-structure/#public
 */
async function astroPaths({ documentPath, rootUri }: DocumentHome): Promise<ImagePaths | undefined> {
  for (const folder of foldersAbove(documentPath, rootUri.path)) {
    const names = await vscode.workspace.fs.readDirectory(rootUri.with({ path: folder })).then((entries) => entries.map(([name]) => name), () => []);
    if (names.some((name) => /^astro\.config\.[cm]?[jt]s$/.test(name))) return { fromFolder: `${folder}/public`, newFolder: `${folder}/public/images`, isClosed: true, isServed: true };
  }
  return undefined;
}

/** The folder of an address that begins at a site's root. */
async function servedFolder(rootUri: vscode.Uri, folder: string): Promise<string> {
  const base = readSetting('linkBase', rootUri);
  const candidates = [base, '', 'static', 'public'].map((below) => normalizePath(`${rootUri.path}/${below}/${folder}`));
  for (const path of base === '' ? candidates : []) if (await isThere(rootUri.with({ path }))) return path;
  return candidates[0] ?? rootUri.path;
}

async function latexPaths({ documentPath, rootUri }: DocumentHome, text: string): Promise<ImagePaths> {
  const own = folderOf(documentPath);
  const isInside = (path: string): boolean => segmentsBelow(rootUri.path, path) !== undefined;
  const read = async (path: string): Promise<string | undefined> => (isInside(path) ? readText(rootUri.with({ path })) : undefined);
  const main = subfileMain(text);
  const magic = magicRoot(text);
  if (main !== undefined) {
    const mainPath = resolvePath(own, main);
    return pathsFrom(own, [[graphicsFolders((await read(mainPath)) ?? ''), folderOf(mainPath)], [graphicsFolders(text), own]]);
  }
  if (magic !== undefined && resolvePath(own, magic) !== documentPath && isInside(resolvePath(own, magic))) {
    const rootPath = resolvePath(own, magic);
    return pathsFrom(folderOf(rootPath), [[graphicsFolders((await read(rootPath)) ?? ''), folderOf(rootPath)], [graphicsFolders(text), folderOf(rootPath)]]);
  }
  const root = isLatexRoot(text) ? undefined : await rootOf(documentPath, rootUri, read);
  if (!root) return pathsFrom(own, [[graphicsFolders(text), own]]);
  return pathsFrom(root.folder, [[graphicsFolders(root.text), folderOf(root.path)], [graphicsFolders(text), root.folder]]);
}

function pathsFrom(fromFolder: string, lists: readonly (readonly [folders: readonly string[], from: string])[]): ImagePaths {
  const searched = lists.flatMap(([folders, from]) => folders.map((folder) => resolvePath(from, folder)));
  return { fromFolder, searched, newFolder: searched[0] };
}

/** The document above or beside this one that takes it in. */
async function rootOf(documentPath: string, rootUri: vscode.Uri, read: (path: string) => Promise<string | undefined>): Promise<{ path: string; text: string; folder: string } | undefined> {
  let left = MOST_ROOTS;
  for (const folder of foldersAbove(documentPath, rootUri.path)) {
    const names = await vscode.workspace.fs.readDirectory(rootUri.with({ path: folder })).then((entries) => entries.map(([name]) => name), () => []);
    for (const name of names.filter((candidate) => /\.(?:tex|ltx)$/i.test(candidate))) {
      const path = resolvePath(folder, name);
      const text = path === documentPath || left-- <= 0 ? undefined : await read(path);
      if (text === undefined || !isLatexRoot(text)) continue;
      const from = (await findInputs(path, text, read)).get(documentPath);
      if (from !== undefined) return { path, text, folder: from };
    }
  }
  return undefined;
}

/** As it is open, or as it lies on the disk. */
async function readText(uri: vscode.Uri): Promise<string | undefined> {
  const open = vscode.workspace.textDocuments.find((document) => document.uri.toString() === uri.toString());
  if (open) return open.getText();
  try {
    if ((await vscode.workspace.fs.stat(uri)).size > LONGEST_BYTES) return undefined;
    return new TextDecoder().decode(await vscode.workspace.fs.readFile(uri));
  } catch {
    return undefined;
  }
}

async function isThere(uri: vscode.Uri): Promise<boolean> {
  return vscode.workspace.fs.stat(uri).then(() => true, () => false);
}
