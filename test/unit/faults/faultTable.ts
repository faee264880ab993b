// The fault matrix as data: what goes wrong in which phase, and what the job ends in, keeps and may have cost.
import type { Billed, FailureReason } from '../../../src/request/failures/failure.ts';
import type { DownloadStep, Fault, PostStep } from '../../endpoint/steps.ts';

export type Phase = 'connect' | 'headers' | 'body' | 'download' | 'write';

/** How a job ends, as far as a person's money and images are concerned. */
export interface Outcome {
  ends: 'kept' | FailureReason;
  /** Absent if the image is kept: then it is paid for, of course. */
  billed?: Billed;
  /** Images in the history, each with its recipe. */
  images: number;
  /** Journals that stay, so that the next start goes on. */
  journals: number;
  paidNotDownloaded: boolean;
  /** POSTs that reached the service. */
  posts: number;
}

export interface Case {
  phase: Phase;
  fault: string;
  outcome: Outcome;
  post?: PostStep;
  downloads?: DownloadStep[];
  /** What the endpoint setting names, where that is not the stand-in itself. */
  endpoint?: 'closedPort' | 'noSuchName' | 'untrusted' | 'notTls' | 'ipv6';
  /** Where the answer says the image lies, where that is elsewhere. */
  image?: 'closedPort' | 'noSuchName' | 'untrusted' | 'otherHost';
  /** What the disk does when the image is written: an error of the system's, or the name is there already. */
  disk?: 'ENOSPC' | 'EROFS' | 'noFolder' | 'nameTaken' | 'nameIsFolder';
  /** By how much the wall clock is another once the request has arrived (`post`) or the download has (`file`). */
  jump?: { when: 'post' | 'file'; byMs: number };
  /** How fast time passes. Faults that wait for a limit need haste, those with much to read need none. */
  factor?: number;
}

const KEPT: Outcome = { ends: 'kept', images: 1, journals: 0, paidNotDownloaded: false, posts: 1 };
/** Nothing came; the service may or may not have worked. */
const lost = (ends: FailureReason, billed: Billed = 'maybe', posts = 1): Outcome => ({ ends, billed, images: 0, journals: 0, paidNotDownloaded: false, posts });
/** Paid for, and a further download is free. */
const owed = (ends: FailureReason = 'downloadFailed'): Outcome => ({ ends, billed: 'yes', images: 0, journals: 1, paidNotDownloaded: true, posts: 1 });
/** Paid for, and no download will bring it. */
const gone = (ends: FailureReason): Outcome => lost(ends, 'yes');
/** Paid for and here, but in memory only; `journals` stay until it is written. */
const unwritten = (paidNotDownloaded: boolean): Outcome => ({ ends: 'notWritten', billed: 'yes', images: 0, journals: 1, paidNotDownloaded, posts: 1 });

const HASTE = 150;
const CALM = 5;

/** Five tries, each of which may start over once. */
const MOST_REQUESTS = 10;

