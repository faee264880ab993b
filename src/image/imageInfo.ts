// Tells an image's type and pixel size from its bytes, never from a name or a header.

export type ImageType = 'png' | 'jpeg' | 'webp' | 'gif' | 'avif';

export interface ImageInfo {
  type: ImageType;
  widthPx: number;
  heightPx: number;
}
