// Finds the extension hosts of one VS Code among the processes of this machine, and ends them.
import { readdirSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { VsCode } from './server.ts';

/** Process ids of this VS Code's extension hosts; its home folder tells them from those of others. None without /proc. */
export function extensionHosts({ userDataDir }: Pick<VsCode, 'userDataDir'>): number[] {
  if (process.platform !== 'linux') return [];
  const home = `HOME=${dirname(userDataDir)}/home`;
  return readdirSync('/proc').filter((name) => /^\d+$/.test(name)).filter((pid) => {
    try {
      const isHost = readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('--type=extensionHost');
      return isHost && readFileSync(`/proc/${pid}/environ`, 'utf8').split('\0').includes(home);
    } catch {
      return false;
    }
  }).map(Number);
}

/** Kills them by their ids and resolves when they are gone. A server that lost its windows keeps them for hours else. */
export async function endExtensionHosts(vscode: Pick<VsCode, 'userDataDir'>): Promise<void> {
  for (let hosts = extensionHosts(vscode); hosts.length > 0; hosts = extensionHosts(vscode)) {
    for (const pid of hosts) {
      try {
        process.kill(pid, 'SIGKILL');
      } catch {
        // It went by itself.
      }
    }
    await sleep(20);
  }
}
