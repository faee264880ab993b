// Decides whether the options are open: as the person left them, else open until there is an image to look at.
import type { Snapshot } from '../../protocol/snapshot.ts';

export interface FoldPorts {
  keep(isOpen: boolean): void;
  redraw(): void;
}

/** What a person chose is remembered; without a choice they fold once there is an image, and never under the mouse. */
export class OptionsFold {
  readonly #ports: FoldPorts;
  #chosen: boolean | undefined;
  #isOpen: boolean | undefined;

  constructor(ports: FoldPorts, chosen: boolean | undefined) {
    this.#ports = ports;
    this.#chosen = chosen;
  }

  isOpen(snapshot: Snapshot): boolean {
    this.#isOpen ??= !hasImage(snapshot);
    return this.#chosen ?? this.#isOpen;
  }

  toggle(isOpen: boolean): void {
    this.#chosen = !isOpen;
    this.#ports.keep(!isOpen);
    this.#ports.redraw();
  }

  /** Nobody is in the page just now, so nothing moves under anybody's mouse. */
  tidy(snapshot: Snapshot): void {
    if (!hasImage(snapshot) || this.#isOpen !== true || this.#chosen !== undefined) return;
    this.#isOpen = false;
    this.#ports.redraw();
  }
}

/** Whether there is something to make room for. */
function hasImage({ current, history }: Snapshot): boolean {
  return current !== null || history.keptTotal > 0;
}
