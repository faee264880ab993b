// Turns what a person, a script or an agent wants into jobs of the one queue.
import type { Job, JobSource } from '../../jobs/job.ts';
import type { JobQueue } from '../../jobs/queue.ts';
import type { ImageRequest } from '../../prompt/imageRequest.ts';
import type { Wish } from '../prompt/generateArguments.ts';
import type { Memory } from '../window/memory.ts';
import type { PanelState } from '../window/windowState.ts';
import { readSetting } from '../window/settings.ts';

export class Generator {
  readonly #queue: JobQueue;
  readonly #memory: Memory;
  readonly #state: PanelState;

  constructor(queue: JobQueue, memory: Memory, state: PanelState) {
    this.#queue = queue;
    this.#memory = memory;
    this.#state = state;
  }

  /** The request of a wish, with model and extra fields from the settings, or from the image whose prompt it uses. */
  requestFor(wish: Wish, source: JobSource): ImageRequest {
    const extras = source === 'person' ? this.#state.extrasFor(wish.prompt) : undefined;
    const fields = readSetting('requestFields');
    return {
      ...wish,
      prompt: wish.prompt.trim(),
      model: extras?.model ?? readSetting('model'),
      fields: extras ? { ...fields, ...extras.fields } : fields,
    };
  }

  /** One job for one image; a prompt and size that a person chose are remembered, those of a document are not. */
  start(request: ImageRequest, source: JobSource, chosenBy: 'person' | 'document' = 'person'): Job {
    this.#state.countAsked(1);
    if (source === 'person' && chosenBy === 'person') this.#memory.rememberRequest(request.prompt, request.size);
    return this.#queue.add(request, source);
  }

  /** A wish from a command: its prompt and size become the panel's draft, whose switches hold here too. */
  startFromCommand(prompt: string, size: string): Job {
    this.#state.changeDraft({ prompt, size });
    const { promptExtend, watermark } = this.#state.draft.value;
    return this.start(this.requestFor({ prompt, size, promptExtend, watermark }, 'person'), 'person');
  }
}
