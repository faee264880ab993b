// Finds the image links of a document away from the thread that every extension shares: a long one takes a while.
import { type ImageLink, type ImageLinkLanguage, mayHoldLinks } from '../missing/imageLink.ts';
import type { LinkFinder } from '../host/platform.ts';
import { WorkThread } from './workThread.ts';

export interface LinksQuestion {
  text: string;
  language: ImageLinkLanguage;
}

export class ThreadLinkFinder implements LinkFinder {
  readonly #thread: WorkThread<LinksQuestion, ImageLink[]>;

  /** @param workerPath the bundle of `linksWorker.ts` */
  constructor(workerPath: string) {
    this.#thread = new WorkThread(workerPath);
  }

  /** The links of `text` in order; their offsets hold for that text alone. Rejects when the thread dies. */
  async find(text: string, language: ImageLinkLanguage): Promise<ImageLink[]> {
    return mayHoldLinks(text) ? this.#thread.ask({ text, language }) : [];
  }

  /** Ends the thread; what was asked for and not answered is rejected. */
  dispose(): void {
    this.#thread.dispose();
  }
}
