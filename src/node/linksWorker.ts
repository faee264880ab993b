// The link thread: answers each document with its image links.
import { parentPort } from 'node:worker_threads';
import type { ImageLink } from '../missing/imageLink.ts';
import { findImageLinks } from '../missing/imageLinks.ts';
import type { LinksQuestion } from './linkFinder.ts';
import type { WorkAnswer, WorkQuestion } from './workThread.ts';

parentPort?.on('message', ({ id, question: { text, language } }: WorkQuestion<LinksQuestion>) => {
  parentPort?.postMessage({ id, answer: findImageLinks(text, language) } satisfies WorkAnswer<ImageLink[]>);
});
