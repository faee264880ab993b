// Carries intents to the host and snapshots from it, and keeps what must survive a reload.
import * as v from 'valibot';
import type { Intent } from '../protocol/intent.ts';
import type { VsCodeApi } from './early.ts';
import { draftSchema, parseSnapshot, type Snapshot } from '../protocol/snapshot.ts';

const keptSchema = v.object({
  /** The draft and its revision; `unsent` when the host has not seen it yet. */
  draft: v.optional(v.object({ revision: v.number(), value: draftSchema, unsent: v.boolean() })),
  /** What stood in the prompt box that the host wrote, until the page drew its own. */
  typed: v.optional(v.object({ text: v.string(), written: v.string() })),
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
  readonly #api: VsCodeApi;
  #kept: Kept;

  constructor(api: VsCodeApi) {
    this.#api = api;
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

  /** Calls back with each snapshot, first those among what the host said `before`; other messages are dropped. */
  listen(before: readonly unknown[], receive: (snapshot: Snapshot) => void): void {
    const take = (message: unknown): void => {
      const snapshot = parseSnapshot(message);
      if (snapshot) receive(snapshot);
    };
    window.addEventListener('message', ({ data }) => take(data));
    for (const message of before) take(message);
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
