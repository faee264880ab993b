// Turns a client's configuration into the same with our server in it, or without it; everything else keeps its letters.
import { applyEdits, findNodeAtLocation, modify, type Node, parse, type ParseError, parseTree } from 'jsonc-parser';
import { SERVER_NAME, type AgentClient, type ServerCommand } from './clients.ts';

/** The configuration cannot be read as what it should be, so it is left alone. */
export class UnreadableConfig extends Error {}

/**
 * @param text the file as it is; `''` if there is none
 * @throws UnreadableConfig
 */
export function addServer(text: string, client: AgentClient, server: ServerCommand): string {
  return client.format === 'toml' ? addToToml(text, client, server) : editJson(text, client, entryOf(client, server));
}

/** @throws UnreadableConfig */
export function removeServer(text: string, client: AgentClient): string {
  return client.format === 'toml' ? removeFromToml(text, client) : editJson(text, client, undefined);
}

/** Whether our server stands in the configuration, whatever its command. */
export function holdsServer(text: string, client: AgentClient): boolean {
  if (client.format === 'toml') return tomlTables(text, client).length > 0;
  const value = parse(text) as Record<string, Record<string, unknown> | undefined> | undefined;
  return value?.[client.servers]?.[SERVER_NAME] !== undefined;
}

/** The lines that are added, for a person to read before they are written. */
export function describeEntry(client: AgentClient, server: ServerCommand): string {
  return addServer('', client, server).trim();
}

function entryOf(client: AgentClient, { command, args, env }: ServerCommand): object {
  return { ...client.extra, command, args, ...(env && Object.keys(env).length > 0 && { env }) };
}

function editJson(text: string, client: AgentClient, entry: object | undefined): string {
  const source = text.trim() === '' ? '{}\n' : text;
  const errors: ParseError[] = [];
  // Clients allow comments and trailing commas more or less; what is worse than that is not ours to mend.
  const root = parseTree(source, errors, { allowTrailingComma: true });
  if (errors.length > 0 || root?.type !== 'object') throw new UnreadableConfig();
  const servers = findNodeAtLocation(root, [client.servers]);
  if (servers !== undefined && servers.type !== 'object') throw new UnreadableConfig();
  const own = servers && findNodeAtLocation(servers, [SERVER_NAME]);
  if (entry === undefined) return own ? applyEdits(source, modify(source, [client.servers, SERVER_NAME], undefined, {})) : text;
  const style = styleOf(source);
  if (own) return source.slice(0, own.offset) + writeJson(entry, 2, style) + source.slice(own.offset + own.length);
  return servers ? addMember(source, servers, SERVER_NAME, entry, 2, style) : addMember(source, root, client.servers, { [SERVER_NAME]: entry }, 1, style);
}

interface Style {
  readonly indent: string;
  readonly eol: string;
}

function styleOf(text: string): Style {
  return { indent: /\n([ \t]+)\S/.exec(text)?.[1] ?? '  ', eol: text.includes('\r\n') ? '\r\n' : '\n' };
}

function writeJson(value: object, depth: number, { indent, eol }: Style): string {
  return JSON.stringify(value, undefined, indent).replaceAll('\n', eol + indent.repeat(depth));
}

/** In front of all others, so that no comma and no comment behind another member is touched. */
function addMember(source: string, object: Node, name: string, value: object, depth: number, style: Style): string {
  const at = object.offset + 1;
  const { indent, eol } = style;
  const member = `${eol}${indent.repeat(depth)}${JSON.stringify(name)}: ${writeJson(value, depth, style)}`;
  const isEmpty = (object.children ?? []).length === 0;
  return source.slice(0, at) + member + (isEmpty ? eol + indent.repeat(depth - 1) + source.slice(at).trimStart() : `,${source.slice(at)}`);
}

/** https://toml.io/en/v1.0.0#table: a table goes from its header to the next header. */
function tomlTables(text: string, { servers }: AgentClient): { start: number; end: number }[] {
  const headers = [...text.matchAll(/^[ \t]*\[{1,2}([^\]\n]+)\]{1,2}[ \t]*(?:#.*)?$/gm)];
  const own = new RegExp(`^\\s*${servers}\\s*\\.\\s*["']?${SERVER_NAME}["']?\\s*(?:\\.|$)`);
  return headers.flatMap((header, index) => (own.test(header[1] ?? '') ? [{ start: header.index, end: headers[index + 1]?.index ?? text.length }] : []));
}

function addToToml(text: string, client: AgentClient, { command, args, env }: ServerCommand): string {
  const eol = text.includes('\r\n') ? '\r\n' : '\n';
  // JSON's strings are TOML's basic strings: https://toml.io/en/v1.0.0#string
  const lines = [`[${client.servers}.${SERVER_NAME}]`, `command = ${JSON.stringify(command)}`, `args = [${args.map((arg) => JSON.stringify(arg)).join(', ')}]`];
  const pairs = Object.entries(env ?? {}).map(([name, value]) => `${name} = ${JSON.stringify(value)}`);
  if (pairs.length > 0) lines.push(`env = { ${pairs.join(', ')} }`);
  const rest = removeFromToml(text, client);
  const gap = rest === '' ? '' : rest.endsWith(eol + eol) ? '' : rest.endsWith(eol) ? eol : eol + eol;
  return rest + gap + lines.join(eol) + eol;
}

function removeFromToml(text: string, client: AgentClient): string {
  // A dotted key or an inline table may hold the server, too; that was not written by us.
  if (new RegExp(`^\\s*${client.servers}\\s*=`, 'm').test(text)) throw new UnreadableConfig();
  let rest = text;
  for (const { start, end } of tomlTables(text, client).reverse()) rest = rest.slice(0, start) + rest.slice(end);
  return rest;
}
