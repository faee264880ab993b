// Ticks a step of the walkthrough when a person did what it asks for.
import * as vscode from 'vscode';
import { PREFIX } from './ids.ts';

/**
 * VS Code ticks a step at the moment when its context key becomes true, and only while it knows the walkthrough. A key
 * that stayed true would never tick a walkthrough that is opened later, so each time is a moment of its own.
 */
export async function tickStep(step: 'generated' | 'inserted'): Promise<void> {
  for (const value of [true, false]) await vscode.commands.executeCommand('setContext', `${PREFIX}.${step}`, value);
}