/** Each fault of a transport once in the answer and once in the download, as often as that is tried. */
const TRANSPORT: readonly [fault: string, phase: 'headers' | 'body', step: Fault, answer: Outcome, download: Outcome, factor?: number][] = [
  ['hang before the headers', 'headers', { kind: 'hang', when: 'headers' }, lost('timedOut'), owed(), HASTE],
  ['hang after the headers', 'body', { kind: 'hang', when: 'body' }, lost('timedOut'), owed(), HASTE],
  ['hang within the body', 'body', { kind: 'hang', when: 'midBody' }, lost('timedOut'), owed(), HASTE],
  ['slow drip', 'body', { kind: 'drip', bytes: 1, everyMs: 50 }, lost('timedOut'), owed(), 300],
  ['endless', 'body', { kind: 'endless' }, lost('answerTooLarge'), owed('imageTooLarge'), CALM],
  ['cut short', 'body', { kind: 'cut' }, lost('connectionLost'), owed()],
  ['cut short, chunked', 'body', { kind: 'cut', chunked: true }, lost('connectionLost'), owed()],
  ['reset within the body', 'body', { kind: 'cut', how: 'reset' }, lost('connectionLost'), owed()],
  ['length too great', 'body', { kind: 'wrongLength', byBytes: 50 }, lost('connectionLost'), owed()],
  ['length too small', 'body', { kind: 'wrongLength', byBytes: -50 }, lost('connectionLost'), owed()],
  ['reset without an answer', 'headers', { kind: 'reset' }, lost('connectionLost'), owed()],
  ['redirect to itself', 'headers', { kind: 'redirect', to: 'self' }, lost('redirectRefused', 'no'), KEPT],
  ['redirect loop', 'headers', { kind: 'redirect', to: 'loop' }, lost('redirectRefused', 'no'), owed('downloadRefused')],
  ['redirect to another port', 'headers', { kind: 'redirect', to: 'otherOrigin' }, lost('redirectRefused', 'no'), owed()],
  ['redirect to another host', 'headers', { kind: 'redirect', to: 'otherHost' }, lost('redirectRefused', 'no'), owed()],
  ['redirect to file:', 'headers', { kind: 'redirect', to: 'file' }, lost('redirectRefused', 'no'), owed('downloadRefused')],
  ['redirect to nowhere', 'headers', { kind: 'redirect', to: 'http://' }, lost('redirectRefused', 'no'), owed('downloadRefused')],
  ['HTML with status 200', 'body', { kind: 'error', shape: 'html', status: 200 }, lost('wrongAddress', 'no'), owed('notAnImage')],
  ['500', 'headers', { kind: 'error', status: 500 }, lost('serviceFailed'), owed()],
  ['gzip bomb', 'body', { kind: 'gzipBomb', bytes: 150_000_000 }, lost('answerTooLarge'), owed('imageTooLarge'), CALM],
];

const transport = TRANSPORT.flatMap(([fault, phase, step, answer, download, factor]): Case[] => {
  const pace = factor === undefined ? {} : { factor };
  const tries = Array.from({ length: MOST_REQUESTS }, () => step);
  return [
    { phase, fault, post: step, outcome: answer, ...pace },
    // Redirects are followed within one try.
    { phase: 'download', fault, downloads: step.kind === 'redirect' ? [step] : tries, outcome: download, ...pace },
  ];
});

const DAY_MS = 86_400_000;

