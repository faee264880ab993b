// "Save Image to Workspace…": this window's newest image, or the one with `{ id }`, as a file only.
import type { ImageActions } from '../insert/imageActions.ts';
import type { Memory } from '../window/memory.ts';
import type { Command } from './command.ts';
import { imageIdFrom } from './insert.ts';

export function saveCommand(actions: ImageActions, memory: Memory): Command {
  return {
    id: 'save',
    async run(...args) {
      await actions.save([imageIdFrom(args[0], memory)]);
    },
  };
}
