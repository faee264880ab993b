// Turns the names in `images/` into images: which ids are there, and which of their two files.
import { parseImageId } from './imageId.ts';

const FILE_NAME = /^([^.]+)\.(png|jpg|webp|gif|avif|json)$/;

export interface ImageNames {
  id: string;
  /** Absent if only the recipe stayed. */
  imageName?: string;
  /** Absent if only the image is there. */
  recordName?: string;
}

/** Images newest first. What is not ours is passed over. */
export function groupByImage(names: readonly string[]): ImageNames[] {
  const images = new Map<string, ImageNames>();
  for (const name of names) {
    const [, id, ending] = FILE_NAME.exec(name) ?? [];
    if (!id || !parseImageId(id)) continue;
    const image = images.get(id) ?? { id };
    if (ending === 'json') image.recordName = name;
    else image.imageName = name;
    images.set(id, image);
  }
  return [...images.values()].sort((a, b) => (a.id < b.id ? 1 : -1));
}

/** Names that the image of an id may have. */
export function possibleNames(id: string): string[] {
  return ['png', 'jpg', 'webp', 'gif', 'avif'].map((ending) => `${id}.${ending}`);
}
