// Turns pixels into fewer or more of them (Lanczos), and cuts out the part that an exact size leaves.
import type { Pixels } from './pixels.ts';

/** Lobes of the Lanczos kernel. */
const LOBES = 3;

/** The point of the image that stays in view, each from 0 (left, top) to 1. */
export interface Focus {
  x: number;
  y: number;
}

export const MIDDLE: Focus = { x: 0.5, y: 0.5 };

/** A rectangle of the image, in its pixels. */
export interface Crop {
  left: number;
  top: number;
  width: number;
  height: number;
}

/** The largest part of the image that has the ratio of the wanted size, with the focus as near to its middle as it can be. */
export function cropFor(image: { widthPx: number; heightPx: number }, wanted: { widthPx: number; heightPx: number }, focus: Focus = MIDDLE): Crop {
  const scale = Math.min(image.widthPx / wanted.widthPx, image.heightPx / wanted.heightPx);
  const [width, height] = [wanted.widthPx * scale, wanted.heightPx * scale];
  const place = (at: number, side: number, part: number): number => Math.min(side - part, Math.max(0, at * side - part / 2));
  return { left: place(focus.x, image.widthPx, width), top: place(focus.y, image.heightPx, height), width, height };
}

/**
 * That part of the image in the wanted size. Colours count by their opacity, so that none bleeds out of what is
 * transparent. Besides the result: 16 bytes for each pixel of the part's height and the new width, some rows at a time.
 */
export function resize(pixels: Pixels, { widthPx, heightPx }: { widthPx: number; heightPx: number }, crop: Crop = { left: 0, top: 0, width: pixels.widthPx, height: pixels.heightPx }): Pixels {
  const across = weightsFor(crop.left, crop.width, widthPx, pixels.widthPx);
  const down = weightsFor(crop.top, crop.height, heightPx, pixels.heightPx);
  const rgba = new Uint8Array(widthPx * heightPx * 4);
  const rows = new Map<number, Float32Array>();
  const sums = new Float32Array(widthPx * 4);
  for (let y = 0; y < heightPx; y++) {
    const { first, weights } = down[y]!;
    for (const known of rows.keys()) if (known < first) rows.delete(known);
    sums.fill(0);
    for (let index = 0; index < weights.length; index++) {
      let row = rows.get(first + index);
      if (!row) rows.set(first + index, (row = scaleRow(pixels, first + index, across)));
      const weight = weights[index]!;
      for (let at = 0; at < sums.length; at++) sums[at]! += row[at]! * weight;
    }
    writeRow(sums, rgba, y * widthPx * 4);
  }
  return { ...pixels, widthPx, heightPx, rgba };
}

interface Weights {
  first: number;
  weights: Float32Array;
}

/** For each new pixel the old ones that it is made of; pixels beyond the edge count as the one at the edge. */
function weightsFor(start: number, length: number, count: number, side: number): Weights[] {
  const scale = length / count;
  const reach = LOBES * Math.max(1, scale);
  return Array.from({ length: count }, (_, index) => {
    const centre = start + (index + 0.5) * scale;
    const first = Math.max(0, Math.floor(centre - reach));
    const last = Math.min(side - 1, Math.ceil(centre + reach) - 1);
    const weights = new Float32Array(last - first + 1);
    let sum = 0;
    for (let at = first; at <= last; at++) sum += weights[at - first] = lanczos((at + 0.5 - centre) / Math.max(1, scale));
    for (let at = 0; at < weights.length; at++) weights[at]! /= sum;
    return { first, weights };
  });
}

function lanczos(x: number): number {
  if (x === 0) return 1;
  if (Math.abs(x) >= LOBES) return 0;
  const angle = Math.PI * x;
  return (LOBES * Math.sin(angle) * Math.sin(angle / LOBES)) / (angle * angle);
}

function scaleRow({ widthPx, rgba }: Pixels, y: number, across: readonly Weights[]): Float32Array {
  const row = new Float32Array(across.length * 4);
  for (let x = 0; x < across.length; x++) {
    const { first, weights } = across[x]!;
    let [red, green, blue, alpha] = [0, 0, 0, 0];
    for (let index = 0, from = (y * widthPx + first) * 4; index < weights.length; index++, from += 4) {
      const weight = weights[index]! * rgba[from + 3]!;
      red += rgba[from]! * weight;
      green += rgba[from + 1]! * weight;
      blue += rgba[from + 2]! * weight;
      alpha += weight;
    }
    row[x * 4] = red;
    row[x * 4 + 1] = green;
    row[x * 4 + 2] = blue;
    row[x * 4 + 3] = alpha;
  }
  return row;
}

function writeRow(sums: Float32Array, rgba: Uint8Array, to: number): void {
  for (let at = 0; at < sums.length; at += 4) {
    const alpha = sums[at + 3]!;
    if (alpha <= 0.5) continue;
    for (let colour = 0; colour < 3; colour++) rgba[to + at + colour] = Math.min(255, Math.max(0, Math.round(sums[at + colour]! / alpha)));
    rgba[to + at + 3] = Math.min(255, Math.round(alpha));
  }
}
