// "Cancel All": cancels every job that has not ended.
import type { JobQueue } from '../../jobs/queue.ts';
import type { Command } from './command.ts';

export function cancelAllCommand(queue: JobQueue): Command {
  return { id: 'cancelAll', run: () => queue.cancelAll() };
}
