// Lets windows tell which of them live, by a socket that the operating system closes when its process dies.

export interface Liveness {
  readonly windowId: string;
  /** Begins to be seen as alive; resolves to the window's id. Repeats are one start. @throws where the folder cannot be written */
  start(): Promise<string>;
  /** Whether a window lives; undefined where that cannot be told from here (another machine's). */
  isAlive(windowId: string): Promise<boolean | undefined>;
  dispose(): Promise<void>;
}

/** @param storageFolder absolute path of the folder that the windows share. */
export function createLiveness(storageFolder: string): Liveness { void storageFolder; throw new Error('not yet'); }
