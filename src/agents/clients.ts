// Lists the agents that a window can be connected to: where each keeps its MCP servers, and in which form.

/** Where a client's configuration lies: below the person's home, or below the editor's storage of extensions. */
export type ConfigPlace = { readonly base: 'home' | 'extensionStorage'; readonly path: string };

export interface AgentClient {
  readonly id: string;
  /** Its own name, the same in every language. */
  readonly name: string;
  readonly place: ConfigPlace;
  readonly format: 'json' | 'toml';
  /** Keys or table that hold the servers by name. */
  readonly servers: string;
  /** Members beside `command`, `args` and `env`. */
  readonly extra?: Readonly<Record<string, unknown>>;
  /** The page that says so. */
  readonly source: string;
  /** The day it was read. */
  readonly read: string;
}

/** The name of our server in every configuration. */
export const SERVER_NAME = 'generate-image';

export const CLIENTS: readonly AgentClient[] = [
  { id: 'claudeCode', name: 'Claude Code', place: { base: 'home', path: '.claude.json' }, format: 'json', servers: 'mcpServers', extra: { type: 'stdio' }, source: 'https://code.claude.com/docs/en/mcp', read: '2026-11-25' },
  { id: 'codex', name: 'Codex', place: { base: 'home', path: '.codex/config.toml' }, format: 'toml', servers: 'mcp_servers', source: 'https://developers.openai.com/codex/mcp', read: '2026-11-25' },
  { id: 'cursor', name: 'Cursor', place: { base: 'home', path: '.cursor/mcp.json' }, format: 'json', servers: 'mcpServers', source: 'https://cursor.com/docs/context/mcp', read: '2026-11-25' },
  { id: 'cline', name: 'Cline', place: { base: 'extensionStorage', path: 'saoudrizwan.claude-dev/settings/cline_mcp_settings.json' }, format: 'json', servers: 'mcpServers', source: 'https://docs.cline.bot/mcp/configuring-mcp-servers', read: '2026-11-25' },
  { id: 'roo', name: 'Roo Code', place: { base: 'extensionStorage', path: 'rooveterinaryinc.roo-cline/settings/mcp_settings.json' }, format: 'json', servers: 'mcpServers', source: 'https://docs.roocode.com/features/mcp/using-mcp-in-roo', read: '2026-11-25' },
  { id: 'windsurf', name: 'Windsurf', place: { base: 'home', path: '.codeium/windsurf/mcp_config.json' }, format: 'json', servers: 'mcpServers', source: 'https://docs.windsurf.com/windsurf/cascade/mcp', read: '2026-11-25' },
  { id: 'gemini', name: 'Gemini CLI', place: { base: 'home', path: '.gemini/settings.json' }, format: 'json', servers: 'mcpServers', source: 'https://geminicli.com/docs/tools/mcp-server', read: '2026-11-25' },
];

/** How the server is started. It needs no key, no port and no argument but its own path. */
export interface ServerCommand {
  readonly command: string;
  readonly args: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
}
