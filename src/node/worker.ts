// The work thread: answers questions about images with JPEGs, and about documents with their image links.
import { parentPort } from 'node:worker_threads';
import { makeThumbnail, toJpeg, type Jpeg } from '../image/thumbnail.ts';
import { findImageLinks } from '../missing/imageLinks.ts';
import type { Question } from './work.ts';
import type { WorkAnswer, WorkQuestion } from './workThread.ts';

const THUMBNAIL_SIDE_PX = 320;

parentPort?.on('message', ({ id, question }: WorkQuestion<Question>) => {
  switch (question.kind) {
    case 'thumbnail': return post(id, makeThumbnail(question.bytes, { maxSidePx: THUMBNAIL_SIDE_PX }));
    case 'jpeg': return post(id, toJpeg(question.bytes));
    case 'links': return parentPort?.postMessage({ id, answer: findImageLinks(question.text, question.language) } satisfies WorkAnswer<unknown>);
  }
});

/** Hands the bytes over instead of copying them; first a copy of their own, so that nothing else goes along. */
function post(id: number, made: Jpeg | undefined): void {
  const answer = made && { ...made, jpeg: new Uint8Array(made.jpeg) };
  parentPort?.postMessage({ id, answer } satisfies WorkAnswer<Jpeg | undefined>, answer ? [answer.jpeg.buffer] : []);
}
