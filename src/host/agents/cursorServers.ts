// Finds the call by which Cursor takes an MCP server from an extension.
import * as vscode from 'vscode';
import type { ServerCommand } from '../../agents/clients.ts';

export interface CursorServers {
  registerServer(config: { readonly name: string; readonly server: ServerCommand }): void;
  unregisterServer(name: string): void;
}

/** Undefined in every editor but Cursor: https://cursor.com/docs/extension-api */
export function cursorServers(): CursorServers | undefined {
  return (vscode as unknown as { cursor?: { mcp?: CursorServers } }).cursor?.mcp;
}
