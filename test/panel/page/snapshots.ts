// Makes the snapshots that a host would send, one for each state of the panel.
import type { Snapshot, SnapshotImage, SnapshotJob } from '../../../src/protocol/snapshot.ts';

export const NOW_MS = Date.parse('2026-11-22T14:30:00');

const PROMPTS = [
  'A lighthouse on a rocky coast at dusk, warm light in its windows, long exposure sea',
  '一只可爱的橘猫坐在窗台上,阳光洒在它身上,背景是城市风景',
  'Isometric cutaway of a small bakery, morning, flour dust in the light',
  'קומיקס של רובוט שמשקה עציצים על המרפסת',
  'Flat illustration of mountains behind a lake, teal and orange',
  '<img src=x onerror=alert(1)> & "quotes" \u202etxet desrever',
];

/** The image at one place of a made-up history, newest first; its day goes back as the place grows. */
export function sampleImage(index: number, part: Partial<SnapshotImage> = {}): SnapshotImage {
  const tall = index % 3 === 1;
  const [widthPx, heightPx] = tall ? [928, 1664] : index % 3 === 2 ? [1664, 928] : [1328, 1328];
  return {
    id: `image-${index}`,
    prompt: PROMPTS[index % PROMPTS.length] ?? '',
    uri: `/image/${index}/${widthPx}/${heightPx}`,
    thumbnailUri: `/image/${index}/160/160`,
    size: `${widthPx}x${heightPx}`,
    widthPx,
    heightPx,
    sizeBytes: 1_640_000,
    starred: index % 7 === 0,
    time: new Date(NOW_MS - index * 3_600_000).toISOString(),
    model: 'qwen-image-max',
    durationMs: 31_400,
    ...part,
  };
}

/** Counts per day of that history. */
export function sampleDays(total: number): { day: string; count: number }[] {
  const counts = new Map<string, number>();
  for (let index = 0; index < total; index++) {
    const time = new Date(NOW_MS - index * 3_600_000);
    const day = [time.getFullYear(), time.getMonth() + 1, time.getDate()].map((part) => String(part).padStart(2, '0')).join('-');
    counts.set(day, (counts.get(day) ?? 0) + 1);
  }
  return [...counts].map(([day, count]) => ({ day, count }));
}

/** A snapshot with `kept` images in its history; `part` replaces what the state is about. */
export function sampleSnapshot(kept: number, part: Partial<Snapshot> = {}): Snapshot {
  return {
    type: 'snapshot',
    revision: 1,
    nowMs: NOW_MS,
    needsSetUp: false,
    draft: { revision: 1, value: { prompt: '', size: '1328x1328', promptExtend: true, watermark: false, count: 1 } },
    sizes: [
      { value: '1664x928', ratio: '16:9' },
      { value: '1472x1104', ratio: '4:3' },
      { value: '1328x1328', ratio: '1:1' },
      { value: '1104x1472', ratio: '3:4' },
      { value: '928x1664', ratio: '9:16' },
    ],
    service: { model: 'qwen-image-max', host: 'api.example.com', price: { text: 'US$ 0.08', read: '2026-11-25' } },
    maxPromptCharacters: 800,
    styles: [
      { label: 'Photo', text: 'photorealistic, natural light' },
      { label: 'Flat', text: 'flat vector illustration' },
      { label: 'Watercolour', text: 'loose watercolour on paper' },
      { label: 'Isometric', text: 'isometric view' },
      { label: 'Line art', text: 'clean line art, white background' },
    ],
    recentPrompts: ['the newest prompt', 'an older prompt', 'the oldest prompt'],
    estimates: [{ size: '1328x1328', promptExtend: true, durationMs: 31_000 }],
    concurrency: 2,
    jobs: [],
    current: kept > 0 ? sampleImage(0) : null,
    askedCount: kept,
    doneCount: 0,
    notice: null,
    history: {
      revision: 1,
      total: kept,
      keptTotal: kept,
      sizeBytes: kept * 1_640_000,
      query: '',
      starredOnly: false,
      days: sampleDays(kept),
      offset: 0,
      items: Array.from({ length: Math.min(kept, 50) }, (_, index) => sampleImage(index)),
    },
    ...part,
  };
}

export function sampleJob(id: string, state: SnapshotJob['state'], part: Partial<SnapshotJob> = {}): SnapshotJob {
  return { id, prompt: PROMPTS[0] ?? '', size: '1328x1328', state, estimateMs: 31_000, startedMs: NOW_MS - 12_000, ...part };
}

function drafted(prompt: string, part: Partial<Snapshot['draft']['value']> = {}): Snapshot['draft'] {
  return { revision: 1, value: { prompt, size: '1328x1328', promptExtend: true, watermark: false, count: 1, ...part } };
}

/** Four that were asked for together: an image for each place of `ready`, else the job of that name. */
export function sampleGroup(ready: readonly number[], jobIds = ['a', 'b', 'c', 'd']): Snapshot['group'] {
  return { id: 'group-1', members: jobIds.map((jobId, place) => ({ jobId, ...(ready.includes(place) && { image: sampleImage(place, { prompt: PROMPTS[4] ?? '' }) }) })) };
}

