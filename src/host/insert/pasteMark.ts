// Writes and reads the short line that stands for a kept image on the clipboard.
import { parseImageId } from '../../history/imageId.ts';

const MARK = /^generate-image:(\S{1,100})$/;

export function writeMark(imageId: string): string {
  return `generate-image:${imageId}`;
}

/** The image that a clipboard text stands for; undefined for any other text. */
export function readMark(text: string): string | undefined {
  const id = MARK.exec(text.trim())?.[1];
  return id !== undefined && parseImageId(id) ? id : undefined;
}
