// Turns pixels upright, as an EXIF orientation says.
import { swapsSides } from '../exif.ts';
import type { Pixels } from './pixels.ts';

/** @param orientation 1 to 8; the same pixels come back for 1 */
export function turnUpright(pixels: Pixels, orientation: number): Pixels {
  if (orientation === 1) return pixels;
  const { widthPx, heightPx, rgba } = pixels;
  const [newWidth, newHeight] = swapsSides(orientation) ? [heightPx, widthPx] : [widthPx, heightPx];
  const turned = new Uint8Array(rgba.length);
  const [from, to] = [new Uint32Array(rgba.buffer, rgba.byteOffset, widthPx * heightPx), new Uint32Array(turned.buffer)];
  const [right, bottom] = [widthPx - 1, heightPx - 1];
  for (let y = 0, at = 0; y < newHeight; y++) {
    for (let x = 0; x < newWidth; x++, at++) {
      const [oldX, oldY] = swapsSides(orientation) ? [y, x] : [x, y];
      const isMirroredX = orientation === 2 || orientation === 3 || orientation === 7 || orientation === 8;
      const isMirroredY = orientation === 3 || orientation === 4 || orientation === 6 || orientation === 7;
      to[at] = from[(isMirroredY ? bottom - oldY : oldY) * widthPx + (isMirroredX ? right - oldX : oldX)] ?? 0;
    }
  }
  return { ...pixels, widthPx: newWidth, heightPx: newHeight, rgba: turned };
}
