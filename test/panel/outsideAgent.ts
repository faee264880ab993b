// Plays an agent beside VS Code: the official MCP client with the server that the product put in place.
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';

/** What a call was answered. */
interface AgentAnswer {
  text: string;
  isError: boolean;
  images: number;
}

export interface OutsideAgent {
  /** Of its server. */
  readonly pid: number | null;
  /** All that the server said, on its output and beside it. */
  readonly said: readonly string[];
  tools(): Promise<string[]>;
  generate(args: Record<string, unknown>, options?: Parameters<Client['callTool']>[2]): Promise<AgentAnswer>;
  close(): Promise<void>;
}

/** @param name the name that it gives itself */
export async function connectAgent(name: string, script: string, cwd: string): Promise<OutsideAgent> {
  const client = new Client({ name, version: '1' });
  const server = new StdioClientTransport({ command: process.execPath, args: [script], cwd, stderr: 'pipe' });
  const said: string[] = [];
  server.onmessage = (message) => void said.push(JSON.stringify(message));
  server.stderr?.on('data', (bytes: Buffer) => void said.push(bytes.toString()));
  await client.connect(server);
  return {
    get pid() { return server.pid; },
    said,
    tools: async () => (await client.listTools()).tools.map((tool) => tool.name),
    async generate(args, options) {
      const { content, isError } = await client.callTool({ name: 'generateImageFile', arguments: args }, undefined, options);
      const parts = content as { type: string; text?: string }[];
      return { text: parts[0]?.text ?? '', isError: isError === true, images: parts.filter(({ type }) => type === 'image').length };
    },
    close: () => client.close(),
  };
}
