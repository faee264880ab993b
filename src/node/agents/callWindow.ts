// Turns one call of a tool into a conversation with a window, and its answer back; the window may go away at any time.
import { connect } from 'node:net';
import { LineReader } from '../../agents/lines.ts';
import type { ToolAnswer, ToolCall } from '../../agents/mcpServer.ts';
import { BRIDGE_VERSION, MOST_MESSAGE_CHARACTERS, parseMessage, type ServerMessage, type WindowFile, windowMessageSchema } from '../../agents/windowMessages.ts';

const GONE = 'The VS Code window is gone, so nothing was asked of it. Ask the person to open the folder in VS Code, then call again. Nothing was made.';
const CLOSED =
  'The VS Code window was closed before it answered. An image that was already paid for is kept and can be found with findImageFile once the folder is open in VS Code again. Do not simply call again: that would be a new charge.';

const LONGEST_CONNECT_MS = 5000;

/** Never rejects: what went wrong is a sentence for the agent. */
export function callWindow(window: WindowFile, call: ToolCall): Promise<ToolAnswer> {
  return new Promise((resolve) => {
    const socket = connect(window.address);
    const lines = new LineReader(MOST_MESSAGE_CHARACTERS);
    let isAsked = false;
    const say = (message: ServerMessage): void => void socket.write(`${JSON.stringify(message)}\n`);
    const end = (answer: ToolAnswer): void => {
      call.signal.removeEventListener('abort', cancel);
      socket.destroy();
      resolve(answer);
    };
    const fail = (text: string): void => end({ isError: true, parts: [{ type: 'text', text }] });
    const cancel = (): void => {
      // The window stops what it can; its answer is not waited for, since the agent takes none.
      if (isAsked) say({ type: 'cancel', id: 1 });
      socket.end(() => fail('Cancelled.'));
    };
    socket.setEncoding('utf8');
    socket.setTimeout(LONGEST_CONNECT_MS, () => !isAsked && fail(GONE));
    socket.on('error', () => fail(isAsked ? CLOSED : GONE));
    socket.on('close', () => fail(isAsked ? CLOSED : GONE));
    socket.on('connect', () => say({ type: 'hello', bridge: BRIDGE_VERSION, token: window.token, client: { name: call.client.name.slice(0, 200), version: call.client.version.slice(0, 100) } }));
    socket.on('data', (piece: string) => {
      for (const line of lines.take(piece)) {
        const message = parseMessage(windowMessageSchema, line);
        if (message?.type === 'welcome' && !isAsked) {
          isAsked = true;
          say({ type: 'call', id: 1, tool: call.tool, arguments: call.arguments });
        } else if (message?.type === 'refused') fail(message.sentence);
        else if (message?.type === 'progress') call.progress(message.done, message.total, message.message);
        else if (message?.type === 'answer') end({ isError: message.isError, parts: message.parts });
      }
    });
    if (call.signal.aborted) cancel();
    else call.signal.addEventListener('abort', cancel, { once: true });
  });
}
