// Tells how long an image will take: by past ones like it, else by what the service's own pages say.
import type { EstimatedKind, Estimates } from '../../jobs/estimate.ts';
import { knownModelAt } from '../../services/findKnown.ts';

export interface ExpectedTime {
  durationMs: number;
  /** Said by a public page; too few images like it were made here. */
  isDocumented: boolean;
}

/** Undefined if neither is known. */
export function expectTime(estimates: Estimates, what: EstimatedKind): ExpectedTime | undefined {
  const measuredMs = estimates.estimateMs(what);
  if (measuredMs !== undefined) return { durationMs: measuredMs, isDocumented: false };
  const seconds = URL.canParse(what.endpoint) ? knownModelAt(new URL(what.endpoint).host, what.model)?.model.usualSeconds : undefined;
  return seconds === undefined ? undefined : { durationMs: seconds * 1000, isDocumented: true };
}
