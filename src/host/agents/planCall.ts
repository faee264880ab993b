// Turns what an agent or another extension asks for into a checked plan, before anything is paid.
import * as vscode from 'vscode';
import { type GenerateCall, type Problem, readGenerateCall } from '../../agents/toolArguments.ts';
import { formatSize, nearestSize, parseSize } from '../../prompt/size.ts';
import type { Connections } from '../connection/connections.ts';
import type { FailureReports } from '../failures/failureReports.ts';
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

/** What is said of this window: to a model in English, to the user of another extension in their language. */
export interface PlanSentences {
  restricted(): string;
  noFolder(): string;
  /** @param problem says what of the service is missing */
  notSetUp(problem: string): string;
}

/** Everything that can be known before anything is paid. */
export async function planCall(args: unknown, sentences: PlanSentences, { connections, reports }: PlanParts): Promise<CallPlan | Problem> {
  if (!vscode.workspace.isTrusted) return { problem: sentences.restricted() };
  const call = readGenerateCall(args, readSetting('maxPromptCharacters'));
  if ('problem' in call) return call;
  const roots = agentRoots();
  if (roots.length === 0) return { problem: sentences.noFolder() };
  const place = await placeFor(call, roots);
  if ('problem' in place) return place;
  const problem = await connections.problem();
  if (problem) return { problem: sentences.notSetUp(reports.sentence(problem)) };
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
