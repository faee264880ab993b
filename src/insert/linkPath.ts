// Turns the place of an image and of a document into the path that links the two, not yet encoded for any language.
import { folderOf, normalizePath, relativePath, segmentsBelow } from './posixPath.ts';

/** Bundlers take a path without a dot for the name of a package: https://vite.dev/guide/assets */
const DOTTED = new Set(['vue', 'svelte', 'astro']);

/**
 * From the document's folder to the image: `images/a b.png`, `../a.png`. An untitled document is given the path it
 * would have in its root. Undefined where no relative path exists: another Windows drive.
 */
export function relativeLink(documentPath: string, targetPath: string, languageId = ''): string | undefined {
  const path = relativePath(folderOf(documentPath), targetPath);
  return path !== undefined && DOTTED.has(languageId) && !path.startsWith('.') ? `./${path}` : path;
}

/**
 * The link of a site whose pages start at the folder `linkBase` of the root: with `public`, `/images/a.png` for
 * `public/images/a.png`. Undefined without a `linkBase`, and for an image that is not below it.
 */
export function siteLink(targetPath: string, rootPath: string, linkBase: string): string | undefined {
  const base = linkBase.trim().replaceAll('\\', '/');
  if (base === '') return undefined;
  const basePath = normalizePath(`${rootPath}/${base}`);
  if (!segmentsBelow(rootPath, basePath)) return undefined;
  const below = segmentsBelow(basePath, targetPath);
  return below && below.length > 0 ? `/${below.join('/')}` : undefined;
}
