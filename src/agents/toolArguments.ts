// Turns what a model sent as arguments of a tool into checked values, or one sentence with which it can correct itself.
import { countCharacters } from '../prompt/promptText.ts';
import { LARGEST_SIDE_PX, MOST_IMAGES_A_CALL, SMALLEST_SIDE_PX, TOOLS, type ToolName } from './toolSchemas.ts';

/** A sentence for a model: what is wrong, and what to send instead. */
export interface Problem {
  readonly problem: string;
}

/** Checked arguments of `generateImageFile`; paths are as they came, not yet resolved. */
export interface GenerateCall {
  readonly prompt: string;
  readonly path?: string;
  readonly document?: string;
  readonly widthPx?: number;
  readonly heightPx?: number;
  /** 1 to 4. */
  readonly count: number;
  readonly alt?: string;
}

/** Checked arguments of `findImageFile`. */
export interface FindCall {
  readonly query: string;
  readonly saveAs?: string;
}

const LONGEST_ALT = 1000;
const LONGEST_QUERY = 1000;
const LONGEST_PATH = 1000;

/** @param maxPromptCharacters counted by code point; 0 is no limit */
export function readGenerateCall(value: unknown, maxPromptCharacters: number): GenerateCall | Problem {
  const read = new Reader('generateImageFile', value);
  const prompt = read.text('prompt', Infinity);
  const path = read.path('path');
  const document = read.path('document');
  const widthPx = read.integer('width', SMALLEST_SIDE_PX, LARGEST_SIDE_PX);
  const heightPx = read.integer('height', SMALLEST_SIDE_PX, LARGEST_SIDE_PX);
  const count = read.integer('count', 1, MOST_IMAGES_A_CALL);
  const alt = read.text('alt', LONGEST_ALT);
  if (read.problem !== undefined) return { problem: read.problem };
  if (prompt === undefined) return { problem: 'Give “prompt”: a text that describes what is to be seen.' };
  const characters = countCharacters(prompt);
  if (maxPromptCharacters > 0 && characters > maxPromptCharacters) {
    return { problem: `The prompt has ${characters} characters; the service takes at most ${maxPromptCharacters}. Nothing was made. Shorten it and call again.` };
  }
  return {
    prompt,
    count: count ?? 1,
    ...(path !== undefined && { path }),
    ...(document !== undefined && { document }),
    ...(widthPx !== undefined && { widthPx }),
    ...(heightPx !== undefined && { heightPx }),
    ...(alt !== undefined && { alt }),
  };
}

export function readFindCall(value: unknown): FindCall | Problem {
  const read = new Reader('findImageFile', value);
  const query = read.text('query', LONGEST_QUERY);
  const saveAs = read.path('saveAs');
  if (read.problem !== undefined) return { problem: read.problem };
  if (query === undefined) return { problem: 'Give “query”: some words of the image’s description.' };
  return { query, ...(saveAs !== undefined && { saveAs }) };
}

/** Reads arguments by name and remembers the first mistake. */
class Reader {
  problem: string | undefined;
  readonly #values: Readonly<Record<string, unknown>>;

  constructor(tool: ToolName, value: unknown) {
    const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
    this.#values = isObject ? (value as Record<string, unknown>) : {};
    const known = Object.keys(TOOLS.find(({ name }) => name === tool)?.inputSchema.properties ?? {});
    const unknown = Object.keys(this.#values).find((name) => !known.includes(name));
    if (!isObject) this.problem = `“${tool}” takes an object with the arguments ${known.join(', ')}.`;
    else if (unknown !== undefined) this.problem = `There is no argument “${shorten(unknown)}”. “${tool}” knows ${known.join(', ')}.${Object.hasOwn(HINTS, unknown) ? HINTS[unknown] : ''}`;
  }

  /** A text without blanks at its ends; undefined if it is left out or empty. */
  text(name: string, most: number): string | undefined {
    const value = this.#value(name);
    if (value === undefined) return undefined;
    if (typeof value !== 'string') return this.#fail(`“${name}” must be a text.`);
    // Tabs and line breaks are ordinary in a prompt; other control characters are no part of any description.
    if (/[^\P{Cc}\t\n\r]|\p{Cs}/u.test(value)) return this.#fail(`“${name}” holds control characters. Send plain text.`);
    if (countCharacters(value) > most) return this.#fail(`“${name}” is longer than ${most} characters. Shorten it.`);
    const text = value.trim();
    return text === '' ? undefined : text;
  }

  path(name: string): string | undefined {
    const value = this.text(name, LONGEST_PATH);
    if (value !== undefined && /[\t\n\r]/.test(value)) return this.#fail(`“${name}” must be one line.`);
    return value;
  }

  /** A whole number; models write numbers as texts now and then. */
  integer(name: string, least: number, most: number): number | undefined {
    const value = this.#value(name);
    if (value === undefined) return undefined;
    const number = typeof value === 'string' && /^\s*\d{1,9}\s*$/.test(value) ? Number(value) : value;
    if (typeof number !== 'number' || !Number.isInteger(number) || number < least || number > most) {
      return this.#fail(`“${name}” must be a whole number from ${least} to ${most}.`);
    }
    return number;
  }

  #value(name: string): unknown {
    const value = Object.hasOwn(this.#values, name) ? this.#values[name] : undefined;
    return value === null ? undefined : value;
  }

  #fail(problem: string): undefined {
    this.problem ??= problem;
  }
}

/** What models send that have another tool in mind. */
const HINTS: Readonly<Record<string, string>> = {
  size: ' Use width and height.',
  n: ' Use count.',
  filename: ' Use path.',
  output: ' Use path.',
  output_path: ' Use path.',
  format: ' The ending of path decides the format.',
};

function shorten(text: string): string {
  return text.length > 40 ? `${text.slice(0, 40)}…` : text;
}
