// Reads and presses what a person sees of the window that this suite runs in; only there where a browser shows it.
import * as vscode from 'vscode';
import type { WindowStep } from '../vscode/windowControl.ts';

const url = process.env['WINDOW_URL'];

/** False in the desktop build: tests that look at the window skip themselves there. */
export const hasWindow = url !== undefined;

async function take(step: WindowStep): Promise<string[]> {
  const response = await fetch(url ?? '', { method: 'POST', body: JSON.stringify(step) });
  if (!response.ok) throw new Error(await response.text());
  return (await response.json()) as string[];
}

export const texts = (selector: string): Promise<string[]> => take({ do: 'texts', selector });
export const press = (key: string): Promise<string[]> => take({ do: 'press', key });
export const type = (text: string): Promise<string[]> => take({ do: 'type', text });

/** Each question costs the window a moment of work, so what takes long is asked about less and less often. */
const FIRST_MS = 20;
const LONGEST_MS = 250;
const nextPause = (ms: number): number => Math.min(ms * 1.5, LONGEST_MS);

/** Asks again until `find` answers something. */
export async function until<Found>(what: string, find: () => Promise<Found | undefined> | Found | undefined, timeoutMs = 15_000): Promise<Found> {
  const end = Date.now() + timeoutMs;
  for (let ms = FIRST_MS; ; ms = nextPause(ms)) {
    const found = await find();
    if (found !== undefined) return found;
    if (Date.now() > end) throw new Error(`${what}: not within ${timeoutMs} ms`);
    await pause(ms);
  }
}

export function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

/** Resolves to the notification that holds this text. VS Code shows no toasts to a suite, but lists them. */
export async function notification(pattern: RegExp): Promise<string> {
  let seen: string[] = [];
  await vscode.commands.executeCommand('notifications.showList');
  try {
    return await until(`a notification like ${pattern}`, async () => {
      seen = await texts('.notifications-center .notification-list-item-message');
      return seen.find((text) => pattern.test(text));
    });
  } catch (error) {
    throw new Error(`${String(error)}; seen: ${seen.join(' | ')}`, { cause: error });
  } finally {
    await vscode.commands.executeCommand('notifications.hideList');
  }
}

export async function clearNotifications(): Promise<void> {
  await vscode.commands.executeCommand('notifications.clearAll');
}

/** Presses Enter on whatever is asked until `done` is settled. */
export const acceptUntil = <Result>(done: PromiseLike<Result>): Promise<Result> => runUntil('workbench.action.acceptSelectedQuickOpenItem', done);

/** Leaves whatever is asked until `done` is settled. */
export const leaveUntil = <Result>(done: PromiseLike<Result>): Promise<Result> => runUntil('workbench.action.closeQuickOpen', done);

async function runUntil<Result>(command: string, done: PromiseLike<Result>): Promise<Result> {
  let settled = false;
  const settle = (): void => void (settled = true);
  const end = done.then(settle, settle);
  for (let ms = FIRST_MS; !settled; ms = nextPause(ms)) {
    await vscode.commands.executeCommand(command);
    await Promise.race([end, pause(ms)]);
  }
  return done;
}
