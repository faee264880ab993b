// Turns what a document itself says of its images' folder into the path that links to an image, and the folder for a new one.
import { folderOf, nameOf, relativePath, segmentsBelow } from './posixPath.ts';

/** Where a language looks for the images of a document, if that is not the document's own folder. */
export interface ImagePaths {
  /** The folder that links are counted from. */
  fromFolder: string;
  /** Where a new image goes, unless the person says where. */
  newFolder?: string | undefined;
  /** Looked through for a bare name, one after the other: LaTeX's `\graphicspath`. */
  searched?: readonly string[];
  /** A link leads nowhere but below `fromFolder`. */
  isClosed?: boolean;
  /** `fromFolder` is what the site serves at its root, so that links begin with `/`. */
  isServed?: boolean;
}

/** Undefined where no such link leads to the image. A bare name is taken only in `newFolder`, whose names nobody else has. */
export function linkWithin({ fromFolder, newFolder, searched = [], isClosed = false, isServed = false }: ImagePaths, targetPath: string): string | undefined {
  if (newFolder !== undefined && searched.includes(newFolder) && folderOf(targetPath) === newFolder) return nameOf(targetPath);
  if (isClosed && !segmentsBelow(fromFolder, targetPath)) return undefined;
  const path = relativePath(fromFolder, targetPath);
  return isServed && path !== undefined ? `/${path}` : path;
}
