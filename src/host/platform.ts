// Says what a platform must bring to the host: network, time, chance, disk and threads.
import type { ConfigPlace, ServerCommand } from '../agents/clients.ts';
import type { Door, DoorParts } from '../agents/door.ts';
import type { Files } from '../history/files.ts';
import type { FileWish, MadeFile, MakeProblem } from '../image/makeFile.ts';
import type { PromptFromImage } from '../image/readPrompt.ts';
import type { Jpeg } from '../image/thumbnail.ts';
import type { ImageLinkLanguage } from '../missing/documentLanguage.ts';
import type { ImageLink } from '../missing/imageLink.ts';
import type { ImagePlace, PlaceQuestion } from '../insert/blocks/place.ts';
import type { Transport } from '../request/send/client.ts';

export interface Platform {
  transport: Transport;
  /** From 0 up to, not including, 1; from a cryptographic source. */
  random: () => number;
  /** What people call the machine that the extension runs on. */
  machineName: string;
  /** Absolute path of the person's own folder. */
  homeFolder: string;
  files: Files;
  liveness: Liveness;
  pixels: Pixels;
  links: LinkFinder;
  agents: AgentPlatform;
}

/** Lets agents beside VS Code reach this window, and finds the configurations of other programs. */
export interface AgentPlatform {
  /** Lets the servers that agents start talk to this window. @throws if no socket can be opened */
  openDoor(parts: DoorParts): Promise<Door>;
  /** Puts the server where agents find it, whatever version is installed; resolves to how it is started. */
  placeServer(): Promise<ServerCommand>;
  /** Absolute path, as the system writes it. */
  configPath(place: ConfigPlace): string;
  /** The text; `''` if there is no file. @throws if it cannot be read */
  readConfig(place: ConfigPlace): Promise<string>;
  /** Replaces the whole file at once. @throws if it cannot be written */
  writeConfig(place: ConfigPlace, text: string): Promise<void>;
}

/** Lets the windows that share a history tell which of them live. */
export interface Liveness {
  readonly windowId: string;
  /** Begins to be seen as alive; resolves to the window's id. Repeats are one start. @throws if the folder cannot be written */
  start(): Promise<string>;
  /** Whether a window lives; undefined if that cannot be told from here (another machine's). */
  isAlive(windowId: string): Promise<boolean | undefined>;
  dispose(): Promise<void>;
}

/** Looks at images away from the thread that every extension shares, one after the other. Each rejects if its thread dies. */
export interface Pixels {
  /** A JPEG of at most 320 pixels a side, or as many as are asked for; undefined for an image that cannot be decoded. */
  thumbnail(bytes: Uint8Array, options?: { maxSidePx?: number; quality?: number }): Promise<Jpeg | undefined>;
  /** The image in another format, size or weight, with its recipe inside, see `makeFile`. */
  file(bytes: Uint8Array, wish: FileWish): Promise<MadeFile | MakeProblem>;
  /** The prompt that the file holds, see `readPrompt`. */
  prompt(bytes: Uint8Array): Promise<PromptFromImage | undefined>;
  dispose(): void;
}

/** Reads documents away from the thread that every extension shares. */
export interface LinkFinder {
  /**
   * In the order of the text; offsets hold for that text alone. Rejects once a text takes longer than `longestMs`, and
   * at once for the same text from then on.
   */
  find(text: string, language: ImageLinkLanguage): Promise<ImageLink[]>;
  readonly longestMs: number;
  /** Where an image goes in a document. */
  choosePlace(question: PlaceQuestion): Promise<ImagePlace>;
  dispose(): void;
}
