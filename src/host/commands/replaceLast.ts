// "Replace Last Inserted Image": the newest image takes the place of the one just inserted.
import type { ImageActions } from '../insert/imageActions.ts';
import type { Memory } from '../window/memory.ts';
import type { Command } from './command.ts';
import { imageIdFrom } from './insert.ts';

export function replaceLastCommand(actions: ImageActions, memory: Memory): Command {
  return {
    id: 'replaceLast',
    async run(...args) {
      await actions.replaceLast(imageIdFrom(args[0], memory));
    },
  };
}
