// Runs one question after the other on a thread of its own, which lives only while there is work.
import { type Transferable, Worker } from 'node:worker_threads';

/** What a work thread is sent. It posts back `{ id, answer }`, or dies, which rejects the question. */
export interface WorkQuestion<Question> {
  id: number;
  question: Question;
}

export interface WorkAnswer<Answer> {
  id: number;
  answer: Answer;
}

interface WorkJob<Question, Answer> extends WorkQuestion<Question> {
  transfer: readonly Transferable[];
  resolve: (answer: Answer) => void;
  reject: (error: Error) => void;
}

const IDLE_MS = 10_000;
/** No question within the limits takes so long; a thread that does is stuck. */
const JOB_MS = 60_000;
const START_MS = 60_000;

/** The thread starts with the first question and ends ten seconds after the last answer. */
export class WorkThread<Question, Answer> {
  readonly #workerPath: string;
  readonly #idleMs: number;
  readonly #jobMs: number;
  #worker: Worker | undefined;
  #timer: NodeJS.Timeout | undefined;
  #current: WorkJob<Question, Answer> | undefined;
  #waiting: WorkJob<Question, Answer>[] = [];
  #lastId = 0;
  #isDisposed = false;

  /** @param workerPath a bundle of its own */
  constructor(workerPath: string, { idleMs = IDLE_MS, jobMs = JOB_MS }: { idleMs?: number; jobMs?: number } = {}) {
    this.#workerPath = workerPath;
    this.#idleMs = idleMs;
    this.#jobMs = jobMs;
  }

  /** Rejects when the thread dies, is stuck for a minute, or is disposed. What is in `transfer` is handed over, not copied. */
  ask(question: Question, transfer: readonly Transferable[] = []): Promise<Answer> {
    if (this.#isDisposed) return Promise.reject(ended());
    return new Promise((resolve, reject) => {
      this.#waiting.push({ id: ++this.#lastId, question, transfer, resolve, reject });
      this.#next();
    });
  }

  /** Ends the thread; what was asked for and not answered is rejected. */
  dispose(): void {
    this.#isDisposed = true;
    this.#end(ended());
    for (const job of this.#waiting.splice(0)) job.reject(ended());
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
    try {
      this.#watch(this.#worker ? this.#jobMs : START_MS);
      this.#worker ??= this.#start();
      const question: WorkQuestion<Question> = { id: job.id, question: job.question };
      this.#worker.postMessage(question, job.transfer);
    } catch (error) {
      this.#end(error instanceof Error ? error : new Error(String(error)));
    }
  }

  #watch(ms: number): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#end(new Error('The work thread is stuck.')), ms);
  }

  #start(): Worker {
    // Inherited flags, such as the host's own debugger, would not suit a second thread.
    const worker = new Worker(this.#workerPath, { execArgv: [] });
    const isMine = (): boolean => this.#worker === worker;
    // A busy machine takes its time to start a thread, which says nothing about the question.
    worker.on('online', () => {
      if (isMine() && this.#current) this.#watch(this.#jobMs);
    });
    worker.on('message', ({ id, answer }: WorkAnswer<Answer>) => {
      if (!isMine() || this.#current?.id !== id) return;
      const job = this.#current;
      this.#current = undefined;
      job.resolve(answer);
      this.#next();
    });
    worker.on('error', (error) => {
      if (isMine()) this.#end(error instanceof Error ? error : new Error(String(error)));
    });
    worker.on('exit', (code) => {
      if (isMine()) this.#end(new Error(`The work thread ended with code ${code}.`));
    });
    return worker;
  }

  /** Lets the thread go; the next question gets a fresh one. */
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

function ended(): Error {
  return new Error('The work thread was ended.');
}
