// Turns the width and height that a document wants into the pixels that the file gets.

export interface WantedSize {
  widthPx?: number;
  heightPx?: number;
}

/**
 * Exactly the wanted size; for screens of high density twice as much, as far as the image has that many pixels. One
 * side alone stays alone: the other follows from the image's ratio.
 */
export function fileSizeFor({ widthPx, heightPx }: WantedSize, image: Required<WantedSize>, isHighDensity: boolean): WantedSize {
  const most = Math.min(widthPx === undefined ? Infinity : image.widthPx / widthPx, heightPx === undefined ? Infinity : image.heightPx / heightPx);
  const scale = isHighDensity ? Math.max(1, Math.min(2, most)) : 1;
  return {
    ...(widthPx === undefined ? {} : { widthPx: Math.round(widthPx * scale) }),
    ...(heightPx === undefined ? {} : { heightPx: Math.round(heightPx * scale) }),
  };
}
