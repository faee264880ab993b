// Sends requests to a server with the product's own code, and says what a person would be told.
import { describeFailure } from '../../src/host/failures/sentences.ts';
import { isComplete, readImageInfo } from '../../src/image/imageInfo.ts';
import type { ImageRequest } from '../../src/prompt/imageRequest.ts';
import { downloadImage } from '../../src/request/download/download.ts';
import { Failure } from '../../src/request/failures/failure.ts';
import { requestImages, type Connection } from '../../src/request/send/client.ts';
import { connectionTo, never, REQUEST, transport } from '../unit/request/loopback.ts';

export interface Told {
  /** `image 1x1 png`, or the reason of the failure. */
  end: string;
  /** The sentence, the service's own words included; empty for an image. */
  sentence: string;
  /** Buttons, the first one first. */
  actions: readonly string[];
}

/** One POST, and the download of what it brings. */
export async function tell(address: string, request: Partial<ImageRequest> = {}, connection: Partial<Connection> = {}): Promise<Told> {
  const to = connectionTo(address, connection);
  try {
    const { items } = await requestImages({ ...REQUEST, ...request }, to, transport, { signal: never });
    const [item] = items;
    if (!item) return { end: 'nothing', sentence: '', actions: [] };
    const bytes = item.kind === 'bytes' ? item.bytes : await downloadImage(item.url, to.endpoint, transport, { signal: never });
    const info = readImageInfo(bytes);
    const end = info && isComplete(bytes, info) ? `image ${info.widthPx}x${info.heightPx} ${info.type}` : 'no image';
    return { end, sentence: '', actions: [] };
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    const failure = error.with({ asked: { host: to.endpoint.host, model: REQUEST.model, timeoutMs: to.timeoutMs } });
    return { end: failure.reason, sentence: describeFailure(failure), actions: failure.actions };
  }
}

/** Compares what is told with what is right, prints both, and counts. */
export class Checks {
  right = 0;
  wrong = 0;

  /** @param words what the sentence has to hold */
  check(what: string, { end, sentence, actions }: Told, expected: string, words: RegExp = /^/, never: readonly string[] = []): void {
    const isRight = end === expected && words.test(sentence) && !never.some((action) => actions.includes(action));
    if (isRight) this.right++;
    else this.wrong++;
    console.log(`${isRight ? 'ok  ' : 'FAIL'} ${what}: ${end}${sentence === '' ? '' : `: ${sentence} [${actions.join(', ')}]`}`);
  }

  checkThat(what: string, isRight: boolean, found: string): void {
    this.check(what, { end: isRight ? 'right' : 'wrong', sentence: found, actions: [] }, 'right');
  }
}
