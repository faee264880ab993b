// Holds what is written into other programs' configuration: our server, and not a letter more; taken back, nothing is left.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { addServer, describeEntry, holdsServer, removeServer, UnreadableConfig } from '../../../src/agents/clientConfig.ts';
import { CLIENTS, type AgentClient } from '../../../src/agents/clients.ts';

const SERVER = { command: 'node', args: ['/home/me/a "b"\\mcp.cjs'], env: { ELECTRON_RUN_AS_NODE: '1' } };
const clientOf = (id: string): AgentClient => CLIENTS.find((client) => client.id === id) ?? assert.fail(id);
const [claude, codex, cursor] = [clientOf('claudeCode'), clientOf('codex'), clientOf('cursor')];

test('every client has its facts: an id of its own, a file, a page and a day', () => {
  assert.equal(new Set(CLIENTS.map(({ id }) => id)).size, CLIENTS.length);
  for (const { source, read, place } of CLIENTS) {
    assert.match(source, /^https:\/\//);
    assert.match(read, /^\d{4}-\d\d-\d\d$/);
    assert.doesNotMatch(place.path, /^\/|\.\./);
  }
});

test('an empty or missing file gets the server alone', () => {
  assert.deepEqual(JSON.parse(addServer('', claude, SERVER)), { mcpServers: { 'generate-image': { type: 'stdio', ...SERVER } } });
  assert.deepEqual(JSON.parse(describeEntry(cursor, SERVER)), { mcpServers: { 'generate-image': SERVER } });
  assert.equal(addServer('', codex, SERVER), '[mcp_servers.generate-image]\ncommand = "node"\nargs = ["/home/me/a \\"b\\"\\\\mcp.cjs"]\nenv = { ELECTRON_RUN_AS_NODE = "1" }\n');
});

const JSON_FILE = '{\r\n\t// mine\r\n\t"theme": "dark",\r\n\t"mcpServers": {\r\n\t\t"other": { "command": "x" }, // keep\r\n\t},\r\n\t"numbers": 1.50\r\n}\r\n';

test('in JSON everything else stays as it is, comments and line breaks too', () => {
  const added = addServer(JSON_FILE, cursor, SERVER);
  assert.ok(holdsServer(added, cursor));
  for (const piece of ['\t// mine\r\n', '"theme": "dark"', '"other": { "command": "x" }', '// keep', '"numbers": 1.50']) assert.ok(added.includes(piece), piece);
  assert.doesNotMatch(added, /[^\r]\n/);
  assert.ok(!holdsServer(removeServer(added, cursor), cursor));
});

test('a server that is there already is replaced, not doubled', () => {
  const once = addServer(JSON_FILE, cursor, { command: 'old', args: [] });
  const twice = addServer(once, cursor, SERVER);
  assert.equal(twice.split('"generate-image"').length, 2);
  assert.ok(!twice.includes('"old"'));
  assert.equal(addServer(addServer('', codex, { command: 'old', args: [] }), codex, SERVER), addServer('', codex, SERVER));
});

const TOML_FILE = 'model = "x" # mine\n\n[mcp_servers.other]\ncommand = "y"\n\n[mcp_servers.generate-image]\ncommand = "old"\n\n[mcp_servers.generate-image.env]\nA = "b"\n\n[tui]\ntheme = "z"\n';

test('in TOML the server’s own tables go and come, all others stay', () => {
  const removed = removeServer(TOML_FILE, codex);
  assert.equal(removed, 'model = "x" # mine\n\n[mcp_servers.other]\ncommand = "y"\n\n[tui]\ntheme = "z"\n');
  assert.equal(addServer(removed, codex, SERVER), `${removed}\n${addServer('', codex, SERVER)}`);
  assert.equal(removeServer(addServer(removed, codex, SERVER), codex).trimEnd(), removed.trimEnd());
});

test('a server that was never there is not removed, and the file does not change', () => {
  assert.equal(removeServer(JSON_FILE, cursor), JSON_FILE);
  assert.equal(removeServer('', cursor), '');
  assert.equal(removeServer('a = 1\n', codex), 'a = 1\n');
});

for (const text of ['[]', '{', '"x"', '{ "mcpServers": [] }', '{ "a": 1 } }']) {
  test(`JSON that is damaged or of another form is left alone: ${text}`, () => {
    assert.throws(() => addServer(text, cursor, SERVER), UnreadableConfig);
  });
}

test('TOML that holds the servers in one value is left alone', () => {
  assert.throws(() => addServer('mcp_servers = { a = { command = "x" } }\n', codex, SERVER), UnreadableConfig);
});
