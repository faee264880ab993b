// Turns an image into the small JPEG that a model looks at.
import type { AnswerPart } from '../../agents/mcpServer.ts';
import type { Pixels } from '../platform.ts';

/** Longest side in pixels and quality, the best first: the first copy that is light enough is taken. */
const TRIES: readonly (readonly [maxSidePx: number, quality: number])[] = [[512, 75], [512, 50], [384, 50], [256, 40]];
const MOST_BYTES = 60_000;

/** At most 512 pixels and 60 kB; undefined if the image cannot be decoded. */
export async function smallCopy(bytes: Uint8Array, pixels: Pixels): Promise<AnswerPart | undefined> {
  for (const [maxSidePx, quality] of TRIES) {
    const copy = await pixels.thumbnail(bytes, { maxSidePx, quality }).catch(() => undefined);
    if (!copy) return undefined;
    if (copy.jpeg.length <= MOST_BYTES) return { type: 'image', data: toBase64(copy.jpeg), mimeType: 'image/jpeg' };
  }
  return undefined;
}

function toBase64(bytes: Uint8Array): string {
  let text = '';
  for (let start = 0; start < bytes.length; start += 0x8000) text += String.fromCharCode(...bytes.subarray(start, start + 0x8000));
  return btoa(text);
}
