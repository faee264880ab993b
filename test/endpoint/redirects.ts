// Turns a planned redirect into its Location, and answers the stations on the way.
import type { IncomingMessage } from 'node:http';
import type { Exchange } from './exchange.ts';
import type { State } from './state.ts';
import type { RedirectStep } from './steps.ts';

/** The Location header for one request. */
export function leadAway(request: IncomingMessage, state: State, { to, hops = 1 }: RedirectStep): string {
  const here = new URL(request.url ?? '/', `${new URL(state.filesUrl).protocol}//${request.headers.host ?? 'localhost'}`);
  const elsewhere = new URL('/elsewhere', state.filesUrl);
  switch (to) {
    case 'self':
      return here.href;
    case 'loop':
      return new URL('/hop/loop', elsewhere).href;
    case 'otherOrigin':
      return elsewhere.href;
    case 'otherHost':
      elsewhere.hostname = here.hostname === 'localhost' ? '127.0.0.1' : 'localhost';
      return elsewhere.href;
    case 'http':
    case 'https':
      return here.href.replace(/^https?:/, `${to}:`);
    case 'file':
      return 'file:///etc/hostname';
    case 'result':
      // The last station must not meet the plan again, so the way back says that it was led there.
      return hops <= 1 ? `${here.href}&led=1` : new URL(`/hop/${hops - 1}?to=${encodeURIComponent(`${here.href}&led=1`)}`, here).href;
    default:
      return to;
  }
}

/** Answers `/hop/<n>?to=<url>` with a redirect to the station before it, and `/hop/loop` with one to itself. */
export async function answerHop(exchange: Exchange, path: URL): Promise<void> {
  const station = path.pathname.slice('/hop/'.length);
  const left = Number(station) - 1;
  const target = path.searchParams.get('to') ?? '';
  const onward = station === 'loop' ? '/hop/loop' : left < 1 ? target : `/hop/${left}?to=${encodeURIComponent(target)}`;
  await exchange.send({ status: 302, headers: { location: onward }, body: Buffer.alloc(0) });
}
