// "Generate Image": asks for prompt and size and starts a job; with arguments it asks nothing and returns the image.
import type { Agents } from '../agents/createAgents.ts';
import { asksForFiles } from '../agents/filesForCode.ts';
import { askPromptAndSize } from '../prompt/askRequest.ts';
import type { Memory } from '../window/memory.ts';
import { ensureSetUp } from '../connection/setUp.ts';
import type { SetUpParts } from '../connection/setUpParts.ts';
import type { StartJobs } from '../jobs/startJobs.ts';
import type { Draft } from '../window/draft.ts';
import type { Command } from './command.ts';
import { generateUnattended, type UnattendedParts } from '../jobs/unattended.ts';

export function generateCommand(parts: { startJobs: StartJobs; memory: Memory; unattended: UnattendedParts; agents: Agents; draft: Draft; setUpParts: SetUpParts }): Command {
  return {
    id: 'generate',
    async run(...args) {
      if (asksForFiles(args[0])) return parts.agents.generateFiles(args[0]);
      if (args[0] !== undefined) return generateUnattended(args[0], parts.unattended);
      if (!(await ensureSetUp(parts.setUpParts))) return undefined;
      const wish = await askPromptAndSize(parts.memory, parts.draft.value.prompt);
      if (wish) await parts.startJobs.startFromCommand(wish.prompt, wish.size);
      return undefined;
    },
  };
}
