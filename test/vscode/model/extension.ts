// Turns the script of a test into what a language model says in the chat, and what the model was told into a file.
import { appendFileSync, copyFileSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { ANSWERED, HEARD, type Heard, type HeardPart, LATEST, OPENED, SCRIPT, type Script } from './script.ts';

const MODEL: vscode.LanguageModelChatInformation = {
  id: 'scripted', name: 'Scripted Model', family: 'scripted', version: '1', maxInputTokens: 200_000, maxOutputTokens: 8000,
  capabilities: { toolCalling: true, imageInput: true },
};

export function activate(context: vscode.ExtensionContext): void {
  const folder = context.globalStorageUri.fsPath;
  mkdirSync(folder, { recursive: true });
  const provider: vscode.LanguageModelChatProvider = {
    provideLanguageModelChatInformation: () => [{ ...MODEL, isUserSelectable: true }],
    provideTokenCount: (_model, text) => Promise.resolve(typeof text === 'string' ? Math.ceil(text.length / 4) : 100),
    provideLanguageModelChatResponse(_model, messages, { tools = [] }, progress) {
      if (tools.length === 0) progress.report(new vscode.LanguageModelTextPart('A title'));
      else answer(folder, hear(messages, tools), progress);
      return Promise.resolve();
    },
  };
  context.subscriptions.push(
    vscode.lm.registerLanguageModelChatProvider('scripted', provider),
    vscode.commands.registerCommand('scriptedModel.chat', async () => {
      await vscode.commands.executeCommand('workbench.action.chat.newChat');
      await vscode.commands.executeCommand('workbench.action.chat.open', { mode: 'agent', modelSelector: { vendor: 'scripted' } });
      copyFileSync(join(folder, LATEST), join(folder, OPENED));
    }),
  );
}

/** The script's calls come first; once each has a result, the model has said all. */
function answer(folder: string, heard: Heard, progress: vscode.Progress<vscode.LanguageModelResponsePart>): void {
  const words = heard.beside.map((part) => ('text' in part ? part.text : '')).join('\n');
  const [question = ''] = words.match(/question\d+/g)?.slice(-1) ?? [];
  const { name, calls } = JSON.parse(readFileSync(join(folder, SCRIPT(question)), 'utf8')) as Script;
  appendFileSync(join(folder, HEARD), `${JSON.stringify(heard)}\n`);
  const ids = calls.map((_call, index) => `${name}-${index}`);
  const isAnswered = ids.every((id) => heard.results.some(({ callId }) => callId.startsWith(id)));
  if (isAnswered) return progress.report(new vscode.LanguageModelTextPart(ANSWERED(name)));
  for (const [index, { tool, input }] of calls.entries()) progress.report(new vscode.LanguageModelToolCallPart(`${name}-${index}`, tool, input));
}

function hear(messages: readonly vscode.LanguageModelChatRequestMessage[], tools: readonly vscode.LanguageModelChatTool[]): Heard {
  const parts = messages.flatMap(({ content }) => content);
  const results = parts.filter((part) => part instanceof vscode.LanguageModelToolResultPart);
  return {
    tools: tools.map(({ name, description, inputSchema }) => ({ name, description, inputSchema })),
    results: results.map(({ callId, content }) => ({ callId, parts: content.flatMap(partOf) })),
    beside: parts.flatMap(partOf),
  };
}

function partOf(part: unknown): HeardPart[] {
  if (part instanceof vscode.LanguageModelTextPart) return [{ text: part.value }];
  if (part instanceof vscode.LanguageModelDataPart) return [{ mimeType: part.mimeType, base64: Buffer.from(part.data).toString('base64') }];
  return [];
}
