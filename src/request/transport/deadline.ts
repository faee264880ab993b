// Bounds waiting in time: one signal and one timer that end a call, whether or not the transport obeys them.
import { LONGEST_TIMER_MS, type Clock } from './clock.ts';

export type EndedBy = 'cancelled' | 'timedOut';

/** Thrown by {@link Deadline.wait}; `by` says which of the two it was. */
export class Ended extends Error {
  readonly by: EndedBy;

  constructor(by: EndedBy) {
    super(by);
    this.by = by;
  }
}

/**
 * From its making to `close()`: passes the caller's cancel on and adds a limit of its own. `close()` must be called
 * once, whatever happened; it aborts `signal`, so that a socket whose body was not read to its end is closed too.
 */
export class Deadline {
  readonly #controller = new AbortController();
  readonly #clock: Clock;
  readonly #parent: AbortSignal;
  readonly #onParentAbort = (): void => this.#end('cancelled');
  #callOff: () => void = () => undefined;
  #endedBy: EndedBy | undefined;
  // One slot instead of Promise.race: a race against a long-lived promise keeps a reaction for every chunk.
  #waiter: ((error: Ended) => void) | undefined;

  constructor(clock: Clock, ms: number, parent: AbortSignal) {
    this.#clock = clock;
    this.#parent = parent;
    if (parent.aborted) this.#end('cancelled');
    else {
      parent.addEventListener('abort', this.#onParentAbort);
      this.restart(ms);
    }
  }

  /** Handed to the transport. */
  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  /** What ended it, or undefined while it runs. */
  get endedBy(): EndedBy | undefined {
    return this.#endedBy;
  }

  /** Starts the time again from now. */
  restart(ms: number): void {
    if (this.signal.aborted) return;
    this.#callOff();
    this.#callOff = this.#clock.after(Math.min(ms, LONGEST_TIMER_MS), () => this.#end('timedOut'));
  }

  /** The promise's result, or throws `Ended` as soon as this has ended. One wait at a time. */
  wait<T>(promise: Promise<T>): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      if (this.#endedBy) reject(new Ended(this.#endedBy));
      this.#waiter = reject;
      // After an end this settles a promise that has settled already, and so handles a late rejection.
      promise.then(resolve, reject);
    });
  }

  close(): void {
    this.#release();
    this.#controller.abort();
  }

  #end(by: EndedBy): void {
    if (this.#endedBy || this.signal.aborted) return;
    this.#endedBy = by;
    this.#release();
    this.#waiter?.(new Ended(by));
    this.#controller.abort();
  }

  #release(): void {
    this.#callOff();
    this.#parent.removeEventListener('abort', this.#onParentAbort);
  }
}

/** Resolves after `ms`; throws `Ended` when the deadline ends first. */
export async function pause(clock: Clock, ms: number, deadline: Deadline): Promise<void> {
  let callOff: () => void = () => undefined;
  try {
    await deadline.wait(new Promise<void>((resolve) => (callOff = clock.after(ms, resolve))));
  } finally {
    callOff();
  }
}
