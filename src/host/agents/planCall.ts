// Turns what an agent or another extension asks for into a checked plan, before anything is paid.
import * as vscode from 'vscode';
import { type GenerateCall, type Problem, readGenerateCall } from '../../agents/toolArguments.ts';
import { formatSize, nearestSize, parseSize } from '../../prompt/size.ts';
import type { Connections } from '../connection/connections.ts';
import type { FailureReports } from '../failures/failureReports.ts';
import { fullId } from '../window/ids.ts';
import { offeredSizes, readSetting } from '../window/settings.ts';
import { type AgentPlace, type AgentRoot, agentRoots, placeFor } from './agentFiles.ts';

export interface PlanParts {
  readonly connections: Connections;
  readonly reports: FailureReports;
}

export interface CallPlan {
  readonly call: GenerateCall;
  readonly place: AgentPlace;
  readonly roots: readonly AgentRoot[];
  /** The size to ask the service for. */
  readonly size: string;
}

/** Everything that can be known before anything is paid. */
export async function planCall(args: unknown, { connections, reports }: PlanParts): Promise<CallPlan | Problem> {
  if (!vscode.workspace.isTrusted) return { problem: 'This workspace is in Restricted Mode, so nothing is generated for an agent. Ask the person to trust the workspace first.' };
  const call = readGenerateCall(args, readSetting('maxPromptCharacters'));
  if ('problem' in call) return call;
  const roots = agentRoots();
  const place = await placeFor(call, roots);
  if ('problem' in place) return place;
  const problem = await connections.problem();
  if (problem) {
    void offerSetUp();
    return { problem: `${reports.sentence(problem)} Ask the person to run the command “Image Generator: Set Up” in VS Code; a notification offers it. Nothing was made, and it cost nothing.` };
  }
  return { call, place, roots, size: sizeFor(call, place) };
}

/** The nearest shape of those that the service makes. */
function sizeFor({ widthPx, heightPx }: GenerateCall, { root, documentUri }: AgentPlace): string {
  const scope = documentUri ?? root.uri;
  const usual = readSetting('size', scope);
  const size = parseSize(usual);
  const shape = widthPx === undefined || heightPx === undefined ? undefined : nearestSize({ widthPx, heightPx }, offeredSizes(scope));
  return shape ?? (size ? formatSize(size) : usual);
}

async function offerSetUp(): Promise<void> {
  const setUp = vscode.l10n.t('Set Up');
  const pressed = await vscode.window.showWarningMessage(vscode.l10n.t('An agent wants to make an image, but no service is set up yet.'), setUp);
  if (pressed === setUp) await vscode.commands.executeCommand(fullId('setUp'));
}
