// Turns the samples of a JPEG's components into pixels: brought to one size, then into red, green and blue.
import type { JpegComponent, JpegFrame } from './jpegFrame.ts';

/** What the samples mean; CMYK of Adobe is stored inverted, and browsers take every CMYK for that. */
export type JpegColours = 'grey' | 'rgb' | 'ycc' | 'cmyk' | 'ycck';

/** @param adobeTransform the last byte of Adobe's APP14 segment; undefined without one */
export function coloursOf({ components }: JpegFrame, adobeTransform: number | undefined, hasJfif: boolean): JpegColours {
  if (components.length === 1) return 'grey';
  if (components.length === 4) return adobeTransform === 2 ? 'ycck' : 'cmyk';
  if (hasJfif) return 'ycc';
  if (adobeTransform !== undefined) return adobeTransform === 0 ? 'rgb' : 'ycc';
  return components.map(({ id }) => String.fromCharCode(id)).join('') === 'RGB' ? 'rgb' : 'ycc';
}

/** Four bytes a pixel, opaque. */
export function paintJpeg(frame: JpegFrame, colours: JpegColours): Uint8Array {
  const { widthPx, heightPx, components } = frame;
  const rgba = new Uint8Array(widthPx * heightPx * 4);
  const readers = components.map((component) => rowReader(component, frame));
  const rows = components.map(() => new Uint8Array(widthPx + 16));
  const [first = new Uint8Array(0), second = first, third = first, fourth = first] = rows;
  for (let y = 0; y < heightPx; y++) {
    for (let index = 0; index < readers.length; index++) readers[index]!(y, rows[index]!);
    for (let x = 0, to = y * widthPx * 4; x < widthPx; x++, to += 4) {
      let [red, green, blue] = [first[x]!, second[x]!, third[x]!];
      if (colours === 'ycc' || colours === 'ycck') {
        const [y1, cb, cr] = [red, green - 128, blue - 128];
        red = clamp(y1 + ((91881 * cr + 32768) >> 16));
        green = clamp(y1 + ((-22554 * cb - 46802 * cr + 32768) >> 16));
        blue = clamp(y1 + ((116130 * cb + 32768) >> 16));
      }
      if (colours === 'ycck') [red, green, blue] = [255 - red, 255 - green, 255 - blue];
      if (colours === 'ycck' || colours === 'cmyk') {
        const black = fourth[x]!;
        [red, green, blue] = [Math.round((red * black) / 255), Math.round((green * black) / 255), Math.round((blue * black) / 255)];
      }
      rgba[to] = red;
      rgba[to + 1] = green;
      rgba[to + 2] = blue;
      rgba[to + 3] = 255;
    }
  }
  return rgba;
}

function clamp(value: number): number {
  return value < 0 ? 0 : value > 255 ? 255 : value;
}

/** What writes a row of the image's own size: halved components are smoothed as libjpeg does, others repeated. */
function rowReader(component: JpegComponent, { mostAcross, mostDown }: JpegFrame): (y: number, out: Uint8Array) => void {
  const { across, down, widthPx, heightPx } = component;
  const [wide, tall] = [mostAcross / across, mostDown / down];
  const copy = (row: number, out: Uint16Array | Uint8Array): void => copyRow(component, Math.min(heightPx - 1, Math.max(0, row)), out);
  if (wide === 1 && tall === 1) return copy;
  const isSmooth = wide <= 2 && tall <= 2 && Number.isInteger(wide) && Number.isInteger(tall) && (wide === 1 || widthPx > 2);
  const near = new Uint16Array(widthPx + 8);
  if (!isSmooth) {
    return (y, out) => {
      copy(Math.floor(y / tall), near);
      for (let x = 0; x < out.length; x++) out[x] = near[Math.min(widthPx - 1, Math.floor(x / wide))]!;
    };
  }
  const far = new Uint16Array(widthPx + 8);
  return (y, out) => {
    const row = tall === 1 ? y : y >> 1;
    copy(row, near);
    if (tall === 2) {
      copy(row + (y % 2 === 0 ? -1 : 1), far);
      for (let x = 0; x < widthPx; x++) near[x] = near[x]! * 3 + far[x]!;
    }
    if (wide === 1) {
      const bias = y % 2 === 0 ? 1 : 2;
      for (let x = 0; x < widthPx; x++) out[x] = (near[x]! + bias) >> 2;
      return;
    }
    // Three parts of the nearer sample, one of the further; the rounding alternates.
    const [bits, even, odd] = tall === 2 ? [4, 8, 7] : [2, 1, 2];
    const last = widthPx - 1;
    for (let x = 0; x <= last; x++) {
      const value = near[x]! * 3;
      out[2 * x] = x === 0 ? (near[x]! * 4 + even) >> bits : (value + near[x - 1]! + even) >> bits;
      out[2 * x + 1] = x === last ? (near[x]! * 4 + odd) >> bits : (value + near[x + 1]! + odd) >> bits;
    }
  };
}

function copyRow({ blocks, blocksPerRow, widthPx }: JpegComponent, y: number, out: Uint16Array | Uint8Array): void {
  let from = ((y >> 3) * blocksPerRow) * 64 + (y & 7) * 8;
  for (let x = 0; x < widthPx; x += 8, from += 64) for (let index = 0; index < 8; index++) out[x + index] = blocks[from + index]!;
}
