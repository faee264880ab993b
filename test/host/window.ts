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

/** Asks again every 30 ms until `find` answers something; the last state of affairs is in the error. */
export async function until<Found>(what: string, find: () => Promise<Found | undefined> | Found | undefined, timeoutMs = 15_000): Promise<Found> {
  for (const end = Date.now() + timeoutMs; ; ) {
    const found = await find();
    if (found !== undefined) return found;
    if (Date.now() > end) throw new Error(`${what}: not within ${timeoutMs} ms`);
    await pause(30);
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
export async function acceptUntil<Result>(done: PromiseLike<Result>): Promise<Result> {
  let settled = false;
  const settle = (): void => void (settled = true);
  done.then(settle, settle);
  while (!settled) {
    await vscode.commands.executeCommand('workbench.action.acceptSelectedQuickOpenItem');
    await pause(30);
  }
  return done;
}
