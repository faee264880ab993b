// Finds where an image goes in LaTeX: behind the paragraph, outside of every environment and group that takes no float.
import { inLine, indentAt, lineEnd, lineStart, nextLine, type ImagePlace, type PlaceQuestion } from './place.ts';

/** Only in outer paragraph mode is a float taken: https://latexref.xyz/Floats.html */
const TAKE_FLOATS = new Set(['document', 'itemize', 'enumerate', 'description', 'quote', 'quotation', 'center', 'flushleft', 'flushright', 'abstract', 'verse', 'frame', 'block', 'exampleblock', 'alertblock', 'columns', 'column', 'spacing', 'doublespace', 'onehalfspace', 'singlespace', 'landscape', 'appendices', 'proof', 'theorem', 'lemma', 'definition', 'example', 'remark', 'corollary', 'proposition']);
const LISTS = new Set(['itemize', 'enumerate', 'description']);
const TABLES = /^(?:tabular[*xy]?|tabulary|longtable|supertabular|tblr|xltabular)$/;
const VERBATIM = /^(?:verbatim\*?|Verbatim|lstlisting|minted|comment|filecontents\*?|alltt)$/;
const HEADING = /^\s*\\(?:part|chapter|(?:sub){0,2}section|(?:sub)?paragraph|maketitle|tableofcontents|frametitle|framesubtitle|title|author|date|label|listof\w+|begin\{(?:document|frame|abstract|columns?|block)\})/;
const STARTS_ANEW = /^\s*\\(?:end\{|begin\{|item\b|part\b|chapter\b|(?:sub){0,2}section\b|(?:sub)?paragraph\b|frametitle\b|maketitle\b|tableofcontents\b|printbibliography\b|bibliography\b|appendix\b)/;
const PART = /\\verb\*?([^\w\s])[^\n]*?\1|\\(?:begin|end)\{([^}\n]*)\}|\\[()[\]]|\\item\b|\\\\|\\[a-zA-Z@]+|\\[\s\S]|%[^\n]*|\$\$?|[{}&]|\n/g;

interface State {
  /** Environments that are open, with whether an `\item` was seen in each. */
  environments: { name: string; hasItem: boolean; start: number }[];
  depth: number;
  math: string;
  isBody: boolean;
}

interface LineState {
  /** The state behind the line, as far as it matters. */
  takesFloat: boolean;
  start: number;
  end: number;
}

export function placeInLatex({ text, start, end, mode }: PlaceQuestion): ImagePlace {
  const at = mode === 'behind' && end > start ? end - 1 : end;
  const { lines, cell } = readLines(text, at);
  if (mode === 'cursor' && cell !== undefined) return inLine(cell);
  const index = lines.findIndex((line) => line.start <= at && at <= line.end);
  const line = lines[index];
  const isBlank = (each: LineState | undefined): boolean => !each || text.slice(each.start, each.end).trim() === '';
  if (mode === 'cursor' && line) {
    const before = lines[index - 1];
    const isOpen = before ? before.takesFloat : !/\\documentclass|\\begin\{document\}/.test(text);
    if (isBlank(line) && line.takesFloat && isOpen) return free(text, line, isBlank(before) ? '' : '\n', isBlank(lines[index + 1]) ? '' : '\n');
    const isFirst = at <= line.start + indentAt(text, line.start).length && isBlank(before) && isOpen;
    if (isFirst && !isBlank(line)) return { ...free(text, { ...line, end: line.start }, '', '\n\n'), end: line.start };
  }
  for (const each of lines.slice(Math.max(0, index))) {
    if (each.takesFloat && isBreak(text, each) && !isBlank(each)) return behind(text, each);
  }
  const last = lines.findLast((each) => each.takesFloat && isBreak(text, each));
  return last ? behind(text, last) : inLine(text.length, 'block');
}

function free(text: string, { start, end }: LineState, before: string, after: string): ImagePlace {
  const indent = indentAt(text, start);
  return { start, end, before: before + indent, after, prefix: indent, form: 'block', separator: '\n\n' };
}

/** An empty line is a paragraph's end: none is added where there was none. */
function behind(text: string, { start, end }: LineState): ImagePlace {
  const indent = indentAt(text, start);
  const next = nextLine(text, end);
  const isLast = next === undefined || text.slice(next, lineEnd(text, next)).trim() === '';
  return { start: end, end, before: `${isLast ? '\n\n' : '\n'}${indent}`, after: '', prefix: indent, form: 'block', separator: isLast ? '\n\n' : '\n' };
}

/** Whether a paragraph ends with this line. */
function isBreak(text: string, { start, end }: LineState): boolean {
  const own = text.slice(start, end);
  const next = nextLine(text, end);
  if (next === undefined) return true;
  const below = text.slice(next, lineEnd(text, next));
  if (/^\s*\\(?:maketitle|tableofcontents|label|frametitle|framesubtitle|centering)\b/.test(below)) return false;
  return below.trim() === '' || STARTS_ANEW.test(below) || HEADING.test(own) || /\\end\{[^}]*\}\s*(?:%.*)?$/.test(own);
}

