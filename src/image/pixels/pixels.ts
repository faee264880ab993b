// Describes decoded pixels, and lays what is transparent over white.

export interface Pixels {
  widthPx: number;
  heightPx: number;
  /** Red, green, blue and opacity of each pixel, row by row; colours are not multiplied by the opacity. */
  rgba: Uint8Array;
  /** The ICC profile that the colours are meant in; sRGB without one. */
  profile?: Uint8Array | undefined;
}

/** Whether any pixel lets something shine through. */
export function isTransparent({ rgba }: Pixels): boolean {
  for (let at = 3; at < rgba.length; at += 4) if (rgba[at] !== 255) return true;
  return false;
}

/** Lays the pixels over white, in place. */
export function flattenOnWhite({ rgba }: Pixels): void {
  for (let at = 0; at < rgba.length; at += 4) {
    const alpha = rgba[at + 3] ?? 255;
    if (alpha === 255) continue;
    const white = 255 * (255 - alpha);
    for (let colour = at; colour < at + 3; colour++) rgba[colour] = Math.round(((rgba[colour] ?? 0) * alpha + white) / 255);
    rgba[at + 3] = 255;
  }
}
