// Owns what is about to be asked for: prompt, size, switches and count, kept over a reload.
import * as vscode from 'vscode';
import type { RequestFields } from '../../prompt/json.ts';
import { DEFAULT_SIZE, nearestSize, parseSize } from '../../prompt/size.ts';
import type { Draft as DraftValue } from '../../protocol/snapshot.ts';
import { PREFIX } from './ids.ts';
import type { Memory, StoredDraft } from './memory.ts';
import { offeredSizes, readSetting, sizesInOrder } from './settings.ts';

/** What the file of an image holds beyond the draft. A stranger may have written it, so nothing of it is sent until a person ticks it. */
export interface DraftExtras {
  /** The prompt that they came with; with another one they are not offered. */
  prompt: string;
  model: string;
  fields: RequestFields;
  isTaken: boolean;
}

export interface DraftParts {
  memory: Memory;
  /** The document or folder whose settings hold, at each moment. */
  scope: () => vscode.ConfigurationScope | undefined;
  changed: () => void;
}

export class Draft implements vscode.Disposable {
  readonly #parts: DraftParts;
  readonly #listener: vscode.Disposable;
  #stored: StoredDraft;
  #revision: number;
  #extras: DraftExtras | undefined;

  constructor(parts: DraftParts) {
    this.#parts = parts;
    this.#stored = parts.memory.draft;
    // A page that outlives its host must see that this draft is not an older one.
    this.#revision = parts.memory.draftRevision + 1;
    this.#listener = vscode.workspace.onDidChangeConfiguration((event) => {
      if (event.affectsConfiguration(PREFIX)) this.#followSettings((name) => event.affectsConfiguration(`${PREFIX}.${name}`));
    });
  }

  get revision(): number {
    return this.#revision;
  }

  get value(): DraftValue {
    const { prompt, size, count, promptExtend, watermark } = this.#stored;
    const scope = this.#parts.scope();
    return {
      prompt,
      count,
      size: size ?? sizesInOrder(this.#parts.memory.lastSize, scope)[0] ?? DEFAULT_SIZE,
      promptExtend: promptExtend ?? readSetting('promptExtend', scope),
      watermark: watermark ?? readSetting('watermark', scope),
    };
  }

  /** What is offered beside the draft; undefined once its prompt is another one. */
  get extras(): DraftExtras | undefined {
    return this.#extrasOf(this.#stored.prompt);
  }

  /** Takes the draft that the page holds; an older one than is known here is dropped. */
  take(revision: number, value: DraftValue): void {
    if (revision < this.#revision) return;
    const before = this.value;
    this.#revision = revision;
    this.#store({
      ...this.#stored,
      prompt: value.prompt,
      // What is no size is not taken: the page offers none such, and none can be sent.
      ...(parseSize(value.size) && { size: value.size }),
      count: value.count,
      ...(value.promptExtend === before.promptExtend ? {} : { promptExtend: value.promptExtend }),
      ...(value.watermark === before.watermark ? {} : { watermark: value.watermark }),
    });
  }

  /** Puts something into the draft on the person's behalf, such as the prompt of a selection. */
  change(change: Partial<DraftValue>): void {
    this.#revision++;
    this.#store({ ...this.#stored, ...change });
  }

  offerExtras(extras: Omit<DraftExtras, 'isTaken'>): void {
    this.#extras = { ...extras, isTaken: false };
    this.#parts.changed();
  }

  takeExtras(isTaken: boolean): void {
    if (!this.#extras) return;
    this.#extras = { ...this.#extras, isTaken };
    this.#parts.changed();
  }

  /** Model and extra fields that a person wants with this prompt. */
  extrasFor(prompt: string): DraftExtras | undefined {
    const extras = this.#extrasOf(prompt);
    return extras?.isTaken ? extras : undefined;
  }

  dispose(): void {
    this.#listener.dispose();
  }

  #extrasOf(prompt: string): DraftExtras | undefined {
    return this.#extras?.prompt.trim() === prompt.trim() ? this.#extras : undefined;
  }

  /** A setting that was just changed says what is wanted now; an older choice in the panel, or in an image, does not. */
  #followSettings(affects: (name: string) => boolean): void {
    const { promptExtend, watermark, ...rest } = this.#stored;
    if (affects('model') || affects('requestFields')) this.#extras = undefined;
    this.#revision++;
    this.#store({
      ...rest,
      ...(affects('sizes') && { size: this.#offered() }),
      ...(promptExtend === undefined || affects('promptExtend') ? {} : { promptExtend }),
      ...(watermark === undefined || affects('watermark') ? {} : { watermark }),
    });
  }

  /** The size chosen, or the nearest in shape of those that are offered now: another service may not know it. */
  #offered(): string {
    const { size } = this.value;
    const sizes = offeredSizes(this.#parts.scope());
    const wanted = parseSize(size);
    const offered = sizes.includes(size) || !wanted ? size : (nearestSize(wanted, sizes) ?? size);
    if (offered !== size) this.#parts.memory.setLastSize(offered);
    return offered;
  }

  #store(stored: StoredDraft): void {
    this.#stored = stored;
    this.#parts.memory.setDraft(stored, this.#revision);
    this.#parts.changed();
  }
}
