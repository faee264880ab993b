// Turns a PNG of any kind into pixels, row by row as its data is unpacked: four bytes a pixel, and two rows besides.
import { Unzlib } from 'fflate';
import { type PngChunk, walkChunks } from '../pngChunks.ts';
import type { Pixels } from './pixels.ts';
import { applyPngColours } from './pngColours.ts';
import { PngRows, readPngHeader } from './pngRows.ts';

/** Deflate grows data at most 1032 times, so one such slice stays below 9 MiB. */
const INFLATE_SLICE_BYTES = 8192;
const NEEDED: ReadonlySet<string> = new Set(['IHDR', 'PLTE', 'tRNS', 'cICP', 'iCCP', 'sRGB', 'gAMA', 'cHRM']);

/**
 * The pixels in sRGB, or with the profile that the file has. Of a file that is cut short, the rows that are there, as
 * browsers show it; undefined if there is not one. The caller has bounded the size.
 */
export function decodePng(bytes: Uint8Array): Pixels | undefined {
  const found = new Map<string, PngChunk>();
  let rows: PngRows | undefined;
  const unzlib = new Unzlib((part) => rows?.push(part));
  try {
    for (const chunk of walkChunks(bytes)) {
      const { type, data } = chunk;
      if (type !== 'IDAT') {
        if (NEEDED.has(type) && !found.has(type)) found.set(type, chunk);
        continue;
      }
      rows ??= startRows(found);
      for (let at = 0; rows && at < data.length && !rows.isDone; at += INFLATE_SLICE_BYTES) unzlib.push(data.slice(at, at + INFLATE_SLICE_BYTES));
      if (!rows || rows.isDone) break;
    }
  } catch {
    // Broken data ends the image where it breaks.
  }
  const header = readPngHeader(found.get('IHDR')?.data ?? new Uint8Array());
  if (!header || !rows || rows.painted === 0) return undefined;
  const profile = applyPngColours(rows.rgba, found);
  return { widthPx: header.widthPx, heightPx: header.heightPx, rgba: rows.rgba, ...(profile && header.colour % 4 !== 0 ? { profile } : {}) };
}

function startRows(found: ReadonlyMap<string, PngChunk>): PngRows | undefined {
  const header = readPngHeader(found.get('IHDR')?.data ?? new Uint8Array());
  return header && new PngRows(header, { palette: found.get('PLTE')?.data, transparent: found.get('tRNS')?.data });
}
