// "Show Log": opens the log channel.
import type { Log } from '../window/log.ts';
import type { Command } from './command.ts';

export function showLogCommand(log: Log): Command {
  return { id: 'showLog', run: () => log.show() };
}
