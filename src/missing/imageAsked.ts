// Tells which image links ask for an image, in which size, and where it belongs.
import { folderOf, normalizePath, resolvePath, segmentsBelow } from '../insert/posixPath.ts';
import { nearestSize } from '../prompt/size.ts';
import type { ImageLink } from './imageLink.ts';

export interface ImageAsked {
  /** The alternative text in one line. */
  prompt: string;
  /**
   * `png` and `jpeg` are written under the very path that the link names, JPEG by conversion; `other` needs the link
   * changed to `.png` first, see `pngEnding`.
   */
  target: 'png' | 'jpeg' | 'other';
}

const OTHER_ENDINGS = /\.(?:webp|gif|avif|svg|bmp|tiff?|ico|apng|jfif|heic)$/i;
/** Schemes, other hosts, fragments, Windows' own separators, and the marks of template languages. */
const NOT_A_PATH = /^[a-z][a-z0-9+.-]*:|^\/\/|^#|\\|\{\{|\{%|<%|<\?|\$\{/i;
const UNWRITABLE = /[\0-\x1f\x7f]/;

/** What a link to a missing file asks for; undefined where it has no words, is no local path, or no image's. */
export function asksForImage(link: ImageLink): ImageAsked | undefined {
  const prompt = link.alt.replace(/\s+/g, ' ').trim();
  if (prompt === '' || NOT_A_PATH.test(link.url) || NOT_A_PATH.test(link.path) || UNWRITABLE.test(link.path)) return undefined;
  const target = targetOf(link.path);
  return target && { prompt, target };
}

/** The size for an image: by the ratio of the link's width and height, else `defaultSize`. */
export function sizeFor(link: ImageLink, sizes: readonly string[], defaultSize: string): string {
  const { widthPx, heightPx } = link;
  if (widthPx === undefined || heightPx === undefined) return defaultSize;
  return nearestSize({ widthPx, heightPx }, sizes) ?? defaultSize;
}

/**
 * The file that a link's path means: relative to the document, or, when it starts with `/`, to the site's folder
 * `linkBase` of the root (to the root itself without one). All paths are those of URIs. Undefined outside the root,
 * and for a folder.
 */
export function resolveLinkPath(documentPath: string, path: string, rootPath: string, linkBase: string): string | undefined {
  if (path.endsWith('/') || UNWRITABLE.test(path)) return undefined;
  const base = path.startsWith('/') ? normalizePath(`${rootPath}/${linkBase.trim().replaceAll('\\', '/')}`) : folderOf(documentPath);
  const resolved = resolvePath(base, path.replace(/^\/+/, ''));
  return (segmentsBelow(rootPath, resolved)?.length ?? 0) > 0 ? resolved : undefined;
}

/** The edit that makes a link's path end in `.png`; undefined where the ending is not written in plain letters. */
export function pngEnding(link: ImageLink, text: string): { start: number; end: number; text: string } | undefined {
  const written = text.slice(link.pathStart, link.pathEnd);
  const path = /^[^?#]*?(?=\s*(?:[?#]|$))/.exec(written)?.[0] ?? '';
  const ending = OTHER_ENDINGS.exec(path)?.[0];
  if (ending === undefined) return undefined;
  const end = link.pathStart + path.length;
  return { start: end - ending.length, end, text: '.png' };
}

function targetOf(path: string): ImageAsked['target'] | undefined {
  if (/[^/]\.png$/i.test(path)) return 'png';
  if (/[^/]\.jpe?g$/i.test(path)) return 'jpeg';
  return /[^/]/.test(path) && OTHER_ENDINGS.test(path) ? 'other' : undefined;
}
