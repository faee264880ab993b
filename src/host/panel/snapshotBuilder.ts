// Turns jobs, history, draft and settings into the one snapshot that the page draws.
import * as vscode from 'vscode';
import { imagePath } from '../../history/folderNames.ts';
import type { ImageRecord } from '../../history/record.ts';
import type { Estimates } from '../../jobs/estimate.ts';
import type { Asker, Job } from '../../jobs/job.ts';
import type { JobQueue } from '../../jobs/queue.ts';
import { parseSize, ratioOf } from '../../prompt/size.ts';
import { formatPrice, priceOfImage } from '../../services/findKnown.ts';
import type { Snapshot, SnapshotImage, SnapshotJob } from '../../protocol/snapshot.ts';
import type { Connections } from '../connection/connections.ts';
import type { FailureReports } from '../failures/failureReports.ts';
import type { InsertAs } from '../insert/insertAs.ts';
import type { KeptImages } from '../history/keptImages.ts';
import { madeTogetherWith } from '../history/madeTogether.ts';
import { expectTime } from '../jobs/expectedTime.ts';
import type { MendedJobs } from '../jobs/mendedJobs.ts';
import type { Memory } from '../window/memory.ts';
import { plainText } from '../window/plainText.ts';
import type { Draft, DraftExtras } from '../window/draft.ts';
import type { AskedGroup, WindowState } from '../window/windowState.ts';
import { cancelledSentence } from '../failures/cancelledSentence.ts';
import { labelOf } from '../failures/sentences.ts';
import type { Thumbnails } from '../history/thumbnails.ts';
import { offeredSizes, readSetting } from '../window/settings.ts';

export interface SnapshotParts {
  queue: JobQueue;
  estimates: Estimates;
  mended: MendedJobs;
  history: KeptImages;
  connections: Connections;
  draft: Draft;
  state: WindowState;
  /** The document or folder whose settings the form shows. */
  scope: () => vscode.ConfigurationScope | undefined;
  memory: Memory;
  insertAs: InsertAs;
  reports: FailureReports;
  thumbnails: Thumbnails;
  /** Where a path under the history folder lies. */
  uriOf: (path: string) => vscode.Uri;
}

const RECENT_PROMPTS_SHOWN = 20;

export async function buildSnapshot(parts: SnapshotParts, toPageUri: (uri: vscode.Uri) => string, revision: number): Promise<Snapshot> {
  const { queue, estimates, history, connections, draft, state, memory } = parts;
  const toUri = (path: string): string => toPageUri(parts.uriOf(path));
  const toImage = async (record: ImageRecord): Promise<SnapshotImage> => {
    const thumbnail = await parts.thumbnails.pathFor(record);
    return { ...imageOf(record, toUri), ...(thumbnail === undefined ? {} : { thumbnailUri: toUri(thumbnail) }) };
  };
  await state.restoreGroup((imageId) => groupOf(imageId, history));
  // Disk and secrets take a moment to answer, and the page tells one snapshot from the next: all that changes when a job
  // ends is of one and the same moment.
  const { range, currentImageId, group, askedCount, doneCount, notice } = state;
  const jobs = queue.jobs.flatMap((job) => jobOf(job, parts));
  const drawn = await history.draw(range);
  const recordOf = (id: string | undefined): Promise<ImageRecord | undefined> => (id === undefined ? Promise.resolve(undefined) : history.record(id).catch(() => undefined));
  // A window that made nothing yet, or whose image is gone, shows the newest there is.
  const currentRecord = (await recordOf(currentImageId)) ?? (await recordOf(drawn.newestId));
  const members = await Promise.all((group?.members ?? []).map(({ jobId, imageIds }) => membersOf(jobId, imageIds, recordOf)));
  const needsSetUp = await connections.needsSetUp();
  const model = readSetting('model');
  const endpoint = connections.endpoint()?.origin ?? '';
  const scope = parts.scope();
  const sizes = offeredSizes(scope);
  const { extras } = draft;
  return {
    type: 'snapshot',
    revision,
    nowMs: Date.now(),
    needsSetUp,
    draft: { revision: draft.revision, value: draft.value },
    extras: extras ? { text: describeExtras(extras), taken: extras.isTaken } : null,
    ...serviceOf(connections, model),
    sizes: sizes.map((value) => ({ value, ratio: ratioText(value) })),
    maxPromptCharacters: readSetting('maxPromptCharacters'),
    styles: readSetting('styles', scope),
    recentPrompts: memory.recentPrompts.slice(0, RECENT_PROMPTS_SHOWN),
    estimates: sizes.flatMap((size) => [true, false].flatMap((promptExtend) => {
      const time = expectTime(estimates, { endpoint, model, size, promptExtend });
      return time ? [{ size, promptExtend, ...time }] : [];
    })),
    concurrency: readSetting('concurrency'),
    jobs,
    group: group && members.flat().length > 1 && members.flat().some(({ jobId, record }) => record ?? jobs.some(({ id }) => id === jobId))
      ? { id: group.id, members: members.flat().map(({ jobId, record }) => ({ jobId, ...(record && { image: imageOf(record, toUri) }) })) }
      : null,
    current: currentRecord ? imageOf(currentRecord, toUri) : null,
    insertAs: { choice: parts.insertAs.choice, weights: parts.insertAs.weights },
    askedCount,
    doneCount,
    notice: notice ? { id: notice.id, text: notice.text, actions: notice.actions } : null,
    history: {
      revision: drawn.revision,
      total: drawn.total,
      keptTotal: drawn.keptTotal,
      sizeBytes: drawn.sizeBytes,
      days: drawn.days,
      query: range.query,
      starredOnly: range.starredOnly,
      offset: drawn.offset,
      items: await Promise.all(drawn.records.map(toImage)),
    },
  };
}

