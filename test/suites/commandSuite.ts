// Turns a script of package.json into checks: each command between its `&&` is one, and passes if it exits with 0.
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import { ROOT } from '../vscode/codeServer.ts';
import { startProcessGroup, yieldToOthers } from '../vscode/processGroup.ts';
import { runChecks, type Suite } from './suite.ts';

const SHELL = process.platform === 'win32' ? { name: 'cmd', flag: '/c' } : { name: 'sh', flag: '-c' };

/** What it printed if it failed. Behind the lanes it has only the time that they leave; if they are done before it, it begins anew and takes what it needs: a machine with more to do would leave it none. */
async function runCommand(command: string, behind?: AbortSignal): Promise<string | undefined> {
  const env = { ...process.env, PATH: join(ROOT, 'node_modules', '.bin') + delimiter + (process.env['PATH'] ?? '') };
  const log = new PassThrough();
  const printed = text(log);
  const group = startProcessGroup(SHELL.name, [SHELL.flag, command], env, log, ROOT);
  let isBrokenOff = false;
  const breakOff = (): void => {
    isBrokenOff = true;
    void group.stop();
  };
  if (behind?.aborted === false) {
    yieldToOthers(group.process);
    behind.addEventListener('abort', breakOff);
  }
  const [code] = (await once(group.process, 'close')) as [number | null];
  behind?.removeEventListener('abort', breakOff);
  log.end();
  if (isBrokenOff) return runCommand(command);
  return code === 0 ? undefined : (await printed).trim() || `It ended with ${code}.`;
}

/** A suite of the commands that `npm run <script>` would run. */
export function commandSuite(name: string, script: string, { isBackground = false } = {}): Suite {
  const { scripts } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { scripts: Record<string, string> };
  const commands = (scripts[script] ?? '').split('&&').map((command) => command.trim());
  return { name, works: () => commands.map((title) => ({ title, isBackground, run: ({ behind }) => runChecks([{ title, find: () => runCommand(title, behind) }]) })) };
}
