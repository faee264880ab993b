// Holds which cells a grid has, where its keys lead, and which failures share one note.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { cellsOf, columnsOf, moveInGrid } from '../../../../src/panel/group/cells.ts';
import { shareFailures } from '../../../../src/panel/jobs/sharedFailures.ts';
import type { Snapshot, SnapshotImage, SnapshotJob } from '../../../../src/protocol/snapshot.ts';

type Parts = Pick<Snapshot, 'jobs' | 'group' | 'current'>;

const queued = { phase: 'queued' } as const;
const refused = { phase: 'failed', sentence: 'refused the API key', actions: [{ id: 'setApiKey', label: 'Set API Key' }] } as const;
const job = (id: string, state: object = queued, part: Partial<SnapshotJob> = {}): SnapshotJob => ({ id, prompt: 'p', size: '1x1', state: state as SnapshotJob['state'], ...part });
const image = (id: string): SnapshotImage => ({ id }) as SnapshotImage;
const group = (...members: (string | [string, string])[]): Snapshot['group'] => ({
  id: 'g', members: members.map((member) => (typeof member === 'string' ? { jobId: member } : { jobId: member[0], image: image(member[1]) })),
});
const always = (): boolean => true;
const cells = (parts: Partial<Parts>, foldedId?: string, isDue = always): string[] =>
  cellsOf({ jobs: [], group: null, current: null, ...parts }, foldedId, isDue).map(({ key, job: one, image: its }) => `${key}${one ? ` ${one.state.phase}` : ''}${its ? ` =${its.id}` : ''}`);

describe('the cells', () => {
  it('are the members in their order, whatever became of each', () => {
    assert.deepEqual(cells({ group: group(['a', 'A'], 'b', 'c', 'd'), jobs: [job('b'), job('c', refused)] }), ['a =A', 'b queued', 'c failed', 'd']);
  });

  it('take others under way along, but leave one alone its own line', () => {
    assert.deepEqual(cells({ group: group(['a', 'A'], 'b'), jobs: [job('b'), job('x')] }), ['a =A', 'b queued', 'x queued']);
    assert.deepEqual(cells({ group: group(['a', 'A'], ['b', 'B']), jobs: [job('x')] }), ['a =A', 'b =B']);
    assert.deepEqual(cells({ group: group(['a', 'A'], ['b', 'B']), jobs: [job('x'), job('y')] }).length, 4);
  });

  it('keep the image in front in reach of jobs that belong to no group; one job needs no grid', () => {
    assert.deepEqual(cells({ jobs: [job('x'), job('y')], current: image('I') }), ['I =I', 'x queued', 'y queued']);
    assert.deepEqual(cells({ jobs: [job('x')], current: image('I') }), []);
  });

  it('are none for a group that was put aside, or that has only begun', () => {
    assert.deepEqual(cells({ group: group(['a', 'A'], ['b', 'B']) }, 'g'), []);
    assert.deepEqual(cells({ group: group('a', 'b'), jobs: [job('a'), job('b')] }, undefined, () => false), []);
  });

  it('are none once nothing can come of it any more', () => {
    assert.deepEqual(cells({ group: group('a', 'b'), jobs: [job('a', refused), job('b', refused)], current: image('I') }), []);
  });

  it('stand two by two for four, and keys lead through them', () => {
    assert.deepEqual([1, 2, 4, 5, 8, 12].map(columnsOf), [1, 2, 2, 3, 3, 4]);
    const from = (place: number, key: string): number | undefined => moveInGrid(place, key, 4);
    assert.deepEqual([from(0, 'ArrowRight'), from(0, 'ArrowDown'), from(3, 'ArrowUp'), from(3, 'ArrowRight'), from(1, 'Home'), from(1, 'End')], [1, 2, 1, 3, 0, 3]);
    assert.deepEqual([from(0, '3'), from(0, '5'), from(0, 'x')], [2, undefined, undefined]);
  });
});

describe('failures', () => {
  const notes = (parts: Partial<Parts>): string[] => shareFailures({ jobs: [], group: null, ...parts }).map(({ jobs, of }) => `${jobs.map(({ id }) => id).join('')}/${of}`);

  it('of the same sentence and buttons are one, counted against all that were asked for with them', () => {
    const jobs = [job('a', refused), job('b', refused), job('c', { ...refused, sentence: 'other' }), job('d')];
    assert.deepEqual(notes({ jobs, group: group('a', 'b', 'c', 'd') }), ['ab/4', 'c/4']);
    assert.deepEqual(notes({ jobs }), ['ab/2', 'c/1']);
  });

  it('are told apart once one of them can be tried again, and cancels always are', () => {
    assert.deepEqual(notes({ jobs: [job('a', refused), job('b', refused, { mended: true })] }), ['a/1', 'b/1']);
    const cancelled = { phase: 'cancelled', sentence: 'Cancelled.', actions: [] };
    assert.deepEqual(notes({ jobs: [job('a', cancelled), job('b', cancelled)] }), ['a/1', 'b/1']);
  });
});
