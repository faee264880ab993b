// Writes the log channel, with every secret that is known cut out first.
import type * as vscode from 'vscode';
import { redact } from '../request/redact.ts';

export class Log {
  readonly #channel: vscode.LogOutputChannel;
  readonly #secrets = new Set<string>();

  constructor(channel: vscode.LogOutputChannel) {
    this.#channel = channel;
  }

  /** From now on this text is cut out of every line. */
  hide(secret: string): void {
    this.#secrets.add(secret);
  }

  info(text: string): void {
    this.#channel.info(this.#clean(text));
  }

  warn(text: string): void {
    this.#channel.warn(this.#clean(text));
  }

  error(text: string, error?: unknown): void {
    this.#channel.error(this.#clean(error === undefined ? text : `${text}: ${describeError(error)}`));
  }

  /** For what holds a prompt: seen only by someone who turned the trace level on. */
  trace(text: string): void {
    this.#channel.trace(this.#clean(text));
  }

  show(): void {
    this.#channel.show(true);
  }

  #clean(text: string): string {
    return redact(text, [...this.#secrets]);
  }
}

/** An error and its causes as text for the log. */
function describeError(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const code = 'code' in error && typeof error.code === 'string' ? ` [${error.code}]` : '';
  const cause = error.cause === undefined ? '' : ` ← ${describeError(error.cause)}`;
  return `${error.stack ?? error.message}${code}${cause}`;
}
