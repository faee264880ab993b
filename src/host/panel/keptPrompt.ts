// Finds the prompt that a person left in this workspace without reading the product.
import * as vscode from 'vscode';
import { DRAFT, PREFIX } from '../window/ids.ts';

/** Empty if there is none; undefined if no endpoint is set, for then the panel says how to set one. */
export function keptPrompt(workspace: vscode.Memento): string | undefined {
  const endpoint: unknown = vscode.workspace.getConfiguration(PREFIX).get('endpoint');
  if (typeof endpoint !== 'string' || endpoint === '') return undefined;
  const draft: unknown = workspace.get(DRAFT);
  const prompt = typeof draft === 'object' && draft !== null && 'prompt' in draft ? draft.prompt : undefined;
  return typeof prompt === 'string' ? prompt : '';
}
