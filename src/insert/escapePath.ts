// Turns a link's path into the way each language writes it, so that the language reads back the same path.

/**
 * For languages whose links are URLs (Markdown, HTML, JSX, CSS): blanks, invisible characters and the punctuation
 * that a URL or any of these languages reads as syntax are percent-encoded; all scripts stay readable.
 */
export function toUrlPath(path: string): string {
  return path.replace(/\p{Cs}/gu, '\uFFFD').replace(/[\p{C}\s"#$%&'()*:;<>?[\\\]^`{|}]/gu, percentEncode);
}

/** A `~` or `@` at the start is a package or an alias to bundlers: https://webpack.js.org/loaders/css-loader/#url */
export function toStylePath(path: string): string {
  return toUrlPath(/^[~@]/.test(path) ? `./${path}` : path);
}

/** AsciiDoc reads the target of an image as a URL, but takes blanks (not first or last) as they are. */
export function toAsciidocTarget(path: string): string {
  return toUrlPath(path).replace(/(?<=\S)(?:%20)+(?=\S)/g, (blanks) => blanks.replaceAll('%20', ' '));
}

/**
 * reStructuredText takes the path literally (Sphinx opens it as it is). Blanks and backslashes are escaped; a first
 * segment with a colon would be read as a URL's scheme or as an option.
 */
export function toRestUri(path: string): string {
  const escaped = path.replace(/[\\ ]/g, '\\$&');
  return /^[^/]*:/.test(path) ? `./${escaped}` : escaped;
}

/**
 * LaTeX takes the path literally, after expanding it. Characters with a meaning are written by macros of the kernel
 * that expand to the plain character; `_ & $` and letters of any script are plain in file names already. At the start
 * `~` is somebody's home, a grave accent or a blank is lost. No LaTeX reads a name with a quote: see `unwritableIn`.
 */
export function toLatexFileName(path: string): string {
  let result = '';
  let blankIsSwallowed = true;
  for (const character of /^[~` ]/.test(path) ? `./${path}` : path) {
    const macro = LATEX_NAMES[character];
    if (macro !== undefined) result += `\\csname ${macro}\\endcsname `;
    else if (character === ' ' && blankIsSwallowed) result += '\\space ';
    else result += /[\^~]/.test(character) ? `\\string${character}` : character;
    blankIsSwallowed = character === ' ' || macro !== undefined;
  }
  return result;
}

const LATEX_NAMES: Readonly<Record<string, string>> = { '%': '@percentchar', '\\': '@backslashchar', '{': '@charlb', '}': '@charrb', '#': 'c_hash_str' };

/** The inside of a Typst string. */
export function toTypstString(path: string): string {
  return path.replace(/[\\"]/g, '\\$&').replace(/\p{Cc}/gu, (control) => `\\u{${control.charCodeAt(0).toString(16)}}`);
}

/** An Org link in brackets: a backslash escapes a bracket, and a backslash before one or at the end. `~` is no home folder. */
export function toOrgPath(path: string): string {
  const escaped = path.replace(/\\*[[\]]|\\+$/g, (run) => run.replace(/\\/g, '\\\\').replace(/[[\]]/, '\\$&'));
  return escaped.startsWith('~') ? `./${escaped}` : escaped;
}

function percentEncode(character: string): string {
  return encodeURIComponent(character).replace(/[!'()*]/g, (kept) => `%${kept.charCodeAt(0).toString(16).toUpperCase()}`);
}
