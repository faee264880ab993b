// Keeps the images that were answered by URL, under paths that are random, signed and run out.
import { createHash, randomBytes } from 'node:crypto';
import type { CheckedRequest } from './contract.ts';
import type { ImageFile } from './images.ts';

export interface StoredResult {
  /** `/results/<random>.<ending>`, without the query. */
  path: string;
  /** The query that the URL must carry: `Expires` and `Signature`. */
  query: string;
  expiresAtSeconds: number;
  file: ImageFile;
  etag: string;
  request: CheckedRequest;
  /** How often the file was replaced. */
  version: number;
}

const KEPT = 2000;

export class ResultStore {
  readonly #results = new Map<string, StoredResult>();

  add(request: CheckedRequest, file: ImageFile, expiresInSeconds: number): StoredResult {
    const expiresAtSeconds = Math.floor(Date.now() / 1000) + expiresInSeconds;
    const signature = encodeURIComponent(randomBytes(15).toString('base64'));
    const path = `/results/${randomBytes(9).toString('hex')}.${file.ending}`;
    const query = `Expires=${expiresAtSeconds}&OSSAccessKeyId=standin&Signature=${signature}`;
    const result = { path, query, expiresAtSeconds, file, etag: etagOf(file.bytes), request, version: 0 };
    this.#results.set(path, result);
    const oldest = this.#results.keys().next().value;
    if (this.#results.size > KEPT && oldest !== undefined) this.#results.delete(oldest);
    return result;
  }

  get(path: string): StoredResult | undefined {
    return this.#results.get(path);
  }

  replace(result: StoredResult, file: ImageFile): void {
    result.file = file;
    result.etag = etagOf(file.bytes);
    result.version++;
  }

  /** Oldest first. */
  all(): StoredResult[] {
    return [...this.#results.values()];
  }
}

function etagOf(bytes: Buffer): string {
  return `"${createHash('md5').update(bytes).digest('hex').toUpperCase()}"`;
}
