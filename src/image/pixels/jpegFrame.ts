// Turns a JPEG's frame header into the grid of blocks that its scans fill.
import { MAX_DECODED_PX } from '../imageInfo.ts';

export interface JpegComponent {
  id: number;
  /** How many samples there are for each of the frame's units, across and down: 1 to 4. */
  across: number;
  down: number;
  quantization: number;
  /** Blocks that hold the image, and those that whole units fill. */
  blocksAcross: number;
  blocksDown: number;
  blocksPerRow: number;
  widthPx: number;
  heightPx: number;
  /** 64 numbers for each block, row by row: coefficients at first, samples at last. */
  blocks: Int16Array;
}

export interface JpegFrame {
  widthPx: number;
  heightPx: number;
  isProgressive: boolean;
  components: JpegComponent[];
  mostAcross: number;
  mostDown: number;
  unitsAcross: number;
  unitsDown: number;
}

/** Baseline, extended sequential and progressive, of 8 bits, as browsers decode them; undefined for any other. */
export function readFrame(marker: number, data: Uint8Array): JpegFrame | undefined {
  const [heightPx, widthPx] = [(data[1]! << 8) | data[2]!, (data[3]! << 8) | data[4]!];
  const count = data[5] ?? 0;
  if (marker > 0xc2 || data[0] !== 8 || data.length < 6 + count * 3 || !widthPx || !heightPx || widthPx * heightPx > MAX_DECODED_PX) return undefined;
  if (count !== 1 && count !== 3 && count !== 4) return undefined;
  const read = Array.from({ length: count }, (_, index) => {
    const at = 6 + index * 3;
    return { id: data[at]!, across: data[at + 1]! >> 4, down: data[at + 1]! & 15, quantization: data[at + 2]! & 3 };
  });
  if (read.some(({ across, down }) => across < 1 || across > 4 || down < 1 || down > 4)) return undefined;
  // A lone component is not interleaved, so its units are single blocks.
  if (count === 1) for (const component of read) component.across = component.down = 1;
  const mostAcross = Math.max(...read.map(({ across }) => across));
  const mostDown = Math.max(...read.map(({ down }) => down));
  const unitsAcross = Math.ceil(widthPx / (8 * mostAcross));
  const unitsDown = Math.ceil(heightPx / (8 * mostDown));
  const components = read.map((component): JpegComponent => {
    const [across, down] = [Math.ceil((widthPx * component.across) / mostAcross), Math.ceil((heightPx * component.down) / mostDown)];
    const blocksPerRow = unitsAcross * component.across;
    return {
      ...component,
      blocksAcross: Math.ceil(across / 8),
      blocksDown: Math.ceil(down / 8),
      blocksPerRow,
      widthPx: across,
      heightPx: down,
      blocks: new Int16Array(blocksPerRow * unitsDown * component.down * 64),
    };
  });
  return { widthPx, heightPx, isProgressive: marker === 0xc2, components, mostAcross, mostDown, unitsAcross, unitsDown };
}
