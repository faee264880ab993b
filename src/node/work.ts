// Has images turned into JPEGs and links found on threads of their own, away from the one that every extension shares.
import type { LinkFinder, Pixels } from '../host/platform.ts';
import type { Jpeg } from '../image/thumbnail.ts';
import { type ImageLink, type ImageLinkLanguage, mayHoldLinks } from '../missing/imageLink.ts';
import { WorkThread } from './workThread.ts';

/** What a work thread is asked; `worker.ts` answers it. */
export type Question =
  | { kind: 'thumbnail' | 'jpeg'; bytes: Uint8Array }
  | { kind: 'links'; text: string; language: ImageLinkLanguage };

/** One image at a time, in the order of asking. @param workerPath the bundle of `worker.ts` */
export function createPixels(workerPath: string): Pixels {
  const thread = new WorkThread<Question, Jpeg | undefined>(workerPath);
  const ask = (kind: 'thumbnail' | 'jpeg', bytes: Uint8Array): Promise<Jpeg | undefined> => {
    // The caller goes on using its bytes, and a view would be sent with the whole buffer behind it.
    const own = new Uint8Array(bytes);
    return thread.ask({ kind, bytes: own }, [own.buffer]);
  };
  return {
    thumbnail: (bytes) => ask('thumbnail', bytes),
    jpeg: (bytes) => ask('jpeg', bytes),
    dispose: () => thread.dispose(),
  };
}

/** On another thread than the images, which take longer than somebody who types waits. @param workerPath the bundle of `worker.ts` */
export function createLinkFinder(workerPath: string): LinkFinder {
  const thread = new WorkThread<Question, ImageLink[]>(workerPath);
  return {
    find: async (text, language) => (mayHoldLinks(text) ? thread.ask({ kind: 'links', text, language }) : []),
    dispose: () => thread.dispose(),
  };
}
