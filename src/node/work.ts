// Has images turned into files and links found on threads of their own, away from the one that every extension shares.
import { createHash } from 'node:crypto';
import type { LinkFinder, Pixels } from '../host/platform.ts';
import type { FileWish, MadeFile, MakeProblem } from '../image/makeFile.ts';
import type { PromptFromImage } from '../image/readPrompt.ts';
import type { Jpeg } from '../image/thumbnail.ts';
import type { ImageLinkLanguage } from '../missing/documentLanguage.ts';
import type { ImagePlace, PlaceQuestion } from '../insert/blocks/place.ts';
import { type ImageLink, mayHoldLinks } from '../missing/imageLink.ts';
import { WorkThread } from './workThread.ts';

/** What a work thread is asked; `worker.ts` answers it. */
export type Question =
  | { kind: 'thumbnail'; bytes: Uint8Array; maxSidePx: number; quality?: number }
  | { kind: 'file'; bytes: Uint8Array; wish: FileWish }
  | { kind: 'prompt'; bytes: Uint8Array }
  | { kind: 'links'; text: string; language: ImageLinkLanguage }
  | { kind: 'place'; asked: PlaceQuestion };

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

/** A long page takes two on a slow machine; what takes longer was made to. */
const LINKS_MS = 10_000;
const MOST_REMEMBERED = 100;

/** On another thread than the images, which take longer than somebody who types waits. @param workerPath the bundle of `worker.ts` */
export function createLinkFinder(workerPath: string, longestMs = LINKS_MS): LinkFinder {
  const thread = new WorkThread<Question, unknown>(workerPath, { jobMs: longestMs });
  const failed = new Map<string, unknown>();
  return {
    async find(text, language) {
      if (!mayHoldLinks(text, language)) return [];
      const name = `${language} ${createHash('sha256').update(text).digest('base64')}`;
      // A text that was given up once would be given up again, after the same time.
      if (failed.has(name)) throw failed.get(name);
      try {
        return (await thread.ask({ kind: 'links', text, language })) as ImageLink[];
      } catch (error) {
        failed.set(name, error);
        for (const oldest of failed.keys()) if (failed.size > MOST_REMEMBERED) failed.delete(oldest);
        throw error;
      }
    },
    longestMs,
    choosePlace: async (asked) => (await thread.ask({ kind: 'place', asked })) as ImagePlace,
    dispose: () => thread.dispose(),
  };
}
