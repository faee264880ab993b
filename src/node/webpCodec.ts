// Loads libwebp, compiled to WebAssembly, when an image needs it first.
import createDecoder from '@jsquash/webp/codec/dec/webp_dec.js';
import createEncoder from '@jsquash/webp/codec/enc/webp_enc_simd.js';
import { defaultOptions } from '@jsquash/webp/meta.js';
import { initEmscriptenModule } from '@jsquash/webp/utils.js';
import type { WebpCodec } from '../image/pixels/webpPixels.ts';

/** Node has it, its types do not. */
declare const WebAssembly: { compile(bytes: Uint8Array): Promise<never> };

/** What is used of the two modules; their own types lean on those of browsers. */
interface Encoder {
  encode(rgba: Uint8Array, widthPx: number, heightPx: number, options: object): Uint8Array | null;
}

interface Decoder {
  decode(webp: Uint8Array): ImageDataStandIn | null;
}

/** The decoder makes one of these, as browsers have it. */
class ImageDataStandIn {
  readonly data: Uint8ClampedArray;
  readonly width: number;
  readonly height: number;

  constructor(data: Uint8ClampedArray, width: number, height: number) {
    [this.data, this.width, this.height] = [data, width, height];
  }
}

export type CodecPart = 'webpEncoder' | 'webpDecoder';

/** @param load the WebAssembly of a part, asked for once */
export function createWebpCodec(load: (part: CodecPart) => Promise<Uint8Array>): WebpCodec {
  if (!('ImageData' in globalThis)) Object.defineProperty(globalThis, 'ImageData', { value: ImageDataStandIn, configurable: true });
  const encoder = once(async () => (await initEmscriptenModule(createEncoder, await WebAssembly.compile(await load('webpEncoder')))) as unknown as Encoder);
  const decoder = once(async () => (await initEmscriptenModule(createDecoder, await WebAssembly.compile(await load('webpDecoder')))) as unknown as Decoder);
  return {
    async decode(webp) {
      const image = (await decoder()).decode(webp);
      if (!image) return undefined;
      const { data, width, height } = image;
      return { widthPx: width, heightPx: height, rgba: new Uint8Array(data.buffer, data.byteOffset, data.byteLength) };
    },
    async encode({ widthPx, heightPx, rgba }, quality) {
      const webp = (await encoder()).encode(rgba, widthPx, heightPx, { ...defaultOptions, quality });
      if (!webp) throw new Error(`libwebp could not encode ${widthPx}x${heightPx} pixels.`);
      return webp;
    },
  };
}

/** What failed once is tried again the next time. */
function once<Value>(make: () => Promise<Value>): () => Promise<Value> {
  let made: Promise<Value> | undefined;
  return () => (made ??= make().catch((error: unknown) => {
    made = undefined;
    throw error;
  }));
}
