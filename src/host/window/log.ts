// Writes the log channel, with every secret that is known cut out first.
import type * as vscode from 'vscode';
import { describeError } from '../../jobs/asFailure.ts';
import { redact } from '../../request/failures/redact.ts';

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

  /** What an unforeseen error says may hold a prompt, or a file name made of one: that is at trace level only. */
  error(text: string, error?: unknown): void {
    this.#channel.error(this.#clean(error === undefined ? text : `${text}: ${stackOf(error)}`));
    if (error !== undefined) this.trace(`${text}: ${messageOf(error)}`);
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

/** Name, code and stack of an error and its causes, without what they say. */
function stackOf(error: unknown): string {
  return `${describeError(error)}${causeOf(error, stackOf)}`;
}

function messageOf(error: unknown): string {
  return `${error instanceof Error ? error.message : String(error)}${causeOf(error, messageOf)}`;
}

function causeOf(error: unknown, describe: (cause: unknown) => string): string {
  return error instanceof Error && error.cause !== undefined ? ` ← ${describe(error.cause)}` : '';
}
