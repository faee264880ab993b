// "Insert Image": this window's newest image, or the one with `{ id }`, into the last active text editor.
import * as vscode from 'vscode';
import * as v from 'valibot';
import type { ImageActions } from '../insert/imageActions.ts';
import type { Memory } from '../window/memory.ts';
import { Refusal } from '../window/refusal.ts';
import type { Command } from './command.ts';

const argumentSchema = v.optional(v.object({ id: v.string() }));

export function insertCommand(actions: ImageActions, memory: Memory): Command {
  return {
    id: 'insert',
    async run(...args) {
      await actions.insert([imageIdFrom(args[0], memory)]);
    },
  };
}

/** The id of `{ id }`, else this window's newest image. @throws Refusal where there is none */
export function imageIdFrom(argument: unknown, memory: Memory): string {
  const parsed = v.safeParse(argumentSchema, argument ?? undefined);
  const id = (parsed.success ? parsed.output?.id : undefined) ?? memory.newestImageId;
  if (id === undefined) throw new Refusal(vscode.l10n.t('There is no image yet. Generate one first.'));
  return id;
}
