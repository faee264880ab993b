// A request that is sent once more is asked about in the name of who asked for the job, and counted only if it goes out.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { mayPost } from '../../../../src/host/jobs/mayPost.ts';
import { Permission } from '../../../../src/host/jobs/permission.ts';
import type { WindowState } from '../../../../src/host/window/windowState.ts';
import { UnattendedBudget } from '../../../../src/jobs/budget.ts';
import type { Job } from '../../../../src/jobs/job.ts';
import { resetWorld, world } from '../../../vscodeModule/world.ts';

test('each asker is named, a person is not asked, and the first request was allowed before', async () => {
  resetWorld();
  const permission = new Permission(new UnattendedBudget(() => 0));
  let counted = 0;
  const state = { countAsked: (images: number) => void (counted += images) } as unknown as WindowState;
  const may = (job: Partial<Job>, post: number): Promise<boolean> => mayPost(job as Job, post, permission, state);
  assert.deepEqual([await may({ source: 'code', askedBy: { kind: 'extension' } }, 1), await may({ source: 'person' }, 2)], [true, true]);
  assert.deepEqual([world.messages.length, counted], [0, 1]);
  const askers = [[{ kind: 'beside', name: 'Fox' }, '“Fox”'], [{ kind: 'inVsCode' }, 'An agent in VS Code'], [{ kind: 'extension' }, 'Another extension']] as const;
  for (const [askedBy, name] of askers) {
    assert.equal(await may({ source: 'code', askedBy }, 2), false);
    assert.ok(world.messages.at(-1)?.text.includes(name), name);
  }
  assert.equal(counted, 1);
  world.answer = ({ buttons }) => buttons[0];
  assert.equal(await may({ source: 'code', askedBy: askers[0][0] }, 2), true);
  assert.equal(counted, 2);
});
