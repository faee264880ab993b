// Turns a PNG or JPEG into a smaller JPEG for lists, or into a JPEG of the same size.
import { encode } from 'jpeg-js';
import { decodePixels, type Pixels } from './decodePixels.ts';
import { readImageInfo } from './imageInfo.ts';

export interface Jpeg {
  jpeg: Uint8Array;
  widthPx: number;
  heightPx: number;
}

const THUMBNAIL_QUALITY = 80;
const JPEG_QUALITY = 92;

/**
 * A JPEG whose longer side is at most `maxSidePx`, never larger than the image. Undefined where the image cannot be
 * decoded, see `decodePixels`. For a thread of its own: it works for some tenths of a second.
 */
export function makeThumbnail(bytes: Uint8Array, { maxSidePx }: { maxSidePx: number }): Jpeg | undefined {
  const pixels = decodePixels(bytes);
  return pixels && encodeJpeg(scaleDown(pixels, maxSidePx), THUMBNAIL_QUALITY);
}

/** The image as a JPEG, quality 1 to 100; one that is a JPEG already as it is. Undefined and slow as `makeThumbnail`. */
export function toJpeg(bytes: Uint8Array, quality = JPEG_QUALITY): Jpeg | undefined {
  const info = readImageInfo(bytes);
  if (info?.type === 'jpeg') return { jpeg: bytes, widthPx: info.widthPx, heightPx: info.heightPx };
  const pixels = decodePixels(bytes);
  return pixels && encodeJpeg(pixels, quality);
}

function encodeJpeg({ widthPx, heightPx, rgba }: Pixels, quality: number): Jpeg {
  const { data } = encode({ width: widthPx, height: heightPx, data: rgba }, quality) as { data: Uint8Array };
  return { jpeg: data, widthPx, heightPx };
}

/** Each new pixel is the mean of the box of old ones that it covers. */
export function scaleDown(pixels: Pixels, maxSidePx: number): Pixels {
  const scale = Math.min(1, maxSidePx / Math.max(pixels.widthPx, pixels.heightPx));
  if (scale === 1) return pixels;
  const widthPx = Math.max(1, Math.round(pixels.widthPx * scale));
  const heightPx = Math.max(1, Math.round(pixels.heightPx * scale));
  const rgba = new Uint8Array(widthPx * heightPx * 4).fill(255);
  const edge = (index: number, from: number, to: number): number => Math.floor((index * from) / to);
  for (let y = 0; y < heightPx; y++) {
    const [top, bottom] = [edge(y, pixels.heightPx, heightPx), edge(y + 1, pixels.heightPx, heightPx)];
    for (let x = 0; x < widthPx; x++) {
      const [left, right] = [edge(x, pixels.widthPx, widthPx), edge(x + 1, pixels.widthPx, widthPx)];
      let [red, green, blue] = [0, 0, 0];
      for (let row = top; row < bottom; row++) {
        const end = (row * pixels.widthPx + right) * 4;
        for (let at = (row * pixels.widthPx + left) * 4; at < end; at += 4) {
          red += pixels.rgba[at] ?? 0;
          green += pixels.rgba[at + 1] ?? 0;
          blue += pixels.rgba[at + 2] ?? 0;
        }
      }
      const count = (bottom - top) * (right - left);
      rgba.set([Math.round(red / count), Math.round(green / count), Math.round(blue / count)], (y * widthPx + x) * 4);
    }
  }
  return { widthPx, heightPx, rgba };
}
