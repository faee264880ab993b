// Turns a script of package.json into checks: each command between its `&&` is one, and passes if it exits with 0.
import { readFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { ROOT } from '../vscode/codeServer.ts';
import { runBehind } from './runBehind.ts';
import { runChecks, type Suite } from './suite.ts';

const SHELL = process.platform === 'win32' ? { name: 'cmd', flag: '/c' } : { name: 'sh', flag: '-c' };

/** What it printed if it failed. */
async function runCommand(command: string, behind?: AbortSignal): Promise<string | undefined> {
  const env = { ...process.env, PATH: join(ROOT, 'node_modules', '.bin') + delimiter + (process.env['PATH'] ?? '') };
  const { code, printed } = await runBehind(SHELL.name, [SHELL.flag, command], env, behind);
  return code === 0 ? undefined : printed.trim() || `It ended with ${code}.`;
}

/** A suite of the commands that `npm run <script>` would run. */
export function commandSuite(name: string, script: string, { isBackground = false } = {}): Suite {
  const { scripts } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { scripts: Record<string, string> };
  const commands = (scripts[script] ?? '').split('&&').map((command) => command.trim());
  return { name, works: () => commands.map((title) => ({ title, isBackground, run: ({ behind }) => runChecks([{ title, find: () => runCommand(title, behind) }]) })) };
}
