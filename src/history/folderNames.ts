// Names the folders of the history, below the extension's own storage.

/** Images, and beside each its recipe. */
export const IMAGES = 'images';
export const THUMBNAILS = 'thumbnails';
/** Journals of jobs that were sent and are not kept yet. */
export const UNFINISHED = 'unfinished';
/** What was deleted and may still be taken back. */
export const TRASH = 'trash';

/** Path of an image's file under the history folder, with `/`: `images/<id>.png`. */
export function imagePath({ file }: { readonly file: { readonly name: string } }): string {
  return `${IMAGES}/${file.name}`;
}
