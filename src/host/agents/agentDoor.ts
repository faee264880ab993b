// Keeps the door for agents beside VS Code open while this window is, as long as a person lets agents in.
import * as vscode from 'vscode';
import type { Door, DoorCall } from '../../agents/door.ts';
import type { ToolAnswer } from '../../agents/mcpServer.ts';
import type { AgentPlatform } from '../platform.ts';
import { refuse } from './agentImages.ts';
import { PREFIX } from '../window/ids.ts';
import type { Log } from '../window/log.ts';
import type { Memory } from '../window/memory.ts';
import { readSetting } from '../window/settings.ts';

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
  #door: Door | undefined;
  #isDisposed = false;
  #last: Promise<void> = Promise.resolve();

  constructor(parts: AgentDoorParts) {
    this.#parts = parts;
    this.#subscriptions = [
      // An agent that was started above several folders gets the window that a person used last; another window may have let agents in, or out.
      vscode.window.onDidChangeWindowState(({ focused }) => focused && void this.follow()),
      vscode.workspace.onDidChangeWorkspaceFolders(() => void this.follow()),
      vscode.workspace.onDidChangeConfiguration((change) => change.affectsConfiguration(`${PREFIX}.agentTools`) && void this.follow()),
    ];
  }

  /** Opens or closes the door as the person wants it by now, and tells again which folders are open. Never rejects. */
  async follow(): Promise<void> {
    await this.settle().catch((error: unknown) => this.#parts.log.error('The door for agents could not be opened or closed', error));
  }

  /** The same. @throws if no socket can be opened; what failed may succeed later, when a disk is there again */
  settle(): Promise<void> {
    const step = this.#last.then(() => this.#step());
    this.#last = step.catch(() => undefined);
    return step;
  }

  dispose(): void {
    this.#isDisposed = true;
    for (const subscription of this.#subscriptions) subscription.dispose();
    void this.follow();
  }

  async #step(): Promise<void> {
    const { agents, windowId, version, now } = this.#parts;
    if (this.#isDisposed || !this.#isWanted) {
      const door = this.#door;
      this.#door = undefined;
      return door?.close();
    }
    if (this.#door) return this.#door.update();
    await agents.placeServer();
    this.#door = await agents.openDoor({ windowId, version, now, handle: (call) => this.#handle(call), folders: localFolders });
  }

  /** Asked at each call too: another window may have let all agents out, and this one learns of it when it comes to the front. */
  get #isWanted(): boolean {
    return this.#parts.memory.agentsConnected && readSetting('agentTools');
  }

  #handle(call: DoorCall): Promise<ToolAnswer> {
    return this.#isWanted ? this.#parts.handle(call) : Promise.resolve(refuse('The person has switched agents off in VS Code. Nothing was done. Do not call again unless the person says so.'));
  }
}

/** An agent works on folders of this machine only. */
function localFolders(): string[] {
  return (vscode.workspace.workspaceFolders ?? []).filter(({ uri }) => uri.scheme === 'file' || vscode.env.remoteName !== undefined).map(({ uri }) => uri.fsPath);
}
