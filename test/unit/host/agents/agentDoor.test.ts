// The door for agents beside VS Code is open as long as a person lets them in, and shut at once when not.
import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import * as vscode from 'vscode';
import { addServer, holdsServer } from '../../../../src/agents/clientConfig.ts';
import { CLIENTS, type ConfigPlace } from '../../../../src/agents/clients.ts';
import type { DoorCall, DoorParts } from '../../../../src/agents/door.ts';
import { AgentDoor, type AgentDoorParts } from '../../../../src/host/agents/agentDoor.ts';
import { connectAgent, type ConnectAgentParts } from '../../../../src/host/agents/connectAgent.ts';
import { Memory } from '../../../../src/host/window/memory.ts';
import { createMemento, resetWorld, world } from '../../../vscodeModule/world.ts';
import { until } from '../../jobs/workbench.ts';

const SERVER = { command: 'node', args: ['/mcp.cjs'] };
const CALL = {} as DoorCall;

/** A window whose door only counts, with these clients connected. */
function openWindow(t: TestContext, ...connected: string[]) {
  resetWorld();
  const files = new Map(CLIENTS.filter(({ id }) => connected.includes(id)).map((client) => [client.place.path, addServer('', client, SERVER)]));
  const doors: DoorParts[] = [];
  let open = 0;
  const agents = {
    placeServer: () => Promise.resolve(SERVER),
    configPath: ({ path }: ConfigPlace) => path,
    readConfig: ({ path }: ConfigPlace) => Promise.resolve(files.get(path) ?? ''),
    writeConfig: ({ path }: ConfigPlace, text: string) => Promise.resolve(void files.set(path, text)),
    openDoor: (parts: DoorParts) => {
      doors.push(parts);
      open++;
      return Promise.resolve({ update: () => Promise.resolve(), close: () => Promise.resolve(void open--) });
    },
  };
  const memory = new Memory(createMemento(), createMemento());
  const log = { error: (_: string, error: unknown) => { throw error; } };
  const handle = () => Promise.resolve({ isError: false, parts: [] });
  const door = new AgentDoor({ agents, memory, windowId: 'w', version: '1', now: () => 1, log, handle } as unknown as AgentDoorParts);
  t.after(() => door.dispose());
  const parts: ConnectAgentParts = { agents, memory, settleDoor: () => door.settle() };
  /** Chooses a row of Connect an Agent…, and presses these buttons where they are offered. */
  const choose = async (label: string, ...press: string[]): Promise<void> => {
    world.answer = ({ buttons }) => buttons.find((button) => press.includes(button));
    const showQuickPick = async (rows: Promise<{ label: string }[]>): Promise<unknown> => (await rows).find((row) => row.label === label);
    Object.assign(vscode.window, { showQuickPick });
    await connectAgent(parts);
  };
  return { door, memory, files, choose, call: () => doors.at(-1)?.handle(CALL), open: () => open };
}

const last = (): string => world.messages.at(-1)?.text ?? '';

test('the setting shuts it and opens it again; calls on their way are refused', async (t) => {
  const { door, memory, open, call } = openWindow(t);
  await door.follow();
  assert.equal(open(), 0, 'nobody was let in');
  memory.setAgentsConnected(true);
  await Promise.all([door.follow(), door.follow()]);
  assert.equal(open(), 1, 'however often it is asked for');
  assert.equal((await call())?.isError, false);
  world.set('generateImage.agentTools', false);
  assert.equal((await call())?.isError, true);
  await until(() => open() === 0);
  world.set('generateImage.agentTools', true);
  await until(() => open() === 1);
  // Another window has let all agents out, and this one has not been in front since.
  memory.setAgentsConnected(false);
  assert.equal((await call())?.isError, true);
  memory.setAgentsConnected(true);
  door.dispose();
  await until(() => open() === 0);
});

test('taking back the last listed agent shuts it, not one before', async (t) => {
  const { door, memory, open, choose, files } = openWindow(t, 'codex', 'gemini');
  memory.setAgentsConnected(true);
  await door.follow();
  await choose('Codex', 'Disconnect');
  assert.deepEqual([open(), memory.agentsConnected, last()], [1, true, 'Codex is disconnected.']);
  await choose('Gemini CLI', 'Disconnect');
  assert.ok(CLIENTS.every((client) => !holdsServer(files.get(client.place.path) ?? '', client)));
  assert.deepEqual([open(), memory.agentsConnected], [0, false]);
  assert.match(last(), /Gemini CLI is disconnected\. It was the last one/);
});

test('it stays open for a copied configuration, and “No agent” shuts it for that one too', async (t) => {
  const { open, choose, memory } = openWindow(t, 'codex');
  await choose('Codex', 'Disconnect', 'I Use a Copied Configuration');
  assert.deepEqual([open(), memory.agentsConnected], [1, true]);
  await choose('No agent');
  assert.deepEqual([open(), memory.agentsConnected], [0, false]);
  const before = world.messages.length;
  await choose('No agent');
  assert.equal(world.messages.length, before, 'the row is there only while the door is open');
  await choose('Another agent');
  assert.equal(open(), 1);
});

test('who connects an agent while the setting is off is told', async (t) => {
  const { open, choose } = openWindow(t);
  world.set('generateImage.agentTools', false);
  await choose('Codex', 'Write');
  assert.equal(open(), 0);
  assert.ok(world.messages.some(({ kind, text }) => kind === 'warning' && text.includes('is off, so no agent reaches this window')));
});
