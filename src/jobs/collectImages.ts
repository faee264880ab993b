// Brings every item of an answer onto the disk: downloads it if it is a URL, checks that it is an image, keeps it.
import type { History } from '../history/history.ts';
import { recipeFrom } from '../history/journal.ts';
import type { Journals } from '../history/journals.ts';
import { isComplete, readImageInfo, type ImageInfo } from '../image/imageInfo.ts';
import { LONGEST_DOWNLOAD_MS } from '../request/download/download.ts';
import type { Clock } from '../request/transport/clock.ts';
import { Failure } from '../request/failures/failure.ts';
import { asFailure } from './asFailure.ts';
import { isLinkOver, type JobEntry, type JobItem } from './jobEntry.ts';
import type { Service } from './service.ts';

export interface CollectParts {
  history: History;
  journals: Journals;
  service: Service;
  clock: Clock;
  log: (message: string, cause: unknown) => void;
}

/** Afterwards each item of `entry.items` has its record or its failure, or is as it was if the job was cancelled. */
export async function collectImages(entry: JobEntry, parts: CollectParts): Promise<void> {
  const items = entry.items ?? [];
  const startMs = parts.clock.monotonicMs();
  const noted = noteAnswer(entry, items, parts);
  /** False if the job was cancelled. */
  const tryItem = async (item: JobItem): Promise<boolean> => {
    try {
      if (!item.record) await collect(entry, item, parts, startMs);
      return true;
    } catch (error) {
      const failure = asFailure(error, 'yes');
      if (failure.reason === 'cancelled') return false;
      item.failure = item.url !== undefined && !isLinkOver(failure) && failure.reason !== 'notWritten' ? failure.with({ hasAddress: true }) : failure;
      return true;
    }
  };
  // What came in the answer itself is only in memory: all of it goes to the disk at once.
  const inHand = items.filter(({ bytes }) => bytes).map(tryItem);
  // Told once the bytes are with the system: whoever hears of it may end this process.
  if (inHand.length > 0) entry.change({ phase: 'writing' });
  await Promise.all(inHand);
  for (const item of items) if (!item.failure && !(await tryItem(item))) break;
  await noted;
  const isInPart = items.some(({ record }) => record) && items.some(({ record }) => !record);
  // This window outlived what it read, so its try counts no more.
  if (isInPart || entry.isDownloadable) await noteAnswer(entry, items, parts, 0);
}

async function collect(entry: JobEntry, item: JobItem, parts: CollectParts, startMs: number): Promise<void> {
  if (!entry.journal) throw new Error('A job is collected without its journal.');
  const { url } = item;
  const bytes = item.bytes ?? (url === undefined ? undefined : await download(entry, url, parts));
  if (!bytes) throw new Failure('noImageInAnswer');
  const info = checkImage(bytes, url !== undefined);
  const durationMs = Math.round(entry.answerMs + parts.clock.monotonicMs() - startMs);
  try {
    const { revisedPrompt } = item;
    const noteOfItem = { imageId: item.imageId, kept: false, ...(revisedPrompt !== undefined && { revisedPrompt }) };
    if (url !== undefined) entry.change({ phase: 'writing' });
    item.record = await parts.history.keep(bytes, recipeFrom(entry.journal.journal, noteOfItem, durationMs), info, item.imageId, entry.group);
    item.bytes = undefined;
  } catch (error) {
    item.bytes = bytes;
    throw new Failure('notWritten', { bytes, cause: error });
  }
}

function checkImage(bytes: Uint8Array, isDownloaded: boolean): ImageInfo {
  const info = readImageInfo(bytes);
  if (!info) throw new Failure('notAnImage', { bytes });
  // A download that lacks its end may be whole the next time; an answer comes once.
  if (!isComplete(bytes, info)) throw new Failure(isDownloaded ? 'downloadFailed' : 'notAnImage', { bytes });
  return info;
}

async function download(entry: JobEntry, url: string, { service }: CollectParts): Promise<Uint8Array> {
  if (entry.signal.aborted) throw new Failure('cancelled', { billed: 'yes' });
  entry.change({ phase: 'downloading', receivedBytes: 0, totalBytes: undefined });
  return service.download(url, entry.journal?.journal.endpoint ?? '', {
    signal: entry.signal,
    onProgress: (receivedBytes, totalBytes) => {
      if (entry.state.phase === 'downloading') entry.change({ phase: 'downloading', receivedBytes, totalBytes });
    },
  });
}

/**
 * Writes the URLs into the journal, and how many images are to come: a process that is killed from here on leaves them to
 * whoever comes after. The disk flushes them while the first download runs already. A disk that refuses is no reason to
 * stop: the image may still be got into memory. Never rejects.
 */
async function noteAnswer(entry: JobEntry, items: readonly JobItem[], { journals, clock, log }: CollectParts, tries = Math.max(1, entry.journal?.journal.tries ?? 0)): Promise<void> {
  const [first] = items;
  if (!entry.journal || (items.length === 1 && first?.url === undefined)) return;
  try {
    await journals.update(entry.journal, {
      phase: 'answered',
      answerMs: entry.answerMs,
      tries,
      busyUntilMs: clock.now() + LONGEST_DOWNLOAD_MS * items.length,
      items: items.map(({ imageId, url, holdsKey, revisedPrompt, record }) => ({
        imageId, kept: record !== undefined, ...(url !== undefined && (holdsKey ? { urlHeldKey: true } : { url })), ...(revisedPrompt !== undefined && { revisedPrompt }),
      })),
    });
  } catch (error) {
    log('The journal of an answered request could not be written.', error);
  }
}
