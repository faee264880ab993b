// Turns a link's path into the file that it means, and tells whether that file is there.
import { antoraImages } from '../insert/asciidocImages.ts';
import { folderOf, nameOf, normalizePath, resolvePath, segmentsBelow, splitEnding } from '../insert/posixPath.ts';
import type { FileLookup } from './fileLookup.ts';
import type { ImageLink } from './imageLink.ts';
import { foldersAbove, type Site, siteFolders } from './sites.ts';

/** Where a document lies. All paths are those of URIs. */
export interface Ground {
  documentPath: string;
  /** Nothing outside of it is named or made. */
  rootPath: string;
  /** The setting: the folder that `/` means, from the root. */
  linkBase: string;
  /** The sites of the workspace. */
  sites: readonly Site[];
  lookup: FileLookup;
  /** Whether a file of this name lies anywhere below the root, which is all that a vault of notes needs; undefined if nobody can tell. */
  isAnywhere?: (name: string) => Promise<boolean>;
}

export interface LinkedFile {
  /** The file; where it is missing, the one that would be made. */
  path: string;
  isMissing: boolean;
}

/** Languages whose paths are read from the folder of the document that includes this one. */
const INCLUDED: ReadonlySet<ImageLink['syntax']> = new Set(['latex', 'asciidoc', 'rest', 'css']);
/** Where tools that take notes put what is pasted; a bare name is looked for there. */
const ATTACHMENTS = ['attachments', '_attachments', '_resources'];
const UNWRITABLE = /[\0-\x1f\x7f]/;

/**
 * The file that a link's path means by its text alone: relative to the document, or, when it starts with `/`, to the
 * folder `linkBase` of the root (to the root itself without one). Undefined outside the root, and for a folder.
 */
export function resolveLinkPath(documentPath: string, path: string, rootPath: string, linkBase: string): string | undefined {
  if (path.endsWith('/') || UNWRITABLE.test(path)) return undefined;
  const base = path.startsWith('/') ? normalizePath(`${rootPath}/${linkBase.trim().replaceAll('\\', '/')}`) : folderOf(documentPath);
  const resolved = resolvePath(base, path.replace(/^\/+/, ''));
  return (segmentsBelow(rootPath, resolved)?.length ?? 0) > 0 ? resolved : undefined;
}

/** Undefined for a path outside of the root, and for a folder. */
export async function linkedFile(link: ImageLink, ground: Ground): Promise<LinkedFile | undefined> {
  const { path } = link;
  if (path.endsWith('/') || UNWRITABLE.test(path) || (path.startsWith('/') && link.syntax === 'latex')) return undefined;
  const { likely, possible } = path.startsWith('/') ? await fromRoot(path, ground, link) : fromDocument(link, ground);
  const [home] = likely;
  const isInside = (candidate: string): boolean => (segmentsBelow(ground.rootPath, candidate)?.length ?? 0) > 0;
  if (home === undefined || !isInside(home)) return undefined;
  for (const candidate of new Set([...likely, ...possible])) {
    if (isInside(candidate) && (await ground.lookup.find(candidate)) !== 'missing') return { path: candidate, isMissing: false };
  }
  if (link.syntax === 'wiki') return { path: home, isMissing: ground.isAnywhere !== undefined && !(await ground.isAnywhere(nameOf(path))) };
  if (ground.isAnywhere && /^(?:\.\/)?[^/]+$/.test(path) && (await isInVault(ground)) && (await ground.isAnywhere(nameOf(path)))) return { path: home, isMissing: false };
  return { path: (await homeInParent(link, ground)) ?? home, isMissing: true };
}

/** A part of a larger document counts its paths from that: the folder that is there tells which one is meant. */
async function homeInParent({ path, folders = [], syntax }: ImageLink, { documentPath, rootPath, lookup }: Ground): Promise<string | undefined> {
  const [first = '', ...below] = path.split('/');
  if ((syntax !== 'latex' && syntax !== 'asciidoc') || folders.length > 0 || below.length === 0 || /^\.{0,2}$/.test(first)) return undefined;
  for (const above of foldersAbove(documentPath, rootPath)) if (await lookup.isFolder(resolvePath(above, first))) return resolvePath(above, path);
  return undefined;
}

