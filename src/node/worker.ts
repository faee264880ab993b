// The work thread: answers questions about images with files and prompts, and about documents with their image links and with places for more.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { parentPort } from 'node:worker_threads';
import { brotliDecompress } from 'node:zlib';
import { makeFile } from '../image/makeFile.ts';
import { readPrompt } from '../image/readPrompt.ts';
import { makeThumbnail } from '../image/thumbnail.ts';
import { choosePlace } from '../insert/blocks/choosePlace.ts';
import { findImageLinks } from '../missing/imageLinks.ts';
import { createWebpCodec } from './webpCodec.ts';
import type { Question } from './work.ts';
import type { WorkAnswer, WorkQuestion } from './workThread.ts';

// The build puts the parts beside this bundle, packed.
const codec = createWebpCodec(async (part) => promisify(brotliDecompress)(await readFile(join(__dirname, `${part}.wasm.br`))));

parentPort?.on('message', ({ id, question }: WorkQuestion<Question>) => {
  // What is thrown ends the thread, which rejects the question.
  void answer(question).then(({ made, bytes }) => {
    // A copy of its own, so that handing it over takes nothing else along.
    const own = bytes && new Uint8Array(bytes.content);
    const sent = bytes && own ? { ...bytes.beside, [bytes.name]: own } : made;
    parentPort?.postMessage({ id, answer: sent } satisfies WorkAnswer<unknown>, own ? [own.buffer] : []);
  });
});

interface Answer {
  made?: unknown;
  /** An answer whose bytes are handed over. */
  bytes?: { beside: object; name: string; content: Uint8Array };
}

async function answer(question: Question): Promise<Answer> {
  switch (question.kind) {
    case 'thumbnail': {
      const made = await makeThumbnail(question.bytes, question, codec);
      return made ? { bytes: { beside: made, name: 'jpeg', content: made.jpeg } } : {};
    }
    case 'file': {
      const made = await makeFile(question.bytes, question.wish, codec);
      return typeof made === 'string' ? { made } : { bytes: { beside: made, name: 'bytes', content: made.bytes } };
    }
    case 'prompt':
      return { made: readPrompt(question.bytes) };
    case 'links':
      return { made: findImageLinks(question.text, question.language) };
    case 'place':
      return { made: choosePlace(question.asked) };
  }
}
