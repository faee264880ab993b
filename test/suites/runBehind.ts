// Turns a command into what it printed and how it ended, also behind the lanes: there it has only the time that they leave.
import { once } from 'node:events';
import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import { ROOT } from '../vscode/codeServer.ts';
import { startProcessGroup, yieldNoMore, yieldToOthers } from '../vscode/processGroup.ts';

export interface Ended {
  /** Null if a signal ended it. */
  readonly code: number | null;
  readonly printed: string;
}

/**
 * Runs it in the project's folder. `behind` says when the lanes are done: from then on it has as much time as any other. If
 * this machine does not give it that, it begins anew: one with more to do would leave it little. `signal` ends it.
 */
export async function runBehind(command: string, args: readonly string[], env: NodeJS.ProcessEnv, behind?: AbortSignal, signal?: AbortSignal): Promise<Ended> {
  const log = new PassThrough();
  const printed = text(log);
  const group = startProcessGroup(command, args, env, log, ROOT);
  let isBrokenOff = false;
  const hurry = (): void => {
    const { exitCode, signalCode } = group.process;
    if (exitCode !== null || signalCode !== null || yieldNoMore(group.process)) return;
    isBrokenOff = true;
    void group.stop();
  };
  if (behind?.aborted === false) {
    yieldToOthers(group.process);
    behind.addEventListener('abort', hurry);
  }
  const stop = (): void => void group.stop();
  signal?.addEventListener('abort', stop);
  const [code] = (await once(group.process, 'close')) as [number | null];
  behind?.removeEventListener('abort', hurry);
  signal?.removeEventListener('abort', stop);
  log.end();
  return isBrokenOff ? runBehind(command, args, env, undefined, signal) : { code, printed: await printed };
}