const REFUSED_KEY = { phase: 'failed', sentence: 'images.example.com refused the API key. Check that the key is right and belongs to this address.', actions: [{ id: 'setApiKey', label: 'Set API Key' }] } as const;
const refusedKey = (): SnapshotJob['state'] => ({ ...REFUSED_KEY, actions: [...REFUSED_KEY.actions] });

const REQUESTING = { phase: 'requesting', sinceMs: NOW_MS - 12_000 } as const;

/** Every state that the panel can be looked at in, by name. */
export const STATES: Record<string, () => Snapshot> = {
  'set-up': () => sampleSnapshot(0, { needsSetUp: true }),
  form: () => sampleSnapshot(0, { draft: drafted(PROMPTS[0] ?? '') }),
  'too-long': () => sampleSnapshot(0, { draft: drafted('海'.repeat(812), { size: '1024x512', count: 3 }) }),
  busy: () => sampleSnapshot(0, { draft: drafted(PROMPTS[0] ?? ''), jobs: [sampleJob('a', REQUESTING)] }),
  several: () =>
    sampleSnapshot(3, {
      draft: drafted(PROMPTS[4] ?? '', { count: 4 }),
      jobs: [
        sampleJob('a', REQUESTING),
        sampleJob('b', { phase: 'downloading', receivedBytes: 734_000, totalBytes: 1_640_000 }),
        sampleJob('c', { phase: 'requesting', sinceMs: NOW_MS - 50_000 }, { startedMs: NOW_MS - 50_000, prompt: PROMPTS[3] ?? '' }),
        sampleJob('d', { phase: 'queued' }, { prompt: PROMPTS[1] ?? '', askedBy: '“Claude Code” asked (a name it gives itself)' }),
        sampleJob('e', { phase: 'failed', sentence: 'The service refused the prompt: “content may be inappropriate”.', actions: [{ id: 'edit', label: 'Edit Prompt' }] }),
      ],
    }),
  group: () =>
    sampleSnapshot(3, {
      draft: drafted(PROMPTS[4] ?? '', { count: 4 }),
      group: sampleGroup([0]),
      jobs: [
        sampleJob('b', { phase: 'downloading', receivedBytes: 734_000, totalBytes: 1_640_000 }),
        sampleJob('c', REQUESTING),
        sampleJob('d', { phase: 'failed', sentence: 'The service refused the content of this prompt. Change the prompt and generate again.', actions: [] }),
      ],
    }),
  'group-of-8': () =>
    sampleSnapshot(8, {
      draft: drafted(PROMPTS[4] ?? '', { count: 8 }),
      group: sampleGroup([0, 1, 3], ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h']),
      jobs: ['c', 'e', 'f', 'g', 'h'].map((id) => sampleJob(id, id < 'f' ? REQUESTING : { phase: 'queued' })),
    }),
  'group-done': () => sampleSnapshot(4, { draft: drafted(PROMPTS[4] ?? '', { count: 4 }), group: sampleGroup([0, 1, 2, 3]) }),
  shared: () =>
    sampleSnapshot(1, { draft: drafted(PROMPTS[0] ?? '', { count: 3 }), group: sampleGroup([], ['a', 'b', 'c']), jobs: ['a', 'b', 'c'].map((id) => sampleJob(id, refusedKey())) }),
  mended: () =>
    sampleSnapshot(1, {
      draft: drafted(PROMPTS[0] ?? '', { count: 3 }),
      jobs: ['a', 'b', 'c'].map((id) => sampleJob(id, { ...refusedKey(), actions: [{ id: 'generateAgain', label: 'Generate again' }] } as SnapshotJob['state'], { mended: true })),
    }),
  waiting: () =>
    sampleSnapshot(1, {
      draft: drafted(PROMPTS[0] ?? ''),
      jobs: [sampleJob('a', { phase: 'waiting', untilMs: NOW_MS + 42_000 }), sampleJob('b', { phase: 'waiting', untilMs: NOW_MS + 42_000 })],
    }),
  failed: () =>
    sampleSnapshot(0, {
      draft: drafted(PROMPTS[0] ?? ''),
      jobs: [
        sampleJob('a', { phase: 'failed', sentence: 'The image was made and paid for, but the download broke off.', actions: [{ id: 'downloadAgain', label: 'Download Again (Free)' }, { id: 'showLog', label: 'Show Log' }] }),
        sampleJob('b', { phase: 'cancelled', sentence: 'Cancelled. The service may still bill this image.', actions: [] }),
      ],
    }),
  done: () =>
    sampleSnapshot(1, {
      draft: drafted(PROMPTS[0] ?? ''),
      current: sampleImage(0, { revisedPrompt: `${PROMPTS[0]}, cinematic composition, deep blue hour sky, fine film grain, wide angle` }),
    }),
  history: () => sampleSnapshot(40, { draft: drafted(''), notice: { id: 1, text: 'Deleted 1 image.', actions: [{ id: 'undo', label: 'Undo' }] } }),
  'history-10000': () => sampleSnapshot(10_000, { current: sampleImage(2) }),
};
