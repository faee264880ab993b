// Registers the tools for agents in VS Code; the product is read when one is called first.
import * as vscode from 'vscode';
import type { ToolAnswer } from '../../agents/mcpServer.ts';
import { type ToolName, TOOLS } from '../../agents/toolSchemas.ts';

/** What the tools ask of the product. */
export interface AgentCalls {
  callTool(tool: ToolName, input: unknown, token: vscode.CancellationToken): Promise<ToolAnswer>;
  /** The question that VS Code shows before the tool runs; without effect. */
  confirmTool(tool: ToolName, input: unknown): vscode.PreparedToolInvocation;
}

export function registerTools(calls: () => AgentCalls): vscode.Disposable {
  return vscode.Disposable.from(...TOOLS.map(({ name }) => vscode.lm.registerTool(name, toolOf(name, calls))));
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
