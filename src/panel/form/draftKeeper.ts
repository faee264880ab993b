// Keeps the draft between the person's typing and the host's copy, so that neither overwrites the other.
import type { Draft } from '../../protocol/snapshot.ts';

export interface RevisedDraft {
  revision: number;
  value: Draft;
}

export interface DraftPorts {
  post(draft: RevisedDraft): void;
  keep(draft: RevisedDraft & { unsent: boolean }): void;
  /** Runs something after a short pause; the returned function takes it back. */
  later(run: () => void): () => void;
}

/** The host owns the draft; the page counts its revision on with each change that it sends. */
export class DraftKeeper {
  readonly #ports: DraftPorts;
  #revision = 0;
  #value: Draft | undefined;
  #unsent = false;
  #typedHere = false;
  #heardFromHost = false;
  #composing = false;
  #deferred: RevisedDraft | undefined;
  #wanted: Draft | undefined;
  #forgetPost: (() => void) | undefined;

  constructor(ports: DraftPorts, kept?: RevisedDraft & { unsent: boolean }) {
    this.#ports = ports;
    if (!kept) return;
    this.#revision = kept.revision;
    this.#value = kept.value;
    this.#unsent = kept.unsent;
  }

  get value(): Draft | undefined {
    return this.#value;
  }

  /** The person changed something: kept at once, posted after a pause. `isHere` is false for what was typed before this page: a host that went on since then knows better. */
  change(part: Partial<Draft>, isHere = true): void {
    if (!this.#value) return;
    this.#value = { ...this.#value, ...part };
    this.#unsent = true;
    if (isHere) this.#typedHere = true;
    this.#keep();
    this.#forgetPost?.();
    this.#forgetPost = this.#ports.later(() => this.flush());
  }

  /** Posts what the host has not seen, without waiting for the pause to end. */
  flush(): void {
    if (!this.#unsent || !this.#value || !this.#heardFromHost) return;
    this.#ports.post(this.takeNext(this.#value));
  }

  /** The draft under a new revision, for an intent that carries it along. */
  takeNext(value: Draft): RevisedDraft {
    this.#forgetPost?.();
    this.#unsent = false;
    this.#value = value;
    this.#revision++;
    this.#keep();
    return { revision: this.#revision, value };
  }

  /** An image of this draft is wanted as soon as the host can be asked. */
  want(): void {
    this.#wanted = this.#value;
  }

  /** Once: whether an image was wanted of this very draft. Nothing is paid for that the person did not see when they pressed. */
  takeWanted(): boolean {
    const wanted = this.#wanted;
    this.#wanted = undefined;
    return wanted !== undefined && JSON.stringify(wanted) === JSON.stringify(this.#value);
  }

  /** The host's copy. True when it is taken, and the prompt box must show it. */
  receive(draft: RevisedDraft): boolean {
    const isFirst = !this.#heardFromHost;
    this.#heardFromHost = true;
    if (this.#value && this.#composing) {
      if (draft.revision > this.#revision) this.#deferred = draft;
      return false;
    }
    // What is remembered as unsent may be older than the host: VS Code writes a page's state down late, or not at all.
    // A host that started anew counts one on by itself; whatever is beyond that, it has from a later page or command.
    if (isFirst && !this.#typedHere && draft.revision > this.#revision + 1) this.#unsent = false;
    if (!this.#value || (draft.revision > this.#revision && !this.#unsent)) return this.#take(draft);
    if (this.#unsent) {
      // What was typed meanwhile wins, so the next post must count on from the host's revision.
      this.#revision = Math.max(this.#revision, draft.revision);
      if (isFirst) this.flush();
    } else if (isFirst && draft.revision < this.#revision) {
      this.#unsent = true;
      this.flush();
    }
    return false;
  }

  startComposing(): void {
    this.#composing = true;
  }

  /** True when a copy of the host, held back meanwhile, is taken now. */
  endComposing(): boolean {
    this.#composing = false;
    const deferred = this.#deferred;
    this.#deferred = undefined;
    return deferred ? this.receive(deferred) : false;
  }

  #take({ revision, value }: RevisedDraft): boolean {
    this.#revision = revision;
    this.#value = value;
    this.#keep();
    return true;
  }

  #keep(): void {
    if (this.#value) this.#ports.keep({ revision: this.#revision, value: this.#value, unsent: this.#unsent });
  }
}
