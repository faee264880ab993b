// Turns what a person, a document or other code wants into jobs of the one queue.
import type { Asker, Job, JobSource } from '../../jobs/job.ts';
import type { JobQueue } from '../../jobs/queue.ts';
import type { ImageRequest } from '../../prompt/imageRequest.ts';
import type { Anchors } from '../insert/anchors.ts';
import type { LastEditor } from '../insert/lastEditor.ts';
import type { Wish } from '../prompt/generateArguments.ts';
import type { Draft } from '../window/draft.ts';
import type { Memory } from '../window/memory.ts';
import { readSetting } from '../window/settings.ts';
import type { WindowState } from '../window/windowState.ts';
import type { JobsUnderWay } from './jobsUnderWay.ts';

/** As much of the panel as jobs need to know: it is built on them. */
export interface ShownPanel {
  readonly isVisible: boolean;
  /** Shows it without taking the focus. */
  reveal(): Promise<void>;
}

export interface StartJobsParts {
  queue: JobQueue;
  draft: Draft;
  memory: Memory;
  state: WindowState;
  anchors: Anchors;
  lastEditor: LastEditor;
  underWay: JobsUnderWay;
  panel: ShownPanel;
}

export interface StartOptions {
  /** Who asks; `jobEnds.ts` tells each one's end in its own way. */
  source: Exclude<JobSource, 'recovered'>;
  /** Which code, if `source` is code. */
  askedBy?: Asker;
  /** Images, each a job and a paid request of its own. */
  count?: number;
  /** Key of the anchor that the image belongs to; a person's image without one belongs to the cursor of this moment. */
  place?: string;
  /** The job that this is another try of: it takes its place among those asked for together. */
  insteadOf?: Job;
}

export class StartJobs {
  readonly #parts: StartJobsParts;

  constructor(parts: StartJobsParts) {
    this.#parts = parts;
  }

  /** The request of a wish, with model and extra fields from the settings, or from the image whose prompt it uses. */
  requestFor(wish: Wish, source: JobSource): ImageRequest {
    const extras = source === 'person' ? this.#parts.draft.extrasFor(wish.prompt) : undefined;
    const fields = readSetting('requestFields');
    return {
      ...wish,
      prompt: wish.prompt.trim(),
      model: extras?.model ?? readSetting('model'),
      fields: extras ? { ...fields, ...extras.fields } : fields,
    };
  }

  /** The one way into the queue. A prompt and size that a person chose are remembered. */
  start(request: ImageRequest, { source, askedBy, count = 1, place, insteadOf }: StartOptions): Job[] {
    const { queue, memory, state, anchors } = this.#parts;
    state.countAsked(count);
    if (source === 'person') memory.rememberRequest(request.prompt, request.size);
    const group = count > 1 ? queue.newGroup() : insteadOf?.group;
    const jobs = Array.from({ length: count }, () => queue.add(request, source, { ...(group !== undefined && { group }), ...(askedBy && { askedBy }) }));
    const [job] = jobs;
    // What nobody clicked for never takes the place of what a person looks at.
    if (count > 1 && group !== undefined && source !== 'code') state.showGroup({ id: group, members: jobs.map(({ id }) => ({ jobId: id, imageIds: [] })) });
    else if (insteadOf && job) state.changeMember(insteadOf.id, { jobId: job.id });
    if (place !== undefined && job) anchors.hand(place, job.id);
    else if (source === 'person') void this.#markCursor(jobs);
    return jobs;
  }

  /** From the palette or a selection: prompt and size become the panel's draft, the panel shows itself without the focus, and the waiting is seen. */
  async startFromCommand(prompt: string, size: string, place?: string): Promise<void> {
    const { draft, underWay, panel } = this.#parts;
    draft.change({ prompt, size });
    const { promptExtend, watermark } = draft.value;
    const request = this.requestFor({ prompt, size, promptExtend, watermark }, 'person');
    const [job] = this.start(request, { source: 'person', ...(place === undefined ? {} : { place }) });
    if (job) underWay.show(job);
    await panel.reveal();
  }

  async #markCursor(jobs: readonly Job[]): Promise<void> {
    const target = await this.#parts.lastEditor.get();
    const [cursor] = target?.cursors?.() ?? [];
    if (target && cursor) for (const job of jobs) this.#parts.anchors.markCursor(job.id, target.document, cursor);
  }
}
