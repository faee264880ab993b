// Connects agents beside VS Code: shows what will be written where, writes it when the person agrees, and takes it back.
import * as vscode from 'vscode';
import { addServer, describeEntry, holdsServer, removeServer, UnreadableConfig } from '../../agents/clientConfig.ts';
import { type AgentClient, CLIENTS, SERVER_NAME, type ServerCommand } from '../../agents/clients.ts';
import type { AgentPlatform } from '../platform.ts';
import type { Memory } from '../window/memory.ts';
import { Refusal } from '../window/refusal.ts';
import { readSetting } from '../window/settings.ts';
import { cursorServers } from './cursorServers.ts';

const t = vscode.l10n.t;

export interface ConnectAgentParts {
  readonly agents: AgentPlatform;
  readonly memory: Memory;
  /** Lets agents reach this window, or no longer, as the memory says by now. */
  readonly settleDoor: () => Promise<void>;
}

interface ClientChoice extends vscode.QuickPickItem {
  readonly client: AgentClient | 'other' | 'none';
  readonly isConnected: boolean;
}

export async function connectAgent(parts: ConnectAgentParts): Promise<void> {
  const choice = await vscode.window.showQuickPick(listClients(parts), { title: t('Connect an Agent'), placeHolder: t('Which agent should be able to make images in this window?'), matchOnDescription: true });
  if (!choice) return;
  const { client, isConnected } = choice;
  if (client === 'none') return letNoneIn(t('No agent beside VS Code reaches your windows any more.'), parts);
  if (client !== 'other' && isConnected) return disconnect(client, parts);
  const server = await parts.agents.placeServer();
  if (client === 'other') await copyConfiguration(server, parts);
  else await connect(client, server, parts);
}

async function listClients({ agents, memory }: ConnectAgentParts): Promise<ClientChoice[]> {
  const clients = await Promise.all(
    CLIENTS.map(async (client) => {
      const isConnected = await isHeldBy(client, agents);
      return { label: client.name, description: isConnected ? t('connected; choose to disconnect') : '', detail: agents.configPath(client.place), client, isConnected };
    }),
  );
  const other = { label: t('Another agent'), description: t('copies the configuration'), client: 'other', isConnected: false } as const;
  const none = { label: t('No agent'), description: t('closes your windows to all of them'), client: 'none', isConnected: false } as const;
  return [...clients, other, ...(memory.agentsConnected ? [none] : [])];
}

/** A configuration that cannot be read holds nothing. */
async function isHeldBy(client: AgentClient, agents: AgentPlatform): Promise<boolean> {
  return holdsServer(await agents.readConfig(client.place).catch(() => ''), client);
}

async function connect(client: AgentClient, server: ServerCommand, parts: ConnectAgentParts): Promise<void> {
  const path = parts.agents.configPath(client.place);
  const write = t('Write');
  const detail = `${describeEntry(client, server)}\n\n${t('Everything else in the file stays. The server holds no key and opens no port: it talks to this window, which asks you before it spends anything.')}`;
  const pressed = await vscode.window.showInformationMessage(t('This will be written into {0} for {1}:', path, client.name), { modal: true, detail }, write);
  if (pressed !== write) return;
  // What Cursor is told by its own call holds at once, and the file for later.
  if (client.id === 'cursor') cursorServers()?.registerServer({ name: SERVER_NAME, server });
  await edit(client, parts, (text) => addServer(text, client, server));
  await allowAgents(parts);
  void vscode.window.showInformationMessage(t('{0} is connected. Start it anew, so that it reads its configuration.', client.name));
}

async function disconnect(client: AgentClient, parts: ConnectAgentParts): Promise<void> {
  const remove = t('Disconnect');
  const pressed = await vscode.window.showInformationMessage(t('“{0}” will be taken out of {1}. Everything else in the file stays.', SERVER_NAME, parts.agents.configPath(client.place)), { modal: true }, remove);
  if (pressed !== remove) return;
  if (client.id === 'cursor') cursorServers()?.unregisterServer(SERVER_NAME);
  await edit(client, parts, (text) => removeServer(text, client));
  const held = await Promise.all(CLIENTS.map((other) => isHeldBy(other, parts.agents)));
  if (held.includes(true)) void vscode.window.showInformationMessage(t('{0} is disconnected.', client.name));
  else await letNoneIn(t('{0} is disconnected. It was the last one: no agent beside VS Code reaches your windows any more.', client.name), parts);
}

/** Closed, until the person says that a configuration is in use of which only they know. */
async function letNoneIn(told: string, parts: ConnectAgentParts): Promise<void> {
  parts.memory.setAgentsConnected(false);
  await parts.settleDoor();
  const keep = t('I Use a Copied Configuration');
  const pressed = await vscode.window.showInformationMessage(told, keep);
  if (pressed === keep) await allowAgents(parts);
}

/** The file is read at the moment of writing: the client may have changed it while the person read the question. */
async function edit(client: AgentClient, { agents }: ConnectAgentParts, change: (text: string) => string): Promise<void> {
  const path = agents.configPath(client.place);
  try {
    const text = await agents.readConfig(client.place);
    const changed = change(text);
    if (changed !== text) await agents.writeConfig(client.place, changed);
  } catch (error) {
    if (error instanceof UnreadableConfig) throw new Refusal(t('{0} cannot be read as the configuration of {1}, so it was left alone. Mend it first, or choose “Another agent” and write it yourself.', path, client.name));
    throw new Refusal(t('{0} could not be written: {1}', path, error instanceof Error ? error.message : String(error)));
  }
}

async function copyConfiguration(server: ServerCommand, parts: ConnectAgentParts): Promise<void> {
  await vscode.env.clipboard.writeText(`${JSON.stringify({ mcpServers: { [SERVER_NAME]: server } }, undefined, 2)}\n`);
  await allowAgents(parts);
  void vscode.window.showInformationMessage(t('The configuration is on the clipboard. Paste it where your agent keeps its MCP servers.'));
}

async function allowAgents({ memory, settleDoor }: ConnectAgentParts): Promise<void> {
  memory.setAgentsConnected(true);
  await settleDoor();
  if (!readSetting('agentTools')) void vscode.window.showWarningMessage(t('The setting “Agent Tools” is off, so no agent reaches this window until it is on.'));
}
