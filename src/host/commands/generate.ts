// "Generate Image": asks for prompt and size and starts a job; with arguments it asks nothing and returns the image.
import { askPromptAndSize } from '../prompt/askRequest.ts';
import type { Memory } from '../window/memory.ts';
import type { PersonJobs } from '../jobs/personJobs.ts';
import type { Command } from './command.ts';
import { generateUnattended, type UnattendedParts } from '../jobs/unattended.ts';

export function generateCommand(parts: { jobs: PersonJobs; memory: Memory; unattended: UnattendedParts; draftPrompt: () => string }): Command {
  return {
    id: 'generate',
    async run(...args) {
      if (args[0] !== undefined) return generateUnattended(args[0], parts.unattended);
      if (!(await parts.jobs.ensureSetUp())) return undefined;
      const wish = await askPromptAndSize(parts.memory, parts.draftPrompt());
      if (wish) await parts.jobs.startFromCommand(wish.prompt, wish.size);
      return undefined;
    },
  };
}
