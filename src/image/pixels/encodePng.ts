// Turns pixels into a PNG of eight bits: grey, colours, or colours with opacity, whatever they need.
import { zlibSync } from 'fflate';
import { concatBytes } from '../concatBytes.ts';
import { FIRST_CHUNK, makeChunk, PNG_SIGNATURE } from '../pngChunks.ts';
import { isTransparent, type Pixels } from './pixels.ts';

const FILTERS = 5;

export function encodePng(pixels: Pixels): Uint8Array {
  const { widthPx, heightPx } = pixels;
  const samples = isTransparent(pixels) ? 4 : 3;
  const header = new Uint8Array(13);
  const view = new DataView(header.buffer);
  view.setUint32(0, widthPx);
  view.setUint32(4, heightPx);
  header[8] = 8;
  header[9] = samples === 4 ? 6 : 2;
  const packed = zlibSync(filterRows(pixels, samples), { level: 6 });
  return concatBytes([new Uint8Array(PNG_SIGNATURE).subarray(0, FIRST_CHUNK), makeChunk('IHDR', header), makeChunk('IDAT', packed), makeChunk('IEND', new Uint8Array())]);
}

/** For each row the filter whose result has the smallest sum, as the PNG specification advises (12.7). */
function filterRows({ widthPx, heightPx, rgba }: Pixels, samples: number): Uint8Array {
  const rowBytes = widthPx * samples;
  const out = new Uint8Array((rowBytes + 1) * heightPx);
  let [row, above] = [new Uint8Array(rowBytes), new Uint8Array(rowBytes)];
  const tries = Array.from({ length: FILTERS }, () => new Uint8Array(rowBytes));
  for (let y = 0; y < heightPx; y++) {
    for (let x = 0, from = y * widthPx * 4, to = 0; x < widthPx; x++, from += 4) for (let sample = 0; sample < samples; sample++) row[to++] = rgba[from + sample]!;
    let [best, least] = [0, Infinity];
    for (let filter = 0; filter < FILTERS; filter++) {
      const sum = applyFilter(filter, row, above, samples, tries[filter]!);
      if (sum < least) [best, least] = [filter, sum];
    }
    out[y * (rowBytes + 1)] = best;
    out.set(tries[best]!, y * (rowBytes + 1) + 1);
    [row, above] = [above, row];
  }
  return out;
}

function applyFilter(filter: number, row: Uint8Array, above: Uint8Array, pixel: number, out: Uint8Array): number {
  let sum = 0;
  for (let at = 0; at < row.length; at++) {
    const left = at < pixel ? 0 : row[at - pixel]!;
    const up = above[at]!;
    let guess = 0;
    if (filter === 1) guess = left;
    else if (filter === 2) guess = up;
    else if (filter === 3) guess = (left + up) >> 1;
    else if (filter === 4) {
      const corner = at < pixel ? 0 : above[at - pixel]!;
      const toLeft = Math.abs(up - corner);
      const toUp = Math.abs(left - corner);
      const toCorner = Math.abs(left + up - 2 * corner);
      guess = toLeft <= toUp && toLeft <= toCorner ? left : toUp <= toCorner ? up : corner;
    }
    const value = (row[at]! - guess) & 0xff;
    out[at] = value;
    sum += value < 128 ? value : 256 - value;
  }
  return sum;
}
