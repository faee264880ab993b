// Lets one question stand at a time, whoever waits for an answer.

export class QuestionTurns {
  #last: Promise<unknown> = Promise.resolve();
  /** How often each asker was told no. */
  readonly #noes = new Map<string, number>();

  /**
   * True as soon as `take` is, without a question if it can be; it is tried again when the turn comes, for what was
   * allowed meanwhile. A no holds for all that wait by then for the same `who`. Never rejects: a question that fails is a no.
   * @param ask true if the person allowed it; `take` then finds what was allowed
   */
  async claim(who: string, take: () => boolean, ask: () => Promise<boolean>): Promise<boolean> {
    if (take()) return true;
    const noes = this.#noes.get(who) ?? 0;
    const turn = this.#last.then(async () => {
      if (take()) return true;
      if ((this.#noes.get(who) ?? 0) !== noes) return false;
      if (await ask().catch(() => false)) return take();
      this.#noes.set(who, noes + 1);
      return false;
    });
    this.#last = turn;
    return turn;
  }
}