const single: readonly Case[] = [
  { phase: 'connect', fault: 'connection refused', endpoint: 'closedPort', outcome: lost('unreachable', 'no', 0) },
  { phase: 'connect', fault: 'no such name', endpoint: 'noSuchName', outcome: lost('unreachable', 'no', 0) },
  { phase: 'connect', fault: 'certificate that nobody vouches for', endpoint: 'untrusted', outcome: lost('certificateRefused', 'no', 0) },
  { phase: 'connect', fault: 'https where http is spoken', endpoint: 'notTls', outcome: lost('unreachable', 'no', 0) },
  { phase: 'connect', fault: 'IPv6', endpoint: 'ipv6', outcome: KEPT },
  { phase: 'download', fault: 'connection refused', image: 'closedPort', outcome: owed() },
  { phase: 'download', fault: 'no such name', image: 'noSuchName', outcome: owed() },
  { phase: 'download', fault: 'certificate that nobody vouches for', image: 'untrusted', outcome: owed() },
  { phase: 'download', fault: 'http from another host', image: 'otherHost', outcome: owed() },
  { phase: 'download', fault: 'link that has run out', post: { kind: 'ok', like: { expiresInSeconds: -60 } }, outcome: gone('linkExpired') },
  { phase: 'download', fault: 'replaced halfway', downloads: [{ kind: 'cut' }, { kind: 'changed', force: true }], outcome: KEPT },
  { phase: 'download', fault: 'another range than asked for', downloads: [{ kind: 'cut' }, { kind: 'wrongRange', shiftBytes: -7 }], outcome: KEPT },
  { phase: 'download', fault: 'cut four times', downloads: [{ kind: 'cut' }, { kind: 'cut' }, { kind: 'cut' }, { kind: 'cut' }], outcome: KEPT },
  { phase: 'download', fault: 'text that is no image', downloads: [{ kind: 'image', image: 'text' }], outcome: owed('notAnImage') },
  { phase: 'download', fault: 'no byte at all', downloads: Array.from({ length: 5 }, () => ({ kind: 'image' as const, image: 'empty' as const })), outcome: owed() },
  { phase: 'download', fault: 'a claim of 60000×60000 pixels', post: { kind: 'ok', like: { image: 'claims60000' } }, outcome: KEPT },
  { phase: 'body', fault: 'a claim of 60000×60000 pixels', post: { kind: 'ok', like: { image: 'claims60000', answer: 'base64' } }, outcome: KEPT },
  { phase: 'body', fault: '100 MB of JSON beside the image', post: { kind: 'bigJson', bytes: 100_000_000, where: 'padding' }, outcome: KEPT, factor: CALM },
  { phase: 'body', fault: '100 MB of base64 that is no image', post: { kind: 'bigJson', bytes: 100_000_000 }, outcome: gone('notAnImage'), factor: CALM },
  { phase: 'body', fault: '140 MB of base64', post: { kind: 'bigJson', bytes: 140_000_000 }, outcome: lost('answerTooLarge'), factor: CALM },
  { phase: 'body', fault: 'JSON of 100,000 levels', post: { kind: 'deepJson', depth: 100_000 }, outcome: KEPT },
  { phase: 'body', fault: 'JSON of 10,000,000 levels', post: { kind: 'deepJson', depth: 10_000_000 }, outcome: lost('answerUnreadable'), factor: CALM },
  { phase: 'body', fault: 'an empty list', post: { kind: 'ok', like: { items: 0 } }, outcome: lost('noImageInAnswer') },
  { phase: 'body', fault: 'neither URL nor bytes', post: { kind: 'ok', like: { answer: 'neither' } }, outcome: lost('noImageInAnswer') },
  { phase: 'body', fault: 'a file: URL', post: { kind: 'ok', like: { url: 'file:///etc/hostname' } }, outcome: lost('fileOnServer') },
  ...(['url', 'base64'] as const).flatMap((answer): Case[] => {
    const post: PostStep = { kind: 'ok', like: { answer } };
    const failing = unwritten(answer === 'url');
    const write = (fault: string, disk: NonNullable<Case['disk']>): Case => ({ phase: 'write', fault: `${fault} (${answer})`, post, disk, outcome: failing });
    return [
      write('disk full', 'ENOSPC'), write('read-only storage', 'EROFS'), write('a file where the folder belongs', 'noFolder'), write('a folder of that name', 'nameIsFolder'),
      { phase: 'write', fault: `an image of that name (${answer})`, post, disk: 'nameTaken', outcome: KEPT },
    ];
  }),
  ...[30 * DAY_MS, -30 * DAY_MS].flatMap((byMs): Case[] => {
    const fault = `clock set by ${byMs / DAY_MS} days`;
    return [
      { phase: 'headers', fault, post: { kind: 'ok', delayMs: 60 }, jump: { when: 'post', byMs }, outcome: KEPT },
      { phase: 'headers', fault: `${fault}, and a hang`, post: { kind: 'hang', when: 'headers' }, jump: { when: 'post', byMs }, outcome: lost('timedOut'), factor: HASTE },
      { phase: 'download', fault, downloads: [{ kind: 'ok', delayMs: 60 }], jump: { when: 'file', byMs }, outcome: KEPT },
      { phase: 'download', fault: `${fault}, and a hang`, downloads: [{ kind: 'hang', when: 'midBody' }], jump: { when: 'file', byMs }, outcome: KEPT, factor: HASTE },
    ];
  }),
  // A machine that slept finds its connections dead; only the wall clock went on.
  { phase: 'headers', fault: 'sleep while the service works', post: { kind: 'reset', delayMs: 60 }, jump: { when: 'post', byMs: DAY_MS / 3 }, outcome: lost('connectionLost') },
  { phase: 'download', fault: 'sleep of eight hours', downloads: [{ kind: 'reset', delayMs: 60 }], jump: { when: 'file', byMs: DAY_MS / 3 }, outcome: KEPT },
  {
    phase: 'download', fault: 'sleep until the link has run out', downloads: [{ kind: 'reset', delayMs: 60 }, { kind: 'error', status: 403, shape: 'xml', code: 'AccessDenied', message: 'Forbidden.' }],
    jump: { when: 'file', byMs: 2 * DAY_MS }, outcome: gone('linkExpired'),
  },
];

export const CASES: readonly Case[] = [...transport, ...single];
