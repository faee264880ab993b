// Steers and reads a stand-in that runs in another process, over its control route.
import type { KnownResult, Observed } from './control.ts';
import type { RecordedRequest } from './record.ts';
import type { Control, DownloadStep, PostStep } from './steps.ts';

export interface RemoteStandIn {
  baseUrl: string;
  plan(...steps: PostStep[]): Promise<void>;
  planDownload(...steps: DownloadStep[]): Promise<void>;
  release(count?: number): Promise<void>;
  set(control: Control): Promise<void>;
  reset(): Promise<void>;
  requests(): Promise<RecordedRequest[]>;
  results(): Promise<KnownResult[]>;
  /** The first request, past or future, that matches; rejects after `timeoutMs`. Looks every 50 ms. */
  waitFor(matches: (request: RecordedRequest) => boolean, timeoutMs: number): Promise<RecordedRequest>;
}

/** `baseUrl` is the stand-in's own. Every call rejects where it cannot be reached. */
export function steerStandIn(baseUrl: string): RemoteStandIn {
  const set = async (control: Control): Promise<void> => {
    const headers = { 'content-type': 'application/json' };
    const response = await fetch(new URL('/__control', baseUrl), { method: 'POST', headers, body: JSON.stringify(control) });
    if (!response.ok) throw new Error(`control refused: ${await response.text()}`);
  };
  const look = async <What extends keyof Observed>(what: What): Promise<Observed[What]> => {
    const response = await fetch(new URL(`/__${what}`, baseUrl));
    return ((await response.json()) as Observed)[what];
  };
  return {
    baseUrl,
    plan: (...plan) => set({ plan }),
    planDownload: (...planDownload) => set({ planDownload }),
    release: (count = 1) => set({ release: count }),
    set,
    reset: () => set({ reset: true }),
    requests: () => look('requests'),
    results: () => look('results'),
    waitFor: async (matches, timeoutMs) => {
      for (const until = Date.now() + timeoutMs; ; ) {
        const found = (await look('requests')).find(matches);
        if (found !== undefined) return found;
        if (Date.now() > until) throw new Error(`no such request within ${timeoutMs} ms`);
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
    },
  };
}
