// Remembers how the panel inserts, and finds out what an image would weigh in each format.
import * as v from 'valibot';
import { type InsertChoice, insertChoiceSchema } from '../../protocol/snapshot.ts';
import type { ImageFiles } from '../history/imageFiles.ts';
import type { KeptImages } from '../history/keptImages.ts';
import type { Memory } from '../window/memory.ts';
import { Refusal } from '../window/refusal.ts';
import type { FileChoice } from './insertImages.ts';

export interface Weights {
  imageId: string;
  webpBytes?: number;
  jpegBytes?: number;
}

export interface InsertAsParts {
  memory: Memory;
  files: ImageFiles;
  kept: KeptImages;
  /** What the page draws changed. */
  changed: () => void;
}

const BY_SETTINGS: InsertChoice = { format: 'settings' };

export class InsertAs {
  readonly #parts: InsertAsParts;
  #weights: Weights | undefined;

  constructor(parts: InsertAsParts) {
    this.#parts = parts;
  }

  /** The one that this workspace remembers. */
  get choice(): InsertChoice {
    return v.parse(v.fallback(insertChoiceSchema, BY_SETTINGS), this.#parts.memory.insertChoice);
  }

  get weights(): Weights | undefined {
    return this.#weights;
  }

  /** What a press on Insert means; a choice that comes with it is remembered, but for the part of the image in view. */
  take(as: InsertChoice | undefined): FileChoice {
    if (as) {
      const kept = { ...as };
      delete kept.focus;
      this.#parts.memory.setInsertChoice(kept);
      this.#parts.changed();
    }
    const { format, size, focus } = as ?? this.choice;
    const plain = format === 'original' ? { maxWidthPx: 0, maxKB: 0 } : {};
    return { ...(format === 'settings' ? {} : { choice: { format, ...plain } }), ...(size ? { widthPx: size.widthPx, heightPx: size.heightPx, focus } : {}) };
  }

  /** Each weight is told as soon as it is known. An image that has none in a format is left without. */
  async weigh(imageId: string): Promise<void> {
    const { files, kept, changed } = this.#parts;
    const record = await kept.record(imageId);
    if (!record || (this.#weights?.imageId === imageId && this.#weights.webpBytes !== undefined)) return;
    this.#weights = { imageId };
    for (const format of ['webp', 'jpeg'] as const) {
      try {
        const { bytes, type } = await files.prepare({ record, scope: undefined, choice: { format }, ending: format });
        if (this.#weights?.imageId !== imageId) return;
        if (type === format) this.#weights = { ...this.#weights, [`${format}Bytes`]: bytes.length };
        changed();
      } catch (error) {
        // An image that cannot be converted is told so when it is inserted.
        if (!(error instanceof Refusal)) throw error;
      }
    }
  }
}
