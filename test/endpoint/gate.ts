// Holds answers back until a test lets them go, one for each permit.

export class Gate {
  readonly #waiting: (() => void)[] = [];
  #permits = 0;

  /** Resolves once there is a permit for this one, in the order of arrival; or when its exchange is `over`, which takes none. */
  async pass(over: Promise<void>): Promise<void> {
    if (this.#permits > 0) {
      this.#permits -= 1;
      return;
    }
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#waiting.push(resolve);
    await Promise.race([promise, over]);
    const at = this.#waiting.indexOf(resolve);
    if (at >= 0) this.#waiting.splice(at, 1);
  }

  /** Lets so many go: those that wait, then those that are still to come. */
  release(count: number): void {
    for (let left = count; left > 0; left--) {
      const next = this.#waiting.shift();
      if (next === undefined) this.#permits += 1;
      else next();
    }
  }

  /** Lets go of all that wait, and of all that still come to this gate. */
  open(): void {
    this.release(this.#waiting.length);
    this.#permits = Infinity;
  }
}
