// Reads which image a command is about: `{ id }`, else the newest one that was asked for in this window.
import * as vscode from 'vscode';
import * as v from 'valibot';
import type { Memory } from '../window/memory.ts';
import { Refusal } from '../window/refusal.ts';

const argumentSchema = v.optional(v.object({ id: v.string() }));

/** @throws Refusal if there is none */
export function imageIdFrom(argument: unknown, memory: Memory): string {
  const parsed = v.safeParse(argumentSchema, argument ?? undefined);
  const id = (parsed.success ? parsed.output?.id : undefined) ?? memory.newestImageId;
  if (id === undefined) throw new Refusal(vscode.l10n.t('There is no image yet. Generate one first.'));
  return id;
}
