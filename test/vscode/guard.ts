// Runs the command it is given in its own process group, and ends that group when the parent is gone, however it went.
import { spawn } from 'node:child_process';

const [command = '', ...args] = process.argv.slice(2);

// The parent holds the other end of this pipe; it closes also when the parent is killed.
process.stdin.on('close', () => process.kill(-process.pid, 'SIGKILL')).resume();
// A signal to the group reaches the command, too, and the guard ends after it.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => undefined);

const child = spawn(command, args, { stdio: ['ignore', 'inherit', 'inherit'] });
child.on('error', (error) => {
  console.error(String(error));
  process.exit(127);
});
child.on('exit', (code) => process.exit(code ?? 1));
