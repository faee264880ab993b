// Turns simple shapes into RGB pixels with soft edges, and the pixels into PNG scanlines.

export type Colour = readonly [red: number, green: number, blue: number];

/** `amount` 0 is `from`, 1 is `to`. */
export function mix(from: Colour, to: Colour, amount: number): Colour {
  const share = Math.min(1, Math.max(0, amount));
  return [from[0] + (to[0] - from[0]) * share, from[1] + (to[1] - from[1]) * share, from[2] + (to[2] - from[2]) * share];
}

/** `#rrggbb` as a colour. */
export function hex(text: string): Colour {
  const value = Number.parseInt(text.slice(1), 16);
  return [value >> 16, (value >> 8) & 255, value & 255];
}

export class Canvas {
  readonly widthPx: number;
  readonly heightPx: number;
  readonly #rgb: Uint8ClampedArray;

  constructor(widthPx: number, heightPx: number) {
    this.widthPx = widthPx;
    this.heightPx = heightPx;
    this.#rgb = new Uint8ClampedArray(widthPx * heightPx * 3);
  }

  /** Lays `colour` over one pixel; `cover` from 0 (nothing) to 1 (fully). Outside the canvas nothing happens. */
  blend(x: number, y: number, colour: Colour, cover: number): void {
    if (cover <= 0 || x < 0 || y < 0 || x >= this.widthPx || y >= this.heightPx) return;
    const red = colour[0];
    const green = colour[1];
    const blue = colour[2];
    const at = (y * this.widthPx + x) * 3;
    const rgb = this.#rgb;
    if (cover >= 1) {
      rgb[at] = red;
      rgb[at + 1] = green;
      rgb[at + 2] = blue;
      return;
    }
    rgb[at] = (rgb[at] ?? 0) * (1 - cover) + red * cover;
    rgb[at + 1] = (rgb[at + 1] ?? 0) * (1 - cover) + green * cover;
    rgb[at + 2] = (rgb[at + 2] ?? 0) * (1 - cover) + blue * cover;
  }

  /** One even row. */
  fillRow(y: number, colour: Colour): void {
    if (y < 0 || y >= this.heightPx) return;
    const row = this.#rgb.subarray(y * this.widthPx * 3, (y + 1) * this.widthPx * 3);
    row.set(colour);
    for (let filled = 3; filled < row.length; filled *= 2) row.copyWithin(filled, 0, filled);
  }

  /** Lays a horizontal bar from `left` to `right` (fractions soften its ends) over row `y`. */
  span(y: number, left: number, right: number, colour: Colour, cover = 1): void {
    const first = Math.max(0, Math.floor(left));
    const last = Math.min(this.widthPx - 1, Math.ceil(right) - 1);
    for (let x = first; x <= last; x++) {
      this.blend(x, y, colour, cover * Math.min(1, x + 1 - left, right - x));
    }
  }

  /** Calls `cover(dx, dy)` for every pixel of a box around a centre and blends by what it says. */
  stamp(centre: { x: number; y: number }, reach: { x: number; y: number }, colour: Colour, cover: (dx: number, dy: number) => number): void {
    const bottom = Math.min(this.heightPx - 1, Math.ceil(centre.y + reach.y));
    const right = Math.min(this.widthPx - 1, Math.ceil(centre.x + reach.x));
    for (let y = Math.max(0, Math.floor(centre.y - reach.y)); y <= bottom; y++) {
      for (let x = Math.max(0, Math.floor(centre.x - reach.x)); x <= right; x++) {
        this.blend(x, y, colour, cover(x - centre.x, y - centre.y));
      }
    }
  }

  /** Rows for `encodePng`, each filtered by its left neighbour, which suits wide even areas. */
  scanlines(): Buffer {
    const rowBytes = this.widthPx * 3;
    const rows = Buffer.alloc((rowBytes + 1) * this.heightPx);
    for (let y = 0; y < this.heightPx; y++) {
      const to = y * (rowBytes + 1);
      const from = y * rowBytes;
      rows[to] = 1;
      for (let i = 0; i < rowBytes; i++) {
        rows[to + 1 + i] = (this.#rgb[from + i] ?? 0) - (i >= 3 ? (this.#rgb[from + i - 3] ?? 0) : 0);
      }
    }
    return rows;
  }
}
