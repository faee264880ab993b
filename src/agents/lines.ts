// Turns a stream of text, in whatever pieces it comes, into lines.

/** Collects lines that end in `\n` (a `\r` before it is dropped); hand each piece to `take`. */
export class LineReader {
  readonly #mostCharacters: number;
  #rest: string[] = [];
  #length = 0;
  #skipping = false;

  /** @param mostCharacters a longer line comes as undefined, and costs no more memory than this */
  constructor(mostCharacters: number) {
    this.#mostCharacters = mostCharacters;
  }

  /** The lines that `piece` completes; undefined stands for one that was too long. */
  take(piece: string): (string | undefined)[] {
    const lines: (string | undefined)[] = [];
    let start = 0;
    for (let end = piece.indexOf('\n'); end >= 0; end = piece.indexOf('\n', start)) {
      this.#add(piece.slice(start, end));
      lines.push(this.#skipping ? undefined : this.#rest.join('').replace(/\r$/, ''));
      this.#rest = [];
      this.#length = 0;
      this.#skipping = false;
      start = end + 1;
    }
    this.#add(piece.slice(start));
    return lines;
  }

  #add(text: string): void {
    this.#length += text.length;
    if (this.#length > this.#mostCharacters) {
      this.#skipping = true;
      this.#rest = [];
    }
    if (!this.#skipping && text !== '') this.#rest.push(text);
  }
}
