// Turns images into JPEGs on a thread of its own, which lives only while there is work.
import { Worker } from 'node:worker_threads';
import type { Jpeg } from '../image/thumbnail.ts';

export interface PixelsRequest {
  id: number;
  kind: 'thumbnail' | 'jpeg';
  bytes: Uint8Array;
}

export interface PixelsAnswer {
  id: number;
  jpeg: Jpeg | undefined;
}

interface PixelsJob extends PixelsRequest {
  resolve: (jpeg: Jpeg | undefined) => void;
  reject: (error: Error) => void;
}

const IDLE_MS = 10_000;
/** No picture within the limits takes so long; a thread that does is stuck. */
const JOB_MS = 60_000;

/** One job at a time, in the order of asking; the thread starts with the first and ends ten seconds after the last. */
export class Pixels {
  readonly #workerPath: string;
  readonly #idleMs: number;
  #worker: Worker | undefined;
  #timer: NodeJS.Timeout | undefined;
  #current: PixelsJob | undefined;
  #waiting: PixelsJob[] = [];
  #lastId = 0;
  #isDisposed = false;

  /** @param workerPath the bundle of `pixelsWorker.ts` */
  constructor(workerPath: string, idleMs = IDLE_MS) {
    this.#workerPath = workerPath;
    this.#idleMs = idleMs;
  }

  /** A JPEG of at most 320 pixels a side; undefined for a picture that cannot be decoded. Rejects when the thread dies. */
  thumbnail(bytes: Uint8Array): Promise<Jpeg | undefined> {
    return this.#run('thumbnail', bytes);
  }

  /** The picture as a JPEG of the same size; undefined for one that cannot be decoded. Rejects when the thread dies. */
  jpeg(bytes: Uint8Array): Promise<Jpeg | undefined> {
    return this.#run('jpeg', bytes);
  }

  /** Ends the thread; what was asked for and not answered is rejected. */
  dispose(): void {
    this.#isDisposed = true;
    this.#end(new Error('The pixel thread was ended.'));
    for (const job of this.#waiting.splice(0)) job.reject(new Error('The pixel thread was ended.'));
  }

  #run(kind: PixelsRequest['kind'], bytes: Uint8Array): Promise<Jpeg | undefined> {
    if (this.#isDisposed) return Promise.reject(new Error('The pixel thread was ended.'));
    return new Promise((resolve, reject) => {
      this.#waiting.push({ id: ++this.#lastId, kind, bytes, resolve, reject });
      this.#next();
    });
  }

  #next(): void {
    if (this.#current) return;
    clearTimeout(this.#timer);
    const job = this.#waiting.shift();
    if (!job) {
      this.#timer = setTimeout(() => this.#end(), this.#idleMs).unref();
      return;
    }
    this.#current = job;
    this.#timer = setTimeout(() => this.#end(new Error('The pixel thread is stuck.')), JOB_MS);
    try {
      this.#worker ??= this.#start();
      // The caller goes on using its bytes, and a view would be sent with the whole buffer behind it.
      const bytes = new Uint8Array(job.bytes);
      const request: PixelsRequest = { id: job.id, kind: job.kind, bytes };
      this.#worker.postMessage(request, [bytes.buffer]);
    } catch (error) {
      this.#end(error instanceof Error ? error : new Error(String(error)));
    }
  }

  #start(): Worker {
    // Inherited flags, such as the host's own debugger, would not suit a second thread.
    const worker = new Worker(this.#workerPath, { execArgv: [] });
    const isMine = (): boolean => this.#worker === worker;
    worker.on('message', (answer: PixelsAnswer) => {
      if (!isMine() || this.#current?.id !== answer.id) return;
      const job = this.#current;
      this.#current = undefined;
      job.resolve(answer.jpeg);
      this.#next();
    });
    worker.on('error', (error) => {
      if (isMine()) this.#end(error instanceof Error ? error : new Error(String(error)));
    });
    worker.on('exit', (code) => {
      if (isMine()) this.#end(new Error(`The pixel thread ended with code ${code}.`));
    });
    return worker;
  }

  /** Lets the thread go; the next job gets a fresh one. */
  #end(reason?: Error): void {
    clearTimeout(this.#timer);
    const [worker, job] = [this.#worker, this.#current];
    this.#worker = undefined;
    this.#current = undefined;
    void worker?.terminate();
    if (job && reason) job.reject(reason);
    if (this.#waiting.length > 0 && !this.#isDisposed) this.#next();
  }
}
