// Turns what a PNG says of its colours into sRGB pixels, or into the profile that goes along with them.
import type { PngChunk } from '../pngChunks.ts';
import { inflateZlib } from '../pngText.ts';
import { BT2020_PRIMARIES, convertToSrgb, type Curve, P3_PRIMARIES, type Primaries, SRGB_PRIMARIES, srgbCurve } from './colours.ts';

const MAX_PROFILE_BYTES = 4 * 1024 * 1024;
/** The decoding gamma that the common 0.45455 stands for is sRGB's own curve. */
const SRGB_GAMMA = 0.45455;

/** The chunks that speak of colours, by type; the first of each. */
export type ColourChunks = ReadonlyMap<string, PngChunk>;

/**
 * What browsers take into account, the surest first: `cICP`, `iCCP`, `sRGB`, then `gAMA` with `cHRM` (PNG, 4.3).
 * Pixels are changed in place; a profile for colours in red, green and blue comes back and leaves them as they are.
 */
export function applyPngColours(rgba: Uint8Array, chunks: ColourChunks): Uint8Array | undefined {
  const coded = codedColours(chunks.get('cICP')?.data);
  if (coded) {
    if (coded.curve !== srgbCurve || coded.primaries !== SRGB_PRIMARIES) convertToSrgb(rgba, coded.curve, coded.primaries);
    return undefined;
  }
  const profile = readProfile(chunks.get('iCCP'));
  if (profile) return isRgbProfile(profile) ? profile : undefined;
  const gamma = numbers(chunks.get('gAMA')?.data)?.[0];
  if (chunks.has('sRGB') || !gamma) return undefined;
  const primaries = numbers(chunks.get('cHRM')?.data);
  const isSane = primaries?.length === 8 && primaries.every((value) => value > 0 && value < 1);
  const isSrgb = Math.abs(gamma - SRGB_GAMMA) < 0.005;
  if (isSrgb && !isSane) return undefined;
  convertToSrgb(rgba, isSrgb ? srgbCurve : (value) => value ** (1 / gamma), isSane ? (primaries as unknown as Primaries) : undefined);
  return undefined;
}

/** The ICC profile of an iCCP chunk; undefined without one, and for one that is broken or absurdly large. */
export function readProfile(chunk: PngChunk | undefined): Uint8Array | undefined {
  const end = chunk?.data.subarray(0, 80).indexOf(0) ?? -1;
  if (!chunk || end < 1 || chunk.data[end + 1] !== 0) return undefined;
  return inflateZlib(chunk.data.subarray(end + 2), MAX_PROFILE_BYTES);
}

/** Whether a profile is whole and made for red, green and blue (ICC.1, 7.2). */
export function isRgbProfile(profile: Uint8Array): boolean {
  return profile.length >= 128 && String.fromCharCode(...profile.subarray(16, 20)) === 'RGB ' && String.fromCharCode(...profile.subarray(36, 40)) === 'acsp';
}

/** ITU-T H.273: what is not read here leaves the other chunks to decide. */
function codedColours(data: Uint8Array | undefined): { curve: Curve; primaries: Primaries } | undefined {
  if (data?.length !== 4) return undefined;
  const primaries = { 1: SRGB_PRIMARIES, 9: BT2020_PRIMARIES, 12: P3_PRIMARIES }[data[0] ?? 0];
  const curve = { 4: (value: number) => value ** 2.2, 8: (value: number) => value, 13: srgbCurve }[data[1] ?? 0];
  return primaries && curve && { curve, primaries };
}

function numbers(data: Uint8Array | undefined): number[] | undefined {
  if (!data || data.length % 4 !== 0 || data.length > 32) return undefined;
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
  return Array.from({ length: data.length / 4 }, (_, index) => view.getUint32(index * 4) / 100_000);
}
