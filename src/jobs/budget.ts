// Counts the images that nobody clicked for, so that nothing unattended spends without limit.

/** One per window. The limit is the setting `unattendedImages`, asked each time. */
export class UnattendedBudget {
  readonly #limit: () => number;
  #extended = 0;
  #used = 0;
  #question: Promise<boolean> | undefined;

  constructor(limit: () => number) {
    this.#limit = limit;
  }

  /** Images taken so far. */
  get used(): number {
    return this.#used;
  }

  /** Images that may still be taken before a person is asked. */
  get left(): number {
    return Math.max(0, this.#limit() + this.#extended - this.#used);
  }

  /** Takes one image, or several at once or none of them; false if a person must be asked first. */
  take(images = 1): boolean {
    if (images > this.left) return false;
    this.#used += images;
    return true;
  }

  /**
   * Takes images, if need be after a person allowed more. `ask` resolves to true for as many again as the limit is. There
   * is one question at a time, and its answer holds for everybody who waits for it: granted once, it is granted once.
   */
  async claim(images: number, ask: () => Promise<boolean>): Promise<boolean> {
    while (!this.take(images)) {
      this.#question ??= this.#askOnce(images, ask);
      if (!(await this.#question)) return false;
    }
    return true;
  }

  async #askOnce(images: number, ask: () => Promise<boolean>): Promise<boolean> {
    try {
      const isGranted = await ask().catch(() => false);
      if (isGranted) this.extend(Math.max(1, this.#limit(), images - this.left));
      return isGranted;
    } finally {
      this.#question = undefined;
    }
  }

  /** A person allowed so many more. */
  extend(images: number): void {
    this.#extended += images;
  }

  /** Gives back what was taken and surely cost nothing. */
  giveBack(images = 1): void {
    this.#used = Math.max(0, this.#used - images);
  }
}
