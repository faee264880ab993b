// Counts the images that nobody clicked for, so that nothing unattended spends without limit.

/** One per window. The limit is the setting `unattendedImages`, asked each time. */
export class UnattendedBudget {
  readonly #limit: () => number;
  #extended = 0;
  #used = 0;

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

  /** A person allowed so many more. */
  extend(images: number): void {
    this.#extended += images;
  }

  /** Gives back what was taken and surely cost nothing. */
  giveBack(images = 1): void {
    this.#used = Math.max(0, this.#used - images);
  }
}
