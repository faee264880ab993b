// Turns the standard input and output of a process that an agent starts into calls of the VS Code window beside it.
import { McpServer, type ToolAnswer, type ToolCall } from '../../agents/mcpServer.ts';
import { LineReader } from '../../agents/lines.ts';
import { callWindow } from './callWindow.ts';
import { findWindow } from './windowFiles.ts';

/** Filled by the build with the version in package.json. */
declare const VERSION: string;

const MOST_LINE_CHARACTERS = 1_000_000;

const sentence = (text: string): ToolAnswer => ({ isError: true, parts: [{ type: 'text', text }] });

async function answer(call: ToolCall): Promise<ToolAnswer> {
  const window = await findWindow(__dirname, [...(await call.roots()), process.cwd()]);
  return 'problem' in window ? sentence(window.problem) : callWindow(window, call);
}

const server = new McpServer({
  version: VERSION,
  send: (line) => void process.stdout.write(`${line}\n`),
  pause: (ms) => new Promise((resolve) => setTimeout(resolve, ms).unref()),
  call: answer,
});

const lines = new LineReader(MOST_LINE_CHARACTERS);
process.stdin.setEncoding('utf8');
process.stdin.on('data', (piece: string) => lines.take(piece).forEach((line) => server.take(line)));
// The window learns from the closed socket that nobody waits any more; what is paid for goes on there.
process.stdin.on('end', () => process.exit(0));
// The agent may be gone without a word: nothing is left to write to.
process.stdout.on('error', () => process.exit(0));
