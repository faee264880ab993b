// Owns what the panel shows besides jobs and history: the draft, the image in front, the notice and the range drawn.
import * as vscode from 'vscode';
import type { RequestFields } from '../../prompt/json.ts';
import { DEFAULT_SIZE } from '../../prompt/size.ts';
import type { Draft, SnapshotAction } from '../../protocol/snapshot.ts';
import { PREFIX } from './ids.ts';
import type { Memory, StoredDraft } from './memory.ts';
import { readSetting, sizesInOrder } from './settings.ts';

export interface HistoryQuery {
  offset: number;
  count: number;
  query: string;
  starredOnly: boolean;
}

export interface Notice {
  id: number;
  text: string;
  actions: SnapshotAction[];
  run: (action: string) => void;
}

/** What a recipe holds beyond the draft; it belongs to the prompt that it came with. */
export interface DraftExtras {
  prompt: string;
  model: string;
  fields: RequestFields;
}

export class PanelState implements vscode.Disposable {
  readonly #memory: Memory;
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #listener: vscode.Disposable;
  readonly onDidChange = this.#changed.event;
  #draft: StoredDraft;
  #draftRevision: number;
  #currentImageId: string | undefined;
  #notice: Notice | undefined;
  #noticeId = 0;
  #askedCount = 0;
  #doneCount = 0;
  #extras: DraftExtras | undefined;
  #range: HistoryQuery = { offset: 0, count: 60, query: '', starredOnly: false };

  constructor(memory: Memory) {
    this.#memory = memory;
    this.#draft = memory.draft;
    // A page that outlives its host must see that this draft is not an older one.
    this.#draftRevision = memory.draftRevision + 1;
    this.#currentImageId = memory.newestImageId;
    this.#listener = vscode.workspace.onDidChangeConfiguration((event) => {
      if (!event.affectsConfiguration(PREFIX)) return;
      // A setting that was just changed says what is wanted now; an older choice in the panel does not.
      const { promptExtend, watermark, ...rest } = this.#draft;
      this.#draft = {
        ...rest,
        ...(promptExtend === undefined || event.affectsConfiguration(`${PREFIX}.promptExtend`) ? {} : { promptExtend }),
        ...(watermark === undefined || event.affectsConfiguration(`${PREFIX}.watermark`) ? {} : { watermark }),
      };
      this.#draftRevision++;
      this.#changed.fire();
    });
  }

  get draft(): { revision: number; value: Draft } {
    const { prompt, size, count, promptExtend, watermark } = this.#draft;
    return {
      revision: this.#draftRevision,
      value: {
        prompt,
        count,
        size: size ?? sizesInOrder(this.#memory.lastSize)[0] ?? DEFAULT_SIZE,
        promptExtend: promptExtend ?? readSetting('promptExtend'),
        watermark: watermark ?? readSetting('watermark'),
      },
    };
  }

  get currentImageId(): string | undefined {
    return this.#currentImageId;
  }

  get notice(): Notice | undefined {
    return this.#notice;
  }

  /** Images that this window asked for. */
  get askedCount(): number {
    return this.#askedCount;
  }

  get range(): HistoryQuery {
    return this.#range;
  }

  /** Takes the draft that the page holds; an older one than is known here is dropped. */
  takeDraft(revision: number, value: Draft): void {
    if (revision < this.#draftRevision) return;
    const before = this.draft.value;
    this.#draftRevision = revision;
    this.#store({
      ...this.#draft,
      prompt: value.prompt,
      size: value.size,
      count: value.count,
      ...(value.promptExtend === before.promptExtend ? {} : { promptExtend: value.promptExtend }),
      ...(value.watermark === before.watermark ? {} : { watermark: value.watermark }),
    });
  }

  /** Puts something into the draft on the person's behalf, such as the prompt of a selection. */
  changeDraft(change: Partial<Draft>): void {
    this.#draftRevision++;
    this.#store({ ...this.#draft, ...change });
  }

  /** Model and extra fields that the next request takes over, as long as its prompt is this one. */
  setExtras(extras: DraftExtras): void {
    this.#extras = extras;
  }

  extrasFor(prompt: string): DraftExtras | undefined {
    return this.#extras?.prompt.trim() === prompt.trim() ? this.#extras : undefined;
  }

  setRange(range: HistoryQuery): void {
    this.#range = range;
    this.#changed.fire();
  }

  showImage(id: string | undefined): void {
    this.#currentImageId = id;
    this.#changed.fire();
  }

  /** Jobs that ended with their image kept. */
  get doneCount(): number {
    return this.#doneCount;
  }

  countDone(): void {
    this.#doneCount++;
    this.#changed.fire();
  }

  countAsked(images: number): void {
    this.#askedCount += images;
    this.#changed.fire();
  }

  tell(text: string, actions: SnapshotAction[] = [], run: (action: string) => void = () => undefined): void {
    this.#notice = { id: ++this.#noticeId, text, actions, run };
    this.#changed.fire();
  }

  clearNotice(id?: number): void {
    if (id !== undefined && this.#notice?.id !== id) return;
    this.#notice = undefined;
    this.#changed.fire();
  }

  /** Something that a snapshot is made of changed elsewhere. */
  touch(): void {
    this.#changed.fire();
  }

  dispose(): void {
    this.#listener.dispose();
    this.#changed.dispose();
  }

  #store(draft: StoredDraft): void {
    this.#draft = draft;
    this.#memory.setDraft(draft, this.#draftRevision);
    this.#changed.fire();
  }
}
