// Remembers how the panel inserts, and finds out what an image would weigh in each format.
import * as v from 'valibot';
import { type InsertChoice, insertChoiceSchema } from '../../protocol/snapshot.ts';
import { fileSettings, type ImageFiles } from '../history/imageFiles.ts';
import type { KeptImages } from '../history/keptImages.ts';
import type { Memory } from '../window/memory.ts';
import { Refusal } from '../window/refusal.ts';
import { readSetting } from '../window/settings.ts';
import { homeOf } from './documentHome.ts';
import { linkLanguage } from './findPlaces.ts';
import { namedEnding } from './imageTarget.ts';
import type { FileChoice } from './insertImages.ts';
import type { LastEditor } from './lastEditor.ts';

export interface Weights {
  imageId: string;
  webpBytes?: number;
  jpegBytes?: number;
}

export interface InsertAsParts {
  memory: Memory;
  files: ImageFiles;
  kept: KeptImages;
  lastEditor: Pick<LastEditor, 'get' | 'scope'>;
  /** What the page draws changed. */
  changed: () => void;
}

const BY_SETTINGS: InsertChoice = { format: 'settings' };

export class InsertAs {
  readonly #parts: InsertAsParts;
  #weights: Weights | undefined;
  /** What the weights hold for: the image, where it would go, and the settings there. */
  #basis: string | undefined;

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

  /**
   * What the file would weigh in the document that an insertion goes to. Each weight is told as soon as it is known. An
   * image that would not get a format there is left without.
   */
  async weigh(imageId: string): Promise<void> {
    const { files, kept, lastEditor, changed } = this.#parts;
    const record = await kept.record(imageId);
    if (!record) return;
    const document = (await lastEditor.get())?.document;
    const home = document && homeOf(document);
    const scope = document ?? lastEditor.scope();
    const place = document && home && { languageId: linkLanguage(document), ending: namedEnding(record, home, document) };
    const basis = JSON.stringify([imageId, place, fileSettings(scope), readSetting('embedRecipe', scope)]);
    if (this.#basis === basis) return;
    this.#basis = basis;
    this.#weights = { imageId };
    changed();
    for (const format of ['webp', 'jpeg'] as const) {
      try {
        const { bytes, type } = await files.prepare({ record, scope, ...place, choice: { format } });
        if (this.#basis !== basis) return;
        if (type === format) this.#weights = { ...this.#weights, [`${format}Bytes`]: bytes.length };
        changed();
      } catch (error) {
        // An image that cannot be converted is told so when it is inserted.
        if (error instanceof Refusal) continue;
        if (this.#basis === basis) this.#basis = undefined;
        throw error;
      }
    }
  }
}
