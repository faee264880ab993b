// Describes how an agent's call comes into a window: what is asked, by whom, and how the answer goes back.
import type { ToolAnswer } from './mcpServer.ts';

/** A call that came through the door. */
export interface DoorCall {
  readonly tool: string;
  readonly arguments: unknown;
  /** As the client says of itself: a claim, to be shown as such. */
  readonly client: { readonly name: string; readonly version: string };
  /** Aborted by the agent, or, with the reason `gone`, because its server went away. */
  readonly signal: AbortSignal;
  readonly progress: (done: number, total: number, message: string) => void;
}

export interface DoorParts {
  readonly windowId: string;
  /** The extension's. */
  readonly version: string;
  /** Absolute paths of the folders that the window has open. */
  readonly folders: () => readonly string[];
  readonly now: () => number;
  /** Never rejects. */
  readonly handle: (call: DoorCall) => Promise<ToolAnswer>;
}

export interface Door {
  /** Tells anew which folders are open, and that the window has the focus now. */
  update(): Promise<void>;
  close(): Promise<void>;
}

/** The reason of the signal if the agent's server went away. */
export const GONE = 'gone';