/** Obsidian, Logseq and Foam find a file by its name alone: https://help.obsidian.md/settings#New%20link%20format */
async function isInVault({ documentPath, rootPath, lookup }: Ground): Promise<boolean> {
  const marks = foldersAbove(documentPath, rootPath).flatMap((folder) => ['.obsidian', 'logseq', '.foam'].map((name) => `${folder}/${name}`));
  return (await Promise.all(marks.map((mark) => lookup.isFolder(mark)))).includes(true);
}

interface Candidates {
  /** The first is where a missing file goes. */
  likely: string[];
  possible: string[];
}

async function fromRoot(path: string, { documentPath, rootPath, linkBase, sites, lookup }: Ground, { otherPaths = [], syntax }: ImageLink): Promise<Candidates> {
  const folders = syntax === 'typst' ? { likely: [], possible: foldersAbove(documentPath, rootPath) } : siteFolders(documentPath, rootPath, linkBase, sites);
  const inside = (folder: string, below: string): string => resolvePath(folder, below.replace(/^\/+/, ''));
  const homes = folders.likely.length > 0 ? folders.likely : syntax === 'typst' ? [] : await publicFolders(documentPath, rootPath, lookup);
  const [first = ''] = path.replace(/^\/+/, '').split('/');
  const isKnown = await Promise.all(homes.map((home) => (path.lastIndexOf('/') > 0 ? lookup.isFolder(inside(home, first)) : Promise.resolve(false))));
  const home = homes[isKnown.indexOf(true)] ?? homes[0] ?? rootPath;
  const all = [home, ...homes, ...folders.possible];
  return { likely: [inside(home, path)], possible: [path, ...otherPaths].flatMap((below) => all.map((folder) => inside(folder, below))) };
}

/** What most tools serve from the root, if it is there. */
async function publicFolders(documentPath: string, rootPath: string, lookup: FileLookup): Promise<string[]> {
  const wanted = foldersAbove(documentPath, rootPath).flatMap((folder) => ['public', 'static'].map((name) => normalizePath(`${folder}/${name}`)));
  const areThere = await Promise.all(wanted.map((folder) => lookup.isFolder(folder)));
  return wanted.filter((_, index) => areThere[index]);
}

function fromDocument({ path, otherPaths = [], folders = [], syntax }: ImageLink, { documentPath, rootPath, linkBase, sites }: Ground): Candidates {
  const own = folderOf(documentPath);
  const paths = [path, ...otherPaths];
  const antora = syntax === 'asciidoc' && sites.some(({ folderPath }) => folderPath === antoraImages(documentPath)?.componentPath) ? [antoraImages(documentPath)?.imagesPath ?? own] : [];
  const bases = [...antora, ...folders.map((folder) => resolvePath(own, folder)).filter((folder) => segmentsBelow(rootPath, folder)), own];
  const more: string[] = [];
  if (INCLUDED.has(syntax)) {
    for (const above of foldersAbove(documentPath, rootPath)) more.push(above, ...folders.map((folder) => resolvePath(above, folder)), ...['images', 'img', 'figures', 'assets'].map((name) => `${above}/${name}`));
  }
  // A path in such a link is counted from the vault, or from any folder in it: https://help.obsidian.md/links
  if (syntax === 'wiki') return { likely: [resolvePath(path.includes('/') ? rootPath : own, path)], possible: foldersAbove(documentPath, rootPath).map((above) => resolvePath(above, path)) };
  if (syntax === 'markdown' && !path.includes('/')) {
    for (const above of foldersAbove(documentPath, rootPath)) more.push(...ATTACHMENTS.map((name) => `${above}/${name}`));
  }
  const isMarkup = syntax === 'html' || syntax === 'jsx' || syntax === 'css';
  const isPage = isMarkup || syntax === 'markdown' || syntax === 'reference';
  const served: string[] = [];
  if (isPage && (sites.length > 0 || isMarkup)) {
    // A page `a/b.md` is served as `a/b/`, and its paths are read from there.
    more.push(`${own}/${splitEnding(nameOf(documentPath))[0]}`);
    const { likely, possible } = siteFolders(documentPath, rootPath, linkBase, sites);
    served.push(...likely, ...(isMarkup ? possible : []));
  }
  const below = (candidate: string): string => candidate.replace(/^(?:\.{1,2}\/)+/, '');
  return {
    likely: bases.map((base) => resolvePath(base, path)),
    possible: paths.flatMap((candidate) => [...[...bases, ...more].map((base) => resolvePath(base, candidate)), ...served.map((base) => resolvePath(base, below(candidate)))]),
  };
}
