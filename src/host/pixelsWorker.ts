// The pixel thread: answers each request with a JPEG, away from the thread that every extension shares.
import { parentPort } from 'node:worker_threads';
import { makeThumbnail, toJpeg } from '../image/thumbnail.ts';
import type { PixelsAnswer, PixelsRequest } from './pixels.ts';

const THUMBNAIL_SIDE_PX = 320;

parentPort?.on('message', ({ id, kind, bytes }: PixelsRequest) => {
  const made = kind === 'thumbnail' ? makeThumbnail(bytes, { maxSidePx: THUMBNAIL_SIDE_PX }) : toJpeg(bytes);
  // A copy of its own, so that handing it over takes nothing else along.
  const jpeg = made && { ...made, jpeg: new Uint8Array(made.jpeg) };
  const answer: PixelsAnswer = { id, jpeg };
  parentPort?.postMessage(answer, jpeg ? [jpeg.jpeg.buffer] : []);
});
