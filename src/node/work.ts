// Has images turned into files and links found on threads of their own, away from the one that every extension shares.
import type { LinkFinder, Pixels } from '../host/platform.ts';
import type { FileWish, MadeFile, MakeProblem } from '../image/makeFile.ts';
import type { PromptFromImage } from '../image/readPrompt.ts';
import type { Jpeg } from '../image/thumbnail.ts';
import { type ImageLink, type ImageLinkLanguage, mayHoldLinks } from '../missing/imageLink.ts';
import { WorkThread } from './workThread.ts';

/** What a work thread is asked; `worker.ts` answers it. */
export type Question =
  | { kind: 'thumbnail'; bytes: Uint8Array; maxSidePx: number; quality?: number }
  | { kind: 'file'; bytes: Uint8Array; wish: FileWish }
  | { kind: 'prompt'; bytes: Uint8Array }
  | { kind: 'links'; text: string; language: ImageLinkLanguage };

const THUMBNAIL_SIDE_PX = 320;

/** One image at a time, in the order of asking. @param workerPath the bundle of `worker.ts` */
export function createPixels(workerPath: string): Pixels {
  const thread = new WorkThread<Question, unknown>(workerPath);
  const ask = async <Answer>(bytes: Uint8Array, questionOf: (bytes: Uint8Array) => Question): Promise<Answer> => {
    // The caller goes on using its bytes, and a view would be sent with the whole buffer behind it.
    const own = new Uint8Array(bytes);
    return (await thread.ask(questionOf(own), [own.buffer])) as Answer;
  };
  return {
    thumbnail: (image, { maxSidePx = THUMBNAIL_SIDE_PX, ...rest } = {}) => ask<Jpeg | undefined>(image, (bytes) => ({ kind: 'thumbnail', bytes, maxSidePx, ...rest })),
    file: (image, wish) => ask<MadeFile | MakeProblem>(image, (bytes) => ({ kind: 'file', bytes, wish })),
    prompt: (image) => ask<PromptFromImage | undefined>(image, (bytes) => ({ kind: 'prompt', bytes })),
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
