// Puts together what answers agents, in VS Code and beside it.
import type * as vscode from 'vscode';
import type { DoorCall } from '../../agents/door.ts';
import type { ToolAnswer } from '../../agents/mcpServer.ts';
import type { Platform } from '../platform.ts';
import type { Memory } from '../window/memory.ts';
import { AgentDoor } from './agentDoor.ts';
import { generateForAgent, type AgentImagesParts, type CallContext } from './agentImages.ts';
import { confirmationFor } from './confirmation.ts';
import type { ConnectAgentParts } from './connectAgent.ts';
import type { GeneratedFiles } from './apiTypes.ts';
import { generateFilesForCode } from './filesForCode.ts';
import { findForAgent, type FindParts } from './findForAgent.ts';
import type { AgentCalls } from './languageModelTools.ts';
import { WorkspaceImages } from './workspaceImages.ts';
import { WriteTurns } from './writeAgentImage.ts';

export interface Agents extends AgentCalls {
  /** For other extensions. @throws RefusalToCaller with a sentence if nothing was made */
  generateFiles(args: unknown, token?: vscode.CancellationToken): Promise<GeneratedFiles>;
  readonly connect: ConnectAgentParts;
  /** Lets agents beside VS Code in, if a person ever connected one. Never rejects. */
  openDoorIfWanted(): Promise<void>;
}

export interface AgentsParts extends Omit<AgentImagesParts, 'turns'>, Omit<FindParts, 'workspaceImages' | 'turns'> {
  readonly platform: Platform;
  readonly memory: Memory;
  readonly version: string;
}

export function createAgents(parts: AgentsParts): Agents & vscode.Disposable {
  const { platform, memory, log, version } = parts;
  const make = { ...parts, turns: new WriteTurns() };
  const find = { ...make, workspaceImages: new WorkspaceImages(parts.pixels) };
  const answer = (tool: string, args: unknown, context: CallContext): Promise<ToolAnswer> => (tool === 'generateImageFile' ? generateForAgent(args, context, make) : findForAgent(args, context, find));
  const handle = ({ tool, arguments: args, client, signal, progress }: DoorCall): Promise<ToolAnswer> => answer(tool, args, { asker: { kind: 'beside', name: client.name }, signal, progress });
  const door = new AgentDoor({ agents: platform.agents, memory, windowId: platform.liveness.windowId, version, now: () => platform.transport.clock.now(), log, handle });
  return {
    confirmTool: confirmationFor,
    async callTool(tool, input, token) {
      const cancelled = new AbortController();
      const listening = token.onCancellationRequested(() => cancelled.abort('cancelled'));
      try {
        return await answer(tool, input, { asker: { kind: 'inVsCode' }, signal: cancelled.signal, progress: () => undefined });
      } finally {
        listening.dispose();
      }
    },
    generateFiles: (args, token) => generateFilesForCode(args, make, token),
    connect: { agents: platform.agents, memory, settleDoor: () => door.settle() },
    openDoorIfWanted: () => door.follow(),
    dispose: () => door.dispose(),
  };
}