function serviceOf(connections: Connections, model: string): Pick<Snapshot, 'service'> {
  const host = connections.endpoint()?.host;
  if (host === undefined) return {};
  const price = priceOfImage(host, model);
  return { service: { model, host, ...(price && { price: { text: formatPrice(price), read: price.read } }) } };
}

/** Each image stands for the job that it came of. */
async function groupOf(imageId: string, history: KeptImages): Promise<AskedGroup | undefined> {
  const together = await madeTogetherWith(imageId, history);
  return together && { id: together.group, members: together.imageIds.map((id) => ({ jobId: id, imageIds: [id] })) };
}

/** One for each image of a job, none if the person deleted it; one without an image while there is none yet. */
async function membersOf(jobId: string, imageIds: readonly string[], recordOf: (id: string) => Promise<ImageRecord | undefined>): Promise<{ jobId: string; record?: ImageRecord }[]> {
  if (imageIds.length === 0) return [{ jobId }];
  const records = await Promise.all(imageIds.map(recordOf));
  return records.flatMap((record, place) => (record ? [{ jobId: place === 0 ? jobId : `${jobId} ${place}`, record }] : []));
}

/** Whatever a file holds, on one line and as it would be sent. */
function describeExtras({ model, fields }: DraftExtras): string {
  return [model, ...Object.entries(fields).map(([name, value]) => `${plainText(name, 60)} ${plainText(JSON.stringify(value), 60)}`)].map((part) => plainText(part, 130)).join(', ');
}

function ratioText(value: string): string {
  const size = parseSize(value);
  return size ? ratioOf(size) : value;
}

function imageOf(record: ImageRecord, toUri: (path: string) => string): SnapshotImage {
  const { id, recipe, file, starred, group } = record;
  return {
    id,
    // Of an image whose record cannot be read, only the image is known.
    prompt: recipe.prompt || vscode.l10n.t('The recipe of this image could not be read.'),
    uri: toUri(imagePath(record)),
    size: recipe.size,
    widthPx: file.widthPx,
    heightPx: file.heightPx,
    sizeBytes: file.sizeBytes,
    starred,
    time: recipe.time,
    model: recipe.model,
    durationMs: recipe.durationMs,
    ...(group === undefined ? {} : { group }),
    ...(recipe.revisedPrompt === undefined ? {} : { revisedPrompt: recipe.revisedPrompt }),
  };
}

/** A kept job is no longer a job for the page: its image is in the preview and in the history. */
function jobOf(job: Job, { reports, estimates, connections, mended }: SnapshotParts): SnapshotJob[] {
  const isMended = mended.isMended(job);
  const state = pageStateOf(job, reports, isMended);
  if (!state) return [];
  const time = expectTime(estimates, { ...job.request, endpoint: job.endpoint ?? connections.endpoint()?.origin ?? '' });
  return [{
    id: job.id,
    prompt: job.request.prompt,
    size: job.request.size,
    ...(job.askedBy && { askedBy: describeAsker(job.askedBy) }),
    ...(job.startedMs === undefined ? {} : { startedMs: job.startedMs }),
    ...(time && { estimateMs: time.durationMs, isDocumented: time.isDocumented }),
    ...(isMended ? { mended: true } : {}),
    state,
  }];
}

/** A name that a program gives itself is told as its claim, and on one line whatever it holds. */
function describeAsker(asker: Asker): string {
  if (asker.kind === 'inVsCode') return vscode.l10n.t('an agent in VS Code asked');
  if (asker.kind === 'extension') return vscode.l10n.t('another extension asked');
  return vscode.l10n.t('“{0}” asked (a name it gives itself)', plainText(asker.name, 60) || vscode.l10n.t('no name'));
}

function pageStateOf({ state }: Job, reports: FailureReports, isMended: boolean): SnapshotJob['state'] | undefined {
  switch (state.phase) {
    case 'kept': return undefined;
    case 'downloading': {
      const { receivedBytes, totalBytes } = state;
      return { phase: 'downloading', receivedBytes, ...(totalBytes === undefined ? {} : { totalBytes }) };
    }
    case 'failed': return { phase: 'failed', sentence: reports.sentence(state.failure), actions: isMended ? [{ id: 'generateAgain', label: labelOf('generateAgain') }] : reports.actions(state.failure) };
    case 'cancelled': return {
      phase: 'cancelled',
      sentence: cancelledSentence(state.billed, state.paidNotDownloaded),
      actions: state.paidNotDownloaded ? (['downloadAgain', 'copyAddress'] as const).map((id) => ({ id, label: labelOf(id) })) : [],
    };
    default: return state;
  }
}
