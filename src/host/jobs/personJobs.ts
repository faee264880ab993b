// Starts the jobs that a person asked for, and does with their end what a person expects.
import type { Job } from '../../jobs/job.ts';
import type { JobQueue } from '../../jobs/queue.ts';
import type { ImageRequest } from '../../prompt/imageRequest.ts';
import type { Connections } from '../connection/connections.ts';
import type { Wish } from '../prompt/generateArguments.ts';
import type { Generator } from './generator.ts';
import type { JobsUnderWay } from './jobsUnderWay.ts';
import type { LastEditor } from '../insert/lastEditor.ts';
import type { Anchors } from '../insert/anchors.ts';
import { tellResult, type ResultsPanel, type ResultsParts } from './results.ts';

export interface PersonJobsParts {
  generator: Generator;
  queue: JobQueue;
  connections: Connections;
  progress: JobsUnderWay;
  panel: ResultsPanel;
  anchors: Anchors;
  lastEditor: LastEditor;
  results: ResultsParts;
  setUp: () => Promise<boolean>;
}

export class PersonJobs {
  readonly #parts: PersonJobsParts;

  constructor(parts: PersonJobsParts) {
    this.#parts = parts;
  }

  /** Leads through Set Up where that is due; false when the person left it. */
  async ensureSetUp(): Promise<boolean> {
    return !(await this.#parts.connections.needsSetUp()) || this.#parts.setUp();
  }

  /** From the palette or a selection: reveals the panel without taking the focus, and shows the waiting. */
  async startFromCommand(prompt: string, size: string, anchorKey?: string): Promise<void> {
    const job = this.#parts.generator.startFromCommand(prompt, size);
    await this.#follow(job, anchorKey);
    this.#parts.progress.show(job);
    await this.#parts.panel.reveal();
  }

  /** From the panel: one job for each image. */
  async startFromPanel(wish: Wish, count: number): Promise<void> {
    const request = this.#parts.generator.requestFor(wish, 'person');
    for (let image = 0; image < count; image++) await this.startRequest(request);
  }

  /** The same request again, a new image and a new charge. */
  async startRequest(request: ImageRequest): Promise<void> {
    await this.#follow(this.#parts.generator.start(request, 'person'));
  }

  /** Tells the end of a job that goes on after it had ended, as after "Download again". */
  tellAgain(job: Job): void {
    void tellResult(job, this.#parts.results);
  }

  async #follow(job: Job, anchorKey?: string): Promise<void> {
    const { anchors, lastEditor, results } = this.#parts;
    void tellResult(job, results);
    if (anchorKey !== undefined) anchors.hand(anchorKey, job.id);
    else {
      const target = await lastEditor.get();
      const [cursor] = target?.cursors ?? [];
      if (target && cursor) anchors.markCursor(job.id, target.document, cursor);
    }
    void job.ended.then((state) => {
      const [image] = state.phase === 'kept' ? state.images : [];
      if (image) anchors.hand(job.id, image.id);
    });
  }
}
