// Decides before each request of a job whether it may be sent, and counts those that are sent once more.
import type { Job } from '../../jobs/job.ts';
import type { WindowState } from '../window/windowState.ts';
import type { Permission } from './permission.ts';

/** The first was allowed when the job was asked for; of what nobody clicked for, each further one is its asker's too. */
export async function mayPost({ source, askedBy }: Job, post: number, permission: Permission, state: WindowState): Promise<boolean> {
  if (post === 1) return true;
  if (source === 'code' && !(await permission.takeAnother(askedBy ?? { kind: 'extension' }))) return false;
  state.countAsked(1);
  return true;
}