function readLines(text: string, at: number): { lines: LineState[]; cell: number | undefined } {
  const state: State = { environments: [], depth: 0, math: '', isBody: !/\\begin\{document\}/.test(text) };
  const lines: LineState[] = [];
  const isBeamer = /\\documentclass(?:\[[^\]]*\])?\{beamer\}/.test(text);
  let from = 0;
  let cell: number | undefined;
  let seen = false;
  const close = (end: number): void => {
    lines.push({ start: from, end: text[end - 1] === '\r' ? end - 1 : end, takesFloat: takesFloat(state, isBeamer) });
    if (text.slice(from, end).trim() === '') state.math = '';
    from = end + 1;
  };
  PART.lastIndex = 0;
  for (let found = PART.exec(text); found; found = PART.exec(text)) {
    const { index, 0: part, 2: name } = found;
    if (!seen && index >= at) {
      seen = true;
      cell = cellAt(text, at, state);
    }
    // Inside a comment or a name, no cell is.
    if (!seen && index < at && at < index + part.length) seen = true;
    if (part === '\n') close(index);
    else if (name !== undefined) readEnvironment(part, name, state, index);
    else readPart(part, state);
    if (name !== undefined && part.startsWith('\\begin') && VERBATIM.test(name)) {
      const end = text.indexOf(`\\end{${name}}`, index);
      const stop = end < 0 ? text.length : end;
      for (let line = text.indexOf('\n', index); line >= 0 && line < stop; line = text.indexOf('\n', line + 1)) close(line);
      if (at > index && at < stop) seen = true;
      PART.lastIndex = stop;
      if (end < 0) break;
    }
  }
  if (!seen) cell = cellAt(text, at, state);
  close(text.length);
  return { lines, cell };
}

function readEnvironment(part: string, name: string, state: State, start: number): void {
  if (part.startsWith('\\begin')) {
    if (name === 'document') state.isBody = true;
    state.environments.push({ name, hasItem: false, start });
    return;
  }
  const index = state.environments.findLastIndex((environment) => environment.name === name);
  if (index >= 0) state.environments.splice(index);
  if (name === 'document') state.isBody = false;
}

function readPart(part: string, state: State): void {
  const last = state.environments.at(-1);
  if (part === '{') state.depth++;
  else if (part === '}') state.depth = Math.max(0, state.depth - 1);
  else if (part === '$' || part === '$$') state.math = state.math === '' ? part : '';
  else if (part === '\\(' || part === '\\[') state.math = part;
  else if (part === '\\)' || part === '\\]') state.math = '';
  else if (part === '\\item' && last) last.hasItem = true;
}

function takesFloat({ environments, depth, math, isBody }: State, isBeamer: boolean): boolean {
  if (!isBody || depth > 0 || math !== '') return false;
  if (isBeamer && !environments.some(({ name }) => name === 'frame')) return false;
  return environments.every(({ name, hasItem }) => TAKE_FLOATS.has(name) && (!LISTS.has(name) || hasItem));
}

/** The offset, if it lies in the text of a table's cell: another column or the end of the row must follow. */
function cellAt(text: string, at: number, { environments, depth, math }: State): number | undefined {
  const table = environments.at(-1);
  if (!table || !TABLES.test(table.name) || depth > 0 || math !== '') return undefined;
  if (/\\[a-zA-Z@]*$/.test(text.slice(lineStart(text, at), at)) || /^\s*[{[]/.test(text.slice(at))) return undefined;
  const next = /(?<!\\)&|\\\\|\\(?:hline|cline|toprule|midrule|bottomrule|cmidrule|end)\b/.exec(text.slice(at));
  return next && (next[0] === '&' || next[0] === '\\\\') ? at : undefined;
}
