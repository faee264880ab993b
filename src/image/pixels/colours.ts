// Turns colours of other primaries and transfer curves into sRGB.

/** Chromaticities x, y of white, red, green and blue. */
export type Primaries = readonly [number, number, number, number, number, number, number, number];

export const SRGB_PRIMARIES: Primaries = [0.3127, 0.329, 0.64, 0.33, 0.3, 0.6, 0.15, 0.06];
export const BT2020_PRIMARIES: Primaries = [0.3127, 0.329, 0.708, 0.292, 0.17, 0.797, 0.131, 0.046];
export const P3_PRIMARIES: Primaries = [0.3127, 0.329, 0.68, 0.32, 0.265, 0.69, 0.15, 0.06];

/** A value from 0 to 1 as light from 0 to 1. */
export type Curve = (value: number) => number;

/** IEC 61966-2-1. */
export const srgbCurve: Curve = (value) => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4);

const ENCODED_STEPS = 4096;
const SRGB_ENCODED: Readonly<Uint8Array> = Uint8Array.from({ length: ENCODED_STEPS + 1 }, (_, index) => {
  const light = index / ENCODED_STEPS;
  return Math.round(255 * (light <= 0.0031308 ? light * 12.92 : 1.055 * light ** (1 / 2.4) - 0.055));
});

/** Changes the colours in place; primaries of `undefined` are sRGB's. */
export function convertToSrgb(rgba: Uint8Array, curve: Curve, primaries: Primaries | undefined): void {
  const light = Float64Array.from({ length: 256 }, (_, value) => curve(value / 255));
  const matrix = primaries && !areNear(primaries, SRGB_PRIMARIES) ? multiply(invert(toXyz(SRGB_PRIMARIES)), multiply(adaptation(primaries), toXyz(primaries))) : undefined;
  if (!matrix) {
    const table = Uint8Array.from(light, encode);
    for (let at = 0; at < rgba.length; at += 4) for (let colour = at; colour < at + 3; colour++) rgba[colour] = table[rgba[colour] ?? 0] ?? 0;
    return;
  }
  const [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0, i = 0] = matrix;
  for (let at = 0; at < rgba.length; at += 4) {
    const [red, green, blue] = [light[rgba[at] ?? 0] ?? 0, light[rgba[at + 1] ?? 0] ?? 0, light[rgba[at + 2] ?? 0] ?? 0];
    rgba[at] = encode(a * red + b * green + c * blue);
    rgba[at + 1] = encode(d * red + e * green + f * blue);
    rgba[at + 2] = encode(g * red + h * green + i * blue);
  }
}

export function areNear(one: readonly number[], other: readonly number[], within = 0.002): boolean {
  return one.every((value, index) => Math.abs(value - (other[index] ?? 0)) <= within);
}

function encode(light: number): number {
  // Dark tones lie closer than the table's steps.
  if (light < 0.02) return Math.round(255 * (light <= 0 ? 0 : light <= 0.0031308 ? light * 12.92 : 1.055 * light ** (1 / 2.4) - 0.055));
  return SRGB_ENCODED[Math.min(ENCODED_STEPS, Math.round(light * ENCODED_STEPS))] ?? 255;
}

/** Three by three, row by row. */
type Matrix = readonly number[];

/** From linear colours of these primaries to CIE XYZ. */
function toXyz([wx, wy, rx, ry, gx, gy, bx, by]: Primaries): Matrix {
  const columns = [rx / ry, gx / gy, bx / by, 1, 1, 1, (1 - rx - ry) / ry, (1 - gx - gy) / gy, (1 - bx - by) / by];
  const scale = apply(invert(columns), white(wx, wy));
  return columns.map((value, index) => value * (scale[index % 3] ?? 0));
}

/** Bradford, from the white of the primaries to that of sRGB. */
function adaptation([wx, wy]: Primaries): Matrix {
  const cones = [0.8951, 0.2664, -0.1614, -0.7502, 1.7135, 0.0367, 0.0389, -0.0685, 1.0296];
  const [from, to] = [apply(cones, white(wx, wy)), apply(cones, white(SRGB_PRIMARIES[0], SRGB_PRIMARIES[1]))];
  const scale = [0, 1, 2].map((index) => (to[index] ?? 1) / (from[index] || 1));
  return multiply(invert(cones), cones.map((value, index) => value * (scale[Math.floor(index / 3)] ?? 1)));
}

function white(x: number, y: number): number[] {
  return [x / y, 1, (1 - x - y) / y];
}

function apply(matrix: Matrix, vector: readonly number[]): number[] {
  return [0, 3, 6].map((row) => [0, 1, 2].reduce((sum, index) => sum + (matrix[row + index] ?? 0) * (vector[index] ?? 0), 0));
}

function multiply(one: Matrix, other: Matrix): Matrix {
  return Array.from({ length: 9 }, (_, at) => [0, 1, 2].reduce((sum, index) => sum + (one[at - (at % 3) + index] ?? 0) * (other[index * 3 + (at % 3)] ?? 0), 0));
}

function invert([a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0, i = 0]: Matrix): Matrix {
  const determinant = a * (e * i - f * h) - b * (d * i - f * g) + c * (d * h - e * g);
  return [e * i - f * h, c * h - b * i, b * f - c * e, f * g - d * i, a * i - c * g, c * d - a * f, d * h - e * g, b * g - a * h, a * e - b * d].map((value) => value / determinant);
}
