// Names the failure of a POST that was led elsewhere, and the address to use if it is plainly the same service.
import { addressFor, type Endpoint } from './endpointUrl.ts';
import { Failure } from '../failures/failure.ts';
import type { RefusalFacts } from '../failures/failureOf.ts';
import { plainLine } from '../failures/plainLine.ts';

/** `redirectRefused`, with `facts.address` if only a slash at the end or the step from http to https is new. */
export function redirectRefused(location: string, endpoint: Endpoint, { status, secrets }: RefusalFacts): Failure {
  const target = URL.canParse(location, endpoint.imagesUrl) ? new URL(location, endpoint.imagesUrl) : undefined;
  if (!target || !/^https?:$/.test(target.protocol)) return new Failure('redirectRefused', { status });
  const redirectedTo = plainLine(target.origin, secrets);
  const address = isSameService(new URL(endpoint.imagesUrl), target) ? addressFor(target.href) : undefined;
  return new Failure('redirectRefused', { status, ...(redirectedTo && { redirectedTo }), ...(address !== undefined && { address }) });
}

function isSameService(from: URL, to: URL): boolean {
  const isSafer = from.protocol === 'http:' && to.protocol === 'https:';
  const isSameHost = from.hostname === to.hostname && to.username === '' && to.password === '' && (from.origin === to.origin || isSafer);
  return isSameHost && from.search === to.search && to.hash === '' && withoutSlash(from) === withoutSlash(to) && from.href !== to.href;
}

function withoutSlash({ pathname }: URL): string {
  return pathname.replace(/\/+$/, '');
}
