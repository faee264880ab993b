// Turns a script of package.json into checks: each command between its `&&` is one, and passes if it exits with 0.
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import { ROOT } from '../vscode/codeServer.ts';
import { startProcessGroup, yieldToOthers } from '../vscode/processGroup.ts';
import { runChecks, type Suite } from './suite.ts';

/** What it printed if it failed. */
async function runCommand(command: string, isBackground: boolean): Promise<string | undefined> {
  const env = { ...process.env, PATH: join(ROOT, 'node_modules', '.bin') + delimiter + (process.env['PATH'] ?? '') };
  const log = new PassThrough();
  const printed = text(log);
  const { process: child } = startProcessGroup('sh', ['-c', command], env, log);
  if (isBackground) yieldToOthers(child);
  const [code] = (await once(child, 'close')) as [number | null];
  log.end();
  return code === 0 ? undefined : (await printed).trim() || `It ended with ${code}.`;
}

/** A suite of the commands that `npm run <script>` would run. */
export function commandSuite(name: string, script: string, { isBackground = false } = {}): Suite {
  const { scripts } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { scripts: Record<string, string> };
  const commands = (scripts[script] ?? '').split('&&').map((command) => command.trim());
  return { name, works: () => commands.map((title) => ({ title, isBackground, run: () => runChecks([{ title, find: () => runCommand(title, isBackground) }]) })) };
}
