// Reads a response's body under a deadline and a size limit.
import type { Deadline } from './deadline.ts';
import type { FetchResponse } from './fetch.ts';
import type { ByteGatherer } from './gatherBytes.ts';

/** No answer and no image may be larger, in bytes, neither on the wire nor unpacked. */
export const LARGEST_BODY = 128 * 1024 * 1024;

/**
 * Adds the body to `into`, chunk by chunk, and calls `onChunk` after each. Throws `Ended` when the deadline ends,
 * `TooLarge` at the limit, and whatever the transport throws when the connection breaks. The caller closes the deadline.
 */
export async function readBody(response: FetchResponse, into: ByteGatherer, deadline: Deadline, onChunk?: () => void): Promise<void> {
  const chunks = response.body?.[Symbol.asyncIterator]();
  if (!chunks) return;
  for (;;) {
    const next = await deadline.wait(chunks.next());
    if (next.done) return;
    into.add(next.value);
    onChunk?.();
  }
}

/**
 * The number of bytes the body must have by its headers, or undefined: nothing was said, or the body was packed, so
 * that what is received is not what was counted.
 */
export function announcedLength(response: FetchResponse): number | undefined {
  const text = response.headers.get('content-length')?.trim() ?? '';
  return isPacked(response) || !/^\d{1,15}$/.test(text) ? undefined : Number(text);
}

export function isPacked(response: FetchResponse): boolean {
  return !/^\s*(identity\s*)?$/i.test(response.headers.get('content-encoding') ?? '');
}
