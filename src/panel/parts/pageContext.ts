// Describes what every part of the page is handed: words, the way to the host and the way to redraw.
import type { Intent } from '../../protocol/intent.ts';
import type { Wording } from './wording.ts';

export interface PageContext {
  readonly words: Wording;
  post(intent: Intent): void;
  /** Runs `act` with an id that is new for each press; repeats of the same kind within half a second are dropped. */
  press(kind: string, act: (intentId: string) => void): void;
  redraw(): void;
  /** Has a screen reader say this once. */
  say(text: string): void;
}
