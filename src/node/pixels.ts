// Turns images into JPEGs away from the thread that every extension shares.
import type { Jpeg } from '../image/thumbnail.ts';
import type { Pixels } from '../host/platform.ts';
import { WorkThread } from './workThread.ts';

export interface PixelsQuestion {
  kind: 'thumbnail' | 'jpeg';
  bytes: Uint8Array;
}

/** One image at a time, in the order of asking. */
export class ThreadPixels implements Pixels {
  readonly #thread: WorkThread<PixelsQuestion, Jpeg | undefined>;

  /** @param workerPath the bundle of `pixelsWorker.ts` */
  constructor(workerPath: string) {
    this.#thread = new WorkThread(workerPath);
  }

  /** A JPEG of at most 320 pixels a side; undefined for an image that cannot be decoded. Rejects when the thread dies. */
  thumbnail(bytes: Uint8Array): Promise<Jpeg | undefined> {
    return this.#ask('thumbnail', bytes);
  }

  /** The image as a JPEG of the same size; undefined for one that cannot be decoded. Rejects when the thread dies. */
  jpeg(bytes: Uint8Array): Promise<Jpeg | undefined> {
    return this.#ask('jpeg', bytes);
  }

  /** Ends the thread; what was asked for and not answered is rejected. */
  dispose(): void {
    this.#thread.dispose();
  }

  #ask(kind: PixelsQuestion['kind'], bytes: Uint8Array): Promise<Jpeg | undefined> {
    // The caller goes on using its bytes, and a view would be sent with the whole buffer behind it.
    const own = new Uint8Array(bytes);
    return this.#thread.ask({ kind, bytes: own }, [own.buffer]);
  }
}
