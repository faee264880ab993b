// Turns a command into a process group of its own that ends as a whole, by id, also when this process dies early.
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
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

/** Linux may share its time between sessions first, and a group is a session: https://man7.org/linux/man-pages/man7/sched.7.html */
function shareOf(pid: number): string | undefined {
  const path = `/proc/${pid}/autogroup`;
  return existsSync(path) ? path : undefined;
}

/** A tenth of what others get, and all that they leave: with less, a machine with more to do would leave it none. */
const BEHIND = constants.priority.PRIORITY_BELOW_NORMAL;

/** Lets a group go on behind all others, from now on. */
export function yieldToOthers({ pid }: ChildProcess): void {
  if (pid === undefined) return;
  try {
    setPriority(pid, BEHIND);
    const share = shareOf(pid);
    if (share !== undefined) writeFileSync(share, String(BEHIND));
  } catch {
    // It has ended, or a person without rights asked twice within a tenth of a second: it goes on as all the others do.
  }
}

/** Gives a group that yielded its time back. False if this machine lets nobody do that: a person without rights may not raise a priority, but may raise a session's share. */
export function yieldNoMore({ pid }: ChildProcess): boolean {
  const share = pid === undefined ? undefined : shareOf(pid);
  try {
    if (share === undefined || readFileSync('/proc/sys/kernel/sched_autogroup_enabled', 'utf8').trim() !== '1') return false;
    writeFileSync(share, '0');
    return true;
  } catch {
    return false;
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
