// Stands in for positions, ranges and selections, which never change and order themselves.
import type * as vscode from 'vscode';

/** A line and a character, both from 0. */
export class Position implements vscode.Position {
  readonly line: number;
  readonly character: number;

  constructor(line: number, character: number) {
    if (line < 0 || character < 0) throw new Error(`illegal argument: ${line}:${character}`);
    this.line = line;
    this.character = character;
  }

  isBefore(other: vscode.Position): boolean {
    return this.compareTo(other) < 0;
  }

  isBeforeOrEqual(other: vscode.Position): boolean {
    return this.compareTo(other) <= 0;
  }

  isAfter(other: vscode.Position): boolean {
    return this.compareTo(other) > 0;
  }

  isAfterOrEqual(other: vscode.Position): boolean {
    return this.compareTo(other) >= 0;
  }

  isEqual(other: vscode.Position): boolean {
    return this.compareTo(other) === 0;
  }

  compareTo(other: vscode.Position): number {
    return Math.sign(this.line - other.line || this.character - other.character);
  }

  translate(change?: number | { lineDelta?: number; characterDelta?: number }, characters = 0): Position {
    const { lineDelta = 0, characterDelta = 0 } = typeof change === 'object' ? change : { lineDelta: change ?? 0, characterDelta: characters };
    return lineDelta === 0 && characterDelta === 0 ? this : new Position(this.line + lineDelta, this.character + characterDelta);
  }

  with(change?: number | { line?: number; character?: number }, at = this.character): Position {
    const { line = this.line, character = this.character } = typeof change === 'object' ? change : { line: change ?? this.line, character: at };
    return line === this.line && character === this.character ? this : new Position(line, character);
  }
}

/** From `start` up to, and without, `end`; the two put in order. */
export class Range implements vscode.Range {
  readonly start: Position;
  readonly end: Position;

  constructor(start: vscode.Position, end: vscode.Position);
  constructor(startLine: number, startCharacter: number, endLine: number, endCharacter: number);
  constructor(...at: [vscode.Position, vscode.Position] | [number, number, number, number]) {
    const [one, other] = at.length === 2 ? [own(at[0]), own(at[1])] : [new Position(at[0], at[1]), new Position(at[2], at[3])];
    [this.start, this.end] = one.isBefore(other) ? [one, other] : [other, one];
  }

  get isEmpty(): boolean {
    return this.start.isEqual(this.end);
  }

  get isSingleLine(): boolean {
    return this.start.line === this.end.line;
  }

  contains(inner: vscode.Position | vscode.Range): boolean {
    if (isRange(inner)) return this.contains(inner.start) && this.contains(inner.end);
    return this.start.isBeforeOrEqual(inner) && this.end.isAfterOrEqual(inner);
  }

  isEqual(other: vscode.Range): boolean {
    return this.start.isEqual(other.start) && this.end.isEqual(other.end);
  }

  intersection(other: vscode.Range): Range | undefined {
    const [start, end] = [later(this.start, own(other.start)), earlier(this.end, own(other.end))];
    return start.isAfter(end) ? undefined : new Range(start, end);
  }

  union(other: vscode.Range): Range {
    return this.contains(other) ? this : new Range(earlier(this.start, own(other.start)), later(this.end, own(other.end)));
  }

  with(change?: vscode.Position | { start?: vscode.Position; end?: vscode.Position }, until: vscode.Position = this.end): Range {
    const { start = this.start, end = this.end } = change !== undefined && 'line' in change ? { start: change, end: until } : { end: until, ...change };
    return start.isEqual(this.start) && end.isEqual(this.end) ? this : new Range(start, end);
  }
}

/** A range that knows at which of its ends the cursor is. */
export class Selection extends Range implements vscode.Selection {
  readonly anchor: Position;
  readonly active: Position;

  constructor(anchor: vscode.Position, active: vscode.Position);
  constructor(anchorLine: number, anchorCharacter: number, activeLine: number, activeCharacter: number);
  constructor(...at: [vscode.Position, vscode.Position] | [number, number, number, number]) {
    const [anchor, active] = at.length === 2 ? [own(at[0]), own(at[1])] : [new Position(at[0], at[1]), new Position(at[2], at[3])];
    super(anchor, active);
    [this.anchor, this.active] = [anchor, active];
  }

  get isReversed(): boolean {
    return this.anchor.isAfter(this.active);
  }
}

const own = (position: vscode.Position): Position => (position instanceof Position ? position : new Position(position.line, position.character));
const earlier = (one: Position, other: Position): Position => (one.isBefore(other) ? one : other);
const later = (one: Position, other: Position): Position => (one.isBefore(other) ? other : one);
const isRange = (thing: vscode.Position | vscode.Range): thing is vscode.Range => 'start' in thing;
