// Finds the \includegraphics of LaTeX, with the caption of their figure and the folders of \graphicspath.
import { graphicsFolders, magicRoot } from '../insert/latexImages.ts';
import { giveHeadings, type Heading } from './headings.ts';
import { type ImageLink, withWords } from './imageLink.ts';

/** Text that LaTeX shows as it is, or not at all. */
const OPAQUE = /\\begin\{(verbatim\*?|lstlisting|minted|comment|filecontents\*?|Verbatim)\}[\s\S]*?(?:\\end\{\1\}|$)|\\verb\*?([^a-zA-Z\s])[^\n]*?\2|(?<!\\)(?:\\\\)*%[^\n]*/g;
/** https://ctan.org/pkg/graphicx, section 4.4 of its guide grfguide.pdf */
const INCLUDE = /\\includegraphics\s*\*?\s*(?:<[^<>]*>\s*)?((?:\[[^[\]]*\]\s*){0,2})\{([^{}]*)\}/g;
const HEADING = /\\(?:part|chapter|section|subsection|subsubsection|paragraph|frametitle|begin\{frame\}(?:\[[^\]]*\])?)\*?(?:\[[^\]]*\])?\{((?:[^{}]|\{[^{}]*\})*)\}/g;
/** The order in which pdfTeX tries endings (pdftex.def). */
const ENDINGS = ['pdf', 'png', 'jpg', 'mps', 'jpeg', 'jbig2', 'jb2', 'PDF', 'PNG', 'JPG', 'JPEG', 'eps', 'svg'];

export function findLatexLinks(text: string): ImageLink[] {
  const seen = text.replace(OPAQUE, (hidden) => hidden.replace(/[^\n]/g, ' '));
  // Paths are counted from the folder in which LaTeX runs.
  const root = magicRoot(text)?.replace(/[^/]*$/, '') ?? '';
  const folders = [...graphicsFolders(seen).map((folder) => root + folder), ...(root === '' ? [] : [root])];
  const links = [...seen.matchAll(INCLUDE)].flatMap((found) => linkOf(found, seen, folders));
  const headings = [...seen.matchAll(HEADING)].map(({ index, 1: words }): Heading => ({ offset: index, words: plainLatex(words ?? '') }));
  giveHeadings(links, headings);
  return links;
}

function linkOf({ 0: raw, index, 1: options = '', 2: argument = '' }: RegExpExecArray, text: string, folders: readonly string[]): ImageLink[] {
  const written = argument.trim();
  const url = written.replace(/^"(.*)"$/, '$1');
  if (url === '') return [];
  const pathStart = index + raw.lastIndexOf(argument) + argument.indexOf(url);
  const hasEnding = /\.[A-Za-z]\w{1,4}$/.test(url);
  const rawEnd = index + raw.length;
  return [{
    alt: plainLatex(/\balt\s*=\s*\{([^{}]*)\}/.exec(options)?.[1] ?? ''),
    ...withWords({ caption: captionOf(text, index, rawEnd) }),
    url,
    path: hasEnding ? url : `${url}.png`,
    ...(hasEnding ? {} : { otherPaths: ENDINGS.filter((ending) => ending !== 'png').map((ending) => `${url}.${ending}`) }),
    ...(folders.length > 0 ? { folders } : {}),
    rawStart: index,
    rawEnd,
    pathStart,
    pathEnd: pathStart + url.length,
    syntax: 'latex',
  }];
}

/** The `\caption` of the environment that holds the image: behind it as a rule, else before it. */
function captionOf(text: string, start: number, end: number): string | undefined {
  const behind = text.slice(end, end + 2000);
  const stop = behind.search(/\\end\{(?:figure|wrapfigure|table|subfigure|SCfigure|center)\*?\}|\\includegraphics|\\begin\{figure/);
  const found = captionIn(stop < 0 ? '' : behind.slice(0, stop));
  if (found !== undefined) return found;
  const before = text.slice(Math.max(0, start - 1000), start);
  const from = Math.max(before.lastIndexOf('\\begin{figure'), before.lastIndexOf('\\begin{wrapfigure'), before.lastIndexOf('\\begin{subfigure'));
  return from < 0 || before.includes('\\end{', from) ? undefined : captionIn(before.slice(from));
}

function captionIn(text: string): string | undefined {
  const found = /\\(?:sub)?caption(?:of\{figure\})?\*?(?:\[[^\]]*\])?\{((?:[^{}]|\{(?:[^{}]|\{[^{}]*\})*\})*)\}/.exec(text);
  return found ? plainLatex(found[1] ?? '') : undefined;
}

function plainLatex(text: string): string {
  return text
    .replace(/\\(?:label|cite\w*|ref|footnote|index)\*?(?:\[[^\]]*\])?\{[^{}]*\}/g, '')
    .replace(/\\([#$%&_{}])/g, '$1')
    .replace(/\\[A-Za-z]+\*?\s?/g, '')
    .replace(/[{}$]/g, '')
    .replace(/~|\\\\|\s+/g, ' ')
    .trim();
}
