// Carries intents to the host and snapshots from it, and keeps what must survive a reload.
import * as v from 'valibot';
import type { Intent } from '../protocol/intent.ts';
import { draftSchema, parseSnapshot, type Snapshot } from '../protocol/snapshot.ts';

interface VsCodeApi {
  postMessage(message: unknown): void;
  getState(): unknown;
  setState(state: unknown): void;
}

declare function acquireVsCodeApi(): VsCodeApi;

const keptSchema = v.object({
  /** The draft and its revision; `unsent` when the host has not seen it yet. */
  draft: v.optional(v.object({ revision: v.number(), value: draftSchema, unsent: v.boolean() })),
  /** What stood in the prompt box that the host wrote, until the page drew its own. */
  typed: v.optional(v.string()),
  /** A snapshot without jobs and images: enough to draw the form before the host answers. */
  form: v.optional(v.unknown()),
  query: v.optional(v.string(), ''),
  starredOnly: v.optional(v.boolean(), false),
  /** Whether the person wants the options open; absent until they say. */
  optionsOpen: v.optional(v.boolean()),
  /** The group of images that is dismissed to one line. */
  foldedGroup: v.optional(v.string()),
  /** Failed jobs that a screen reader was told of already. */
  saidJobs: v.optional(v.array(v.string()), []),
});

/** What the page itself keeps over a reload: the draft and what is open. */
export type Kept = v.InferOutput<typeof keptSchema>;

/** The only door between the page and the host. */
export class Bridge {
  readonly #api = acquireVsCodeApi();
  #kept: Kept;

  constructor() {
    const result = v.safeParse(keptSchema, this.#api.getState() ?? {});
    this.#kept = result.success ? result.output : { query: '', starredOnly: false, saidJobs: [] };
  }

  get kept(): Kept {
    return this.#kept;
  }

  keep(change: Partial<Kept>): void {
    this.#kept = { ...this.#kept, ...change };
    this.#api.setState(this.#kept);
  }

  post(intent: Intent): void {
    this.#api.postMessage(intent);
  }

  /** Calls back with each snapshot; other messages are dropped. */
  listen(receive: (snapshot: Snapshot) => void): void {
    window.addEventListener('message', (event) => {
      const snapshot = parseSnapshot(event.data);
      if (snapshot) receive(snapshot);
    });
  }

  /** The form as it looked last, drawn until the host answers. */
  rememberedForm(): Snapshot | undefined {
    return parseSnapshot(this.#kept.form);
  }

  rememberForm(snapshot: Snapshot): void {
    const history = { ...snapshot.history, items: [], days: [], total: 0, offset: 0 };
    this.keep({ form: { ...snapshot, jobs: [], group: null, current: null, notice: null, history } });
  }
}
