// Stands in for events, disposables and cancellation.
import type * as vscode from 'vscode';

/** Runs its function at the first `dispose`. */
export class Disposable implements vscode.Disposable {
  #end: (() => unknown) | undefined;

  constructor(end: () => unknown) {
    this.#end = end;
  }

  static from(...all: { dispose: () => unknown }[]): Disposable {
    return new Disposable(() => all.forEach((each) => each.dispose()));
  }

  dispose(): void {
    const end = this.#end;
    this.#end = undefined;
    end?.();
  }

  [Symbol.dispose](): void {
    this.dispose();
  }
}

/** Calls its listeners in their order; one that throws keeps nothing from the others, and is told of at the end of the turn. */
export class EventEmitter<T> implements vscode.EventEmitter<T> {
  readonly #listeners = new Set<{ call: (event: T) => unknown }>();
  #isDisposed = false;

  readonly event: vscode.Event<T> = (listener, thisArgs?: unknown, disposables?: vscode.Disposable[]) => {
    const entry = { call: (event: T): unknown => listener.call(thisArgs, event) as unknown };
    if (!this.#isDisposed) this.#listeners.add(entry);
    const disposable = new Disposable(() => this.#listeners.delete(entry));
    disposables?.push(disposable);
    return disposable;
  };

  fire(event: T): void {
    for (const entry of [...this.#listeners]) {
      try {
        if (this.#listeners.has(entry)) entry.call(event);
      } catch (error) {
        queueMicrotask(() => {
          throw error;
        });
      }
    }
  }

  dispose(): void {
    this.#isDisposed = true;
    this.#listeners.clear();
  }
}

/** What a person's own cancel is thrown as. */
export class CancellationError extends Error implements vscode.CancellationError {
  override readonly name = 'Canceled';

  constructor() {
    super('Canceled');
  }
}

/** Hands out a token and cancels it. */
export class CancellationTokenSource implements vscode.CancellationTokenSource {
  readonly #cancelled = new EventEmitter<undefined>();
  readonly token = { isCancellationRequested: false, onCancellationRequested: this.#cancelled.event as vscode.Event<unknown> };

  cancel(): void {
    if (this.token.isCancellationRequested) return;
    this.token.isCancellationRequested = true;
    this.#cancelled.fire(undefined);
  }

  dispose(): void {
    this.#cancelled.dispose();
  }
}
