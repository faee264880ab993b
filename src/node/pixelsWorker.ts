// The pixel thread: answers each question with a JPEG.
import { parentPort } from 'node:worker_threads';
import { type Jpeg, makeThumbnail, toJpeg } from '../image/thumbnail.ts';
import type { PixelsQuestion } from './pixels.ts';
import type { WorkAnswer, WorkQuestion } from './workThread.ts';

const THUMBNAIL_SIDE_PX = 320;

parentPort?.on('message', ({ id, question: { kind, bytes } }: WorkQuestion<PixelsQuestion>) => {
  const made = kind === 'thumbnail' ? makeThumbnail(bytes, { maxSidePx: THUMBNAIL_SIDE_PX }) : toJpeg(bytes);
  // A copy of its own, so that handing it over takes nothing else along.
  const answer = made && { ...made, jpeg: new Uint8Array(made.jpeg) };
  parentPort?.postMessage({ id, answer } satisfies WorkAnswer<Jpeg | undefined>, answer ? [answer.jpeg.buffer] : []);
});
