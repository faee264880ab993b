// Takes up what windows that died left unfinished: downloads what is known, completes what is there, reports the rest.
import type { Files } from '../history/files.ts';
import type { History } from '../history/history.ts';
import { imageIdOf } from '../history/imageId.ts';
import { MOST_TRIES, recipeFrom, type JournalFile } from '../history/journal.ts';
import type { Journals } from '../history/journals.ts';
import type { ImageRecord } from '../history/record.ts';
import { claimUnfinished, removeLeftovers, type IsAlive } from '../history/recovery.ts';
import type { ImageRequest } from '../prompt/imageRequest.ts';
import { describeError } from './asFailure.ts';
import type { Job } from './job.ts';
import type { JobQueue } from './queue.ts';

export interface RecoveryParts {
  queue: JobQueue;
  journals: Journals;
  history: History;
  files: Files;
  /** `Liveness.isAlive`. */
  isAlive: IsAlive;
  /** Wall clock in milliseconds. */
  now: () => number;
  log?: (message: string) => void;
}

/** A job that was only sent: it may have been billed, and nothing of it is known. */
export interface LostJob {
  id: string;
  request: ImageRequest;
  /** Wall clock, when it was sent. */
  startedMs: number;
}

export interface Recovery {
  kept: ImageRecord[];
  lost: LostJob[];
  /** Paid and not downloaded, or the link expired meanwhile: they are in the queue's list, with their failure. */
  failed: Job[];
  /** To be called once a person was told of `lost`; until then each start reports it. Never rejects. */
  acknowledge(): Promise<void>;
}

/**
 * Takes a while if something is downloaded. What living windows work on is left alone, so it may be called at any
 * time and by several windows at once. Never rejects: what cannot be read stays where it lies, and is logged.
 */
export async function recover(parts: RecoveryParts): Promise<Recovery> {
  const { queue, journals, files, isAlive, now } = parts;
  const log = (message: string, cause?: unknown): void => parts.log?.(cause === undefined ? message : `${message} ${describeError(cause)}`);
  const remove = (file: JournalFile): Promise<void> =>
    journals.remove(file).catch((error: unknown) => log('A journal could not be removed.', error));
  const found: Found = { kept: [], lost: [], resumed: [], held: [], done: [] };
  try {
    const { claimed, unreadable } = await claimUnfinished(journals, isAlive, now());
    if (unreadable.length > 0) log(`Journals that cannot be read: ${unreadable.join(', ')}`);
    for (const file of claimed) {
      await takeUp(file, parts, found, log).catch(async (error: unknown) => {
        log('An unfinished job could not be taken up.', error);
        // Kept by a window that lives and does nothing with it, it would be nobody's.
        await journals.release(file).catch((cause: unknown) => log('A journal could not be given back.', cause));
      });
    }
  } catch (error) {
    log('Unfinished jobs could not be looked for.', error);
  }
  for (const file of found.done) await remove(file);
  const jobs = [...found.resumed.map((file) => queue.resume(file)), ...found.held.map((file) => queue.resume(file, true))];
  const failed: Job[] = [];
  for (const job of jobs) {
    const state = await job.ended;
    if (state.phase === 'kept' || state.phase === 'failed') found.kept.push(...state.images);
    if (state.phase !== 'kept') failed.push(job);
  }
  await removeLeftovers(files, isAlive, now()).catch((error: unknown) => log('Half-written files could not be removed.', error));
  return {
    kept: found.kept,
    lost: found.lost.map(({ journal }) => ({ id: journal.id, request: journal.request, startedMs: journal.startedMs })),
    failed,
    async acknowledge() {
      for (const file of found.lost) await remove(file);
    },
  };
}

interface Found {
  kept: ImageRecord[];
  /** Journals of jobs that may have been billed, with nothing to show for it. */
  lost: JournalFile[];
  /** Journals with a URL whose image is not here yet. */
  resumed: JournalFile[];
  /** The same, but its image ended the windows that read it: it waits until a person asks for it. */
  held: JournalFile[];
  /** Journals that nobody needs any more. */
  done: JournalFile[];
}

async function takeUp(file: JournalFile, { history, journals }: RecoveryParts, found: Found, log: (message: string, cause: unknown) => void): Promise<void> {
  const { journal } = file;
  const tries = journal.tries ?? 0;
  if (tries >= MOST_TRIES && journal.items.some(({ kept, url }) => !kept && url !== undefined)) {
    found.held.push(file);
    return;
  }
  // Counted before the first image is read; a disk that cannot count is no reason to leave a paid image alone.
  await journals.update(file, { tries: tries + 1 }).catch((error: unknown) => log('A try could not be counted.', error));
  // A single image that came in the answer itself is not noted before it is written.
  const items = journal.phase === 'sent' ? [{ imageId: imageIdOf(journal.id, 0), kept: false }] : journal.items;
  const completed = [];
  for (const item of items) {
    const record = item.kept ? undefined : await history.complete(item.imageId, recipeFrom(journal, item, journal.answerMs ?? 0));
    if (record) found.kept.push(record);
    completed.push({ ...item, kept: item.kept || record !== undefined });
  }
  const missing = completed.filter(({ kept }) => !kept);
  if (missing.length === 0) found.done.push(file);
  else if (missing.some((item) => 'url' in item)) {
    if (missing.length < items.length) await journals.update(file, { items: completed });
    found.resumed.push(file);
  } else found.lost.push(file);
}
