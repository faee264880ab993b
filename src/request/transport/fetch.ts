// Describes the one HTTP call that the product makes; the transport behind it is handed in.

export interface FetchResponse {
  status: number;
  headers: { get(name: string): string | null };
  /** The body as it arrives; null if there is none. */
  body: AsyncIterable<Uint8Array> | null;
}

export interface FetchInit {
  method: 'GET' | 'POST';
  headers: Record<string, string>;
  body?: string;
  /** Aborting it closes the socket, in every phase. */
  signal: AbortSignal;
  /** Redirects are never followed by the transport: each hop is judged first. */
  redirect: 'manual';
}

/**
 * A `fetch` as node-fetch and browsers have it, reduced to what is used here. Rejects with an `Error`. Its `wasOpen`, if
 * the transport watched the connection, is false if that, over https the secure one, never stood: then not one byte of
 * the request was written. Its `code` or `cause.code` is the system's (ECONNREFUSED, ENOTFOUND,
 * CERT_HAS_EXPIRED …) if there is one.
 */
export type Fetch = (url: string, init: FetchInit) => Promise<FetchResponse>;
