// Registers the tools for agents in VS Code; the product is read when one is called first.
import * as vscode from 'vscode';
import type { ToolAnswer } from '../../agents/mcpServer.ts';
import { TOOL_NAMES, type ToolName } from '../../agents/toolSchemas.ts';
import { PREFIX } from '../window/ids.ts';

/** What the tools ask of the product. */
export interface AgentCalls {
  callTool(tool: ToolName, input: unknown, token: vscode.CancellationToken): Promise<ToolAnswer>;
  /** The question that VS Code shows before the tool runs; without effect. */
  confirmTool(tool: ToolName, input: unknown): vscode.PreparedToolInvocation;
}

/** The tools are there as long as neither our own switch nor VS Code's for AI features is off. */
export function registerTools(calls: () => AgentCalls): vscode.Disposable {
  let registered: vscode.Disposable | undefined;
  const follow = (): void => {
    // Read without the schemas of all settings, which would make every start longer.
    const isWanted = vscode.workspace.getConfiguration(PREFIX).get('agentTools') !== false && vscode.workspace.getConfiguration('chat').get('disableAIFeatures') !== true;
    if (isWanted === (registered !== undefined)) return;
    registered?.dispose();
    registered = isWanted ? vscode.Disposable.from(...TOOL_NAMES.map((name) => vscode.lm.registerTool(name, toolOf(name, calls)))) : undefined;
  };
  follow();
  const changes = vscode.workspace.onDidChangeConfiguration((change) => {
    if (change.affectsConfiguration(`${PREFIX}.agentTools`) || change.affectsConfiguration('chat.disableAIFeatures')) follow();
  });
  return new vscode.Disposable(() => {
    changes.dispose();
    registered?.dispose();
  });
}

function toolOf(name: ToolName, calls: () => AgentCalls): vscode.LanguageModelTool<unknown> {
  return {
    prepareInvocation: ({ input }) => calls().confirmTool(name, input),
    async invoke({ input }, token) {
      const { parts } = await calls().callTool(name, input, token);
      return new vscode.LanguageModelToolResult(
        parts.map((part) => (part.type === 'text' ? new vscode.LanguageModelTextPart(part.text) : vscode.LanguageModelDataPart.image(fromBase64(part.data), part.mimeType))),
      );
    },
  };
}

function fromBase64(text: string): Uint8Array {
  return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
}
