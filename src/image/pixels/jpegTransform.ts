// Turns the coefficients of a JPEG's blocks into samples, in the very same memory.

/** Fixed-point constants of the libjpeg transform that browsers use too ("islow", after Loeffler, Ligtenberg and Moschytz). */
const [F0298, F0390, F0541, F0765, F0899, F1175, F1501, F1847, F1961, F2053, F2562, F3072] = [2446, 3196, 4433, 6270, 7373, 9633, 12299, 15137, 16069, 16819, 20995, 25172] as const;
const PASS_BITS = 2;
const FIXED_BITS = 13;

/** @param quantization 64 factors, in the order of the block, not of the data */
export function transformBlocks(blocks: Int16Array, quantization: Int32Array): void {
  const work = new Int32Array(64);
  for (let at = 0; at < blocks.length; at += 64) {
    for (let column = 0; column < 8; column++) transformColumn(blocks, at + column, quantization, column, work);
    for (let row = 0; row < 64; row += 8) transformRow(work, row, blocks, at + row);
  }
}

function transformColumn(blocks: Int16Array, at: number, quantization: Int32Array, column: number, work: Int32Array): void {
  const value = (row: number): number => blocks[at + row * 8]! * quantization[column + row * 8]!;
  if (!(blocks[at + 8] || blocks[at + 16] || blocks[at + 24] || blocks[at + 32] || blocks[at + 40] || blocks[at + 48] || blocks[at + 56])) {
    const flat = value(0) << PASS_BITS;
    for (let row = column; row < 64; row += 8) work[row] = flat;
    return;
  }
  eight(value(0), value(1), value(2), value(3), value(4), value(5), value(6), value(7), work, column, 8, FIXED_BITS - PASS_BITS);
}

function transformRow(work: Int32Array, row: number, blocks: Int16Array, at: number): void {
  eight(work[row]!, work[row + 1]!, work[row + 2]!, work[row + 3]!, work[row + 4]!, work[row + 5]!, work[row + 6]!, work[row + 7]!, work, row, 1, FIXED_BITS + PASS_BITS + 3);
  for (let index = 0; index < 8; index++) {
    const sample = work[row + index]! + 128;
    blocks[at + index] = sample < 0 ? 0 : sample > 255 ? 255 : sample;
  }
}

function eight(v0: number, v1: number, v2: number, v3: number, v4: number, v5: number, v6: number, v7: number, out: Int32Array, at: number, step: number, shift: number): void {
  const half = 1 << (shift - 1);
  let z1 = Math.imul(v2 + v6, F0541);
  const even2 = z1 - Math.imul(v6, F1847);
  const even3 = z1 + Math.imul(v2, F0765);
  const even0 = (v0 + v4) << FIXED_BITS;
  const even1 = (v0 - v4) << FIXED_BITS;
  const sum0 = even0 + even3 + half;
  const sum3 = even0 - even3 + half;
  const sum1 = even1 + even2 + half;
  const sum2 = even1 - even2 + half;
  const z5 = Math.imul(v7 + v3 + v5 + v1, F1175);
  z1 = -Math.imul(v7 + v1, F0899);
  const z2 = -Math.imul(v5 + v3, F2562);
  const z3 = z5 - Math.imul(v7 + v3, F1961);
  const z4 = z5 - Math.imul(v5 + v1, F0390);
  const odd0 = Math.imul(v7, F0298) + z1 + z3;
  const odd1 = Math.imul(v5, F2053) + z2 + z4;
  const odd2 = Math.imul(v3, F3072) + z2 + z3;
  const odd3 = Math.imul(v1, F1501) + z1 + z4;
  out[at] = (sum0 + odd3) >> shift;
  out[at + 7 * step] = (sum0 - odd3) >> shift;
  out[at + step] = (sum1 + odd2) >> shift;
  out[at + 6 * step] = (sum1 - odd2) >> shift;
  out[at + 2 * step] = (sum2 + odd1) >> shift;
  out[at + 5 * step] = (sum2 - odd1) >> shift;
  out[at + 3 * step] = (sum3 + odd0) >> shift;
  out[at + 4 * step] = (sum3 - odd0) >> shift;
}
