// Turns pairs of measurements into one line: the median ratio with its range, beside what it is to be at most.

export interface Pair {
  ours: number;
  reference: number;
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? (sorted[middle] ?? NaN) : ((sorted[middle - 1] ?? NaN) + (sorted[middle] ?? NaN)) / 2;
}

/** Each pair was measured one right after the other, so a machine that slows down slows both. */
export function describeRatio(what: string, pairs: readonly Pair[], unit: string, atMost: number): string {
  const ratios = pairs.map(({ ours, reference }) => ours / reference);
  const value = (part: keyof Pair): string => `${median(pairs.map((pair) => pair[part])).toFixed(1)} ${unit}`;
  const range = `${Math.min(...ratios).toFixed(2)}–${Math.max(...ratios).toFixed(2)}`;
  return `${what}: ${median(ratios).toFixed(2)} × the reference (${range}, ${pairs.length} pairs; ${value('ours')} and ${value('reference')}); wanted: at most ${atMost}`;
}
