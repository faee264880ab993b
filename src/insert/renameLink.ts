// Turns a link's written path into one to another file of the same folder.
import { toUrlPath } from './escapePath.ts';

/** Only the file's name changes: folder, query and fragment stay as they are written. */
export function renameInLink(written: string, newName: string): string {
  const path = /^[^?#]*/.exec(written)?.[0] ?? '';
  return path.slice(0, path.lastIndexOf('/') + 1) + toUrlPath(newName) + written.slice(path.length);
}

/** `1200x630`, or a width alone; undefined for anything else. Pixels, 1 to 16384 a side. */
export function parseFileSize(text: string): { widthPx: number; heightPx: number | undefined } | undefined {
  const match = /^\s*(\d{1,5})\s*(?:[xX*×]\s*(\d{1,5})\s*)?$/.exec(text);
  if (!match) return undefined;
  const [widthPx, heightPx] = [Number(match[1]), match[2] === undefined ? undefined : Number(match[2])];
  const fits = (px: number): boolean => px >= 1 && px <= 16_384;
  if (!fits(widthPx) || (heightPx !== undefined && !fits(heightPx))) return undefined;
  return { widthPx, heightPx };
}
