// Keeps what should be there after a reload: the draft, the last size, recent prompts and this window's newest image.
import type * as vscode from 'vscode';
import * as v from 'valibot';
import { AGENTS_CONNECTED, DRAFT, IMAGE_COPIED_MS } from './ids.ts';

const draftSchema = v.object({
  prompt: v.string(),
  size: v.optional(v.string()),
  count: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(8)),
  /** Only if the person chose other than the setting. */
  promptExtend: v.optional(v.boolean()),
  watermark: v.optional(v.boolean()),
});

export type StoredDraft = v.InferOutput<typeof draftSchema>;

const RECENT_PROMPTS = 50;

export class Memory {
  readonly #workspace: vscode.Memento;
  readonly #global: vscode.Memento;

  constructor(workspace: vscode.Memento, global: vscode.Memento) {
    this.#workspace = workspace;
    this.#global = global;
  }

  get draft(): StoredDraft {
    return v.parse(v.fallback(draftSchema, { prompt: '', count: 1 }), this.#workspace.get(DRAFT));
  }

  get draftRevision(): number {
    return v.parse(v.fallback(v.number(), 0), this.#workspace.get('draftRevision'));
  }

  setDraft(draft: StoredDraft, revision: number): void {
    void this.#workspace.update(DRAFT, draft);
    void this.#workspace.update('draftRevision', revision);
  }

  /** Size of the last request that was made from this workspace. */
  get lastSize(): string | undefined {
    return v.parse(v.fallback(v.optional(v.string()), undefined), this.#workspace.get('lastSize'));
  }

  /** Prompts that were asked for, newest first. */
  get recentPrompts(): string[] {
    return v.parse(v.fallback(v.array(v.string()), []), this.#global.get('recentPrompts'));
  }

  rememberRequest(prompt: string, size: string): void {
    const prompts = [prompt, ...this.recentPrompts.filter((other) => other !== prompt)].slice(0, RECENT_PROMPTS);
    void this.#global.update('recentPrompts', prompts);
    this.setLastSize(size);
  }

  setLastSize(size: string): void {
    void this.#workspace.update('lastSize', size);
  }

  /** This window's newest image. */
  get newestImageId(): string | undefined {
    return v.parse(v.fallback(v.optional(v.string()), undefined), this.#workspace.get('newestImage'));
  }

  setNewestImageId(id: string): void {
    void this.#workspace.update('newestImage', id);
  }

  /** Whether a person lets agents beside VS Code in, by having connected one in whatever window. */
  get agentsConnected(): boolean {
    return this.#global.get(AGENTS_CONNECTED) === true;
  }

  setAgentsConnected(areConnected: boolean): void {
    void this.#global.update(AGENTS_CONNECTED, areConnected);
  }

  /** For every window; undefined once something else is on the clipboard. */
  setImageCopiedMs(timeMs: number | undefined): void {
    void this.#global.update(IMAGE_COPIED_MS, timeMs);
  }

  /** How the panel inserts in this workspace, as it was stored. */
  get insertChoice(): unknown {
    return this.#workspace.get('insertChoice');
  }

  setInsertChoice(choice: object): void {
    void this.#workspace.update('insertChoice', choice);
  }

  /** What is told or asked once in a lifetime. */
  wasTold(what: 'recipeInFile' | 'historyLimit'): boolean {
    return this.#global.get(`told.${what}`) === true;
  }

  setTold(what: 'recipeInFile' | 'historyLimit'): void {
    void this.#global.update(`told.${what}`, true);
  }

  /** What is told once in each workspace. */
  wasToldHere(what: 'heavyFile'): boolean {
    return this.#workspace.get(`told.${what}`) === true;
  }

  setToldHere(what: 'heavyFile'): void {
    void this.#workspace.update(`told.${what}`, true);
  }
}
