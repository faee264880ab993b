// Keeps the door for agents beside VS Code open while this window is, once a person has connected any agent.
import * as vscode from 'vscode';
import type { Door, DoorCall } from '../../agents/door.ts';
import type { ToolAnswer } from '../../agents/mcpServer.ts';
import type { AgentPlatform } from '../platform.ts';
import type { Log } from '../window/log.ts';
import type { Memory } from '../window/memory.ts';

export interface AgentDoorParts {
  readonly agents: AgentPlatform;
  readonly memory: Memory;
  readonly windowId: string;
  readonly version: string;
  readonly now: () => number;
  readonly log: Log;
  readonly handle: (call: DoorCall) => Promise<ToolAnswer>;
}

export class AgentDoor implements vscode.Disposable {
  readonly #parts: AgentDoorParts;
  readonly #subscriptions: vscode.Disposable[];
  #door: Promise<Door> | undefined;

  constructor(parts: AgentDoorParts) {
    this.#parts = parts;
    this.#subscriptions = [
      // An agent that was started above several folders gets the window that a person used last.
      vscode.window.onDidChangeWindowState(({ focused }) => focused && void this.openIfWanted()),
      vscode.workspace.onDidChangeWorkspaceFolders(() => void this.openIfWanted()),
    ];
  }

  /** Opens the door if any agent was ever connected, and tells again which folders are open. Never rejects. */
  async openIfWanted(): Promise<void> {
    if (this.#parts.memory.agentsConnected) await this.open().catch((error: unknown) => this.#parts.log.error('The door for agents could not be opened', error));
  }

  /** @throws if no socket can be opened */
  async open(): Promise<void> {
    const { agents, windowId, version, now, handle } = this.#parts;
    if (this.#door) return (await this.#door).update();
    await agents.placeServer();
    this.#door = agents.openDoor({ windowId, version, now, handle, folders: localFolders });
    // What failed may succeed later, when a disk is there again.
    await this.#door.catch((error: unknown) => {
      this.#door = undefined;
      throw error;
    });
  }

  dispose(): void {
    for (const subscription of this.#subscriptions) subscription.dispose();
    void this.#door?.then((door) => door.close()).catch(() => undefined);
  }
}

/** An agent works on folders of this machine only. */
function localFolders(): string[] {
  return (vscode.workspace.workspaceFolders ?? []).filter(({ uri }) => uri.scheme === 'file' || vscode.env.remoteName !== undefined).map(({ uri }) => uri.fsPath);
}
