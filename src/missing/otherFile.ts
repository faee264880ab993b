// Turns an image link into the same link to another file of the same folder.
import { toUrlPath } from '../insert/escapePath.ts';
import { linkLanguageOf } from '../insert/linkLanguages.ts';
import type { TextChange } from './imageAsked.ts';
import type { ImageLink } from './imageLink.ts';

/** How a path is written in links of this kind. */
export function escapePathIn(syntax: ImageLink['syntax'], path: string): string {
  if (syntax === 'asciidoc' || syntax === 'latex' || syntax === 'typst' || syntax === 'org') return linkLanguageOf(syntax).escapePath(path);
  if (syntax === 'wiki') return path;
  return syntax === 'rest' ? linkLanguageOf('restructuredtext').escapePath(path) : toUrlPath(path);
}

/**
 * The change of the file's name alone: folder, query and fragment stay as they are written. Undefined if it cannot be
 * told from the writing where the name begins.
 */
export function otherFile(link: ImageLink, text: string, name: string): TextChange | undefined {
  const written = /^[^?#]*?(?=\s*(?:[?#]|$))/.exec(text.slice(link.pathStart, link.pathEnd))?.[0] ?? '';
  const slashes = (path: string): number => path.split('/').length;
  if (written === '' || slashes(written) !== slashes(link.url.replace(/[?#].*$/s, ''))) return undefined;
  const start = link.pathStart + written.lastIndexOf('/') + 1;
  const end = link.pathStart + written.length;
  return start === end ? undefined : { start, end, text: escapePathIn(link.syntax, name) };
}
