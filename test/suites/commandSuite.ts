// Turns a script of package.json into checks: each command between its `&&` is one, and passes where it exits with 0.
import { exec } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { ROOT } from '../vscode/codeServer.ts';
import { runChecks, type Suite } from './suite.ts';

function runCommand(command: string): Promise<string | undefined> {
  const env = { ...process.env, PATH: join(ROOT, 'node_modules', '.bin') + delimiter + (process.env['PATH'] ?? '') };
  return new Promise((resolve) => {
    exec(command, { cwd: ROOT, env, maxBuffer: 16 * 1024 * 1024 }, (error, stdout, stderr) => {
      resolve(error === null ? undefined : `${stdout}${stderr}`.trim() || error.message);
    });
  });
}

/** A suite of the commands that `npm run <script>` would run. */
export function commandSuite(name: string, script: string): Suite {
  const { scripts } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { scripts: Record<string, string> };
  const commands = (scripts[script] ?? '').split('&&').map((command) => command.trim());
  return { name, works: () => commands.map((title) => ({ title, run: () => runChecks([{ title, find: () => runCommand(title) }]) })) };
}
