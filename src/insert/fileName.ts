// Turns any text into a file or folder name that every common file system takes.
import { splitEnding } from './posixPath.ts';

/** The longest file name that common file systems take, in bytes of UTF-8. */
export const LONGEST_NAME_BYTES = 255;

// Names of devices: Microsoft's "Naming Files, Paths, and Namespaces". What follows the first dot does not matter.
const RESERVED = /^(?:con|prn|aux|nul|conin\$|conout\$|(?:com|lpt)[0-9¹²³]) *(?:\.|$)/i;

/** Whether Windows keeps this name, with any ending, for a device: `con`, `NUL.png`, `com¹`. */
export function isReservedName(name: string): boolean {
  return RESERVED.test(name);
}

/** The text with every character replaced by `-` that a file name cannot hold on Windows, or nowhere. */
export function replaceUnsafe(text: string): string {
  return text.replace(/[<>:"|?*\\/\p{Cc}\u2028\u2029\p{Cs}]/gu, '-');
}

/** What no language of links has to escape, and no shell: letters and digits of any script, `-`, `_` and dots within. */
export function plainName(text: string): string {
  return text.normalize('NFC').replace(/[^\p{L}\p{M}\p{N}._-]+/gu, '-').replace(/^[-.]+(?=[^-.])|-+(?=\.)|-+$/g, '');
}

/** A safe file or folder name: no unsafe characters, no dots or blanks at its end, no device; `''` when nothing is left. */
export function safeName(text: string): string {
  const name = replaceUnsafe(text).replace(/^ +|[. ]+$/g, '');
  if (!isReservedName(name)) return name;
  const dot = name.indexOf('.');
  return dot < 0 ? `${name}_` : `${name.slice(0, dot)}_${name.slice(dot)}`;
}

/** `stem + suffix + ending`, the stem cut between characters so that the whole is at most 255 bytes of UTF-8. */
export function fitName(stem: string, suffix: string, ending: string): string {
  const room = LONGEST_NAME_BYTES - countBytes(suffix + ending);
  let cut = '';
  let bytes = 0;
  for (const { segment } of new Intl.Segmenter('en', { granularity: 'grapheme' }).segment(stem)) {
    bytes += countBytes(segment);
    if (bytes > room) break;
    cut += segment;
  }
  return (cut === stem ? stem : cut.replace(/[-. ]+$/, '')) + suffix + ending;
}

/** A whole file name cut to 255 bytes; its ending stays. */
export function fitFileName(name: string): string {
  const [stem, ending] = splitEnding(name);
  return fitName(stem, '', ending);
}

function countBytes(text: string): number {
  return new TextEncoder().encode(text).length;
}
