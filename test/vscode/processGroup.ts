// Turns a command into a process group of its own that ends as a whole, by id, also when this process dies early.
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, writeFileSync } from 'node:fs';
import { constants, setPriority } from 'node:os';
import { join } from 'node:path';
import type { Writable } from 'node:stream';

/** A running command with all its children. */
export interface ProcessGroup {
  readonly process: ChildProcess;
  /** Ends the group: asks, waits three seconds, then insists. Resolves when it is gone. */
  stop(): Promise<void>;
}

function signalGroup(child: ChildProcess, signal: NodeJS.Signals): void {
  try {
    if (child.pid !== undefined) process.kill(-child.pid, signal);
  } catch {
    // No process is left in the group.
  }
}

/** Gives a group only the time that nothing else wants, from now on. */
export function yieldToOthers({ pid }: ChildProcess): void {
  if (pid === undefined) return;
  try {
    setPriority(pid, constants.priority.PRIORITY_LOW);
    // Linux may share its time between sessions first, and a group is a session: https://man7.org/linux/man-pages/man7/sched.7.html
    const session = `/proc/${pid}/autogroup`;
    if (existsSync(session)) writeFileSync(session, String(constants.priority.PRIORITY_LOW));
  } catch {
    // It has ended, or a person without rights asked twice within a tenth of a second: it goes on as all the others do.
  }
}

/** Starts `command` in a new process group led by a guard, in this folder or that of its parent; what it prints goes to `log`. */
export function startProcessGroup(command: string, args: readonly string[], env: NodeJS.ProcessEnv, log: Writable, cwd?: string): ProcessGroup {
  const guard = [join(import.meta.dirname, 'guard.ts'), command, ...args];
  const child = spawn(process.execPath, guard, { env, cwd, detached: true, stdio: ['pipe', 'pipe', 'pipe'] });
  child.stdout.pipe(log, { end: false });
  child.stderr.pipe(log, { end: false });
  return {
    process: child,
    async stop() {
      const ended = child.exitCode !== null || child.signalCode !== null;
      const gone = ended ? Promise.resolve() : once(child, 'exit');
      signalGroup(child, 'SIGTERM');
      const insist = setTimeout(() => signalGroup(child, 'SIGKILL'), 3000);
      await gone;
      clearTimeout(insist);
      // The leader is gone; what it left behind in its group goes too.
      signalGroup(child, 'SIGKILL');
    },
  };
}
