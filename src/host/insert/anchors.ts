// Keeps track of anchors in documents while these are edited, undone, formatted, closed and opened again.
import * as vscode from 'vscode';
import { findAnchor, shiftAnchor, type AnchorRange } from '../../insert/anchorShift.ts';

/** A place that an image belongs to: after the selected text, or at the cursor. */
export interface Anchor extends AnchorRange {
  readonly kind: 'selection' | 'cursor';
  uri: vscode.Uri;
}

export interface FoundAnchor {
  document: vscode.TextDocument;
  /** Offset of the anchor text; the cursor's for a cursor. */
  start: number;
  /** Offset just behind the anchor text, or of the cursor. */
  offset: number;
}

/** Images of one window whose places are still known; older ones go to the cursor. */
const MOST_ANCHORS = 50;

export class Anchors implements vscode.Disposable {
  readonly #anchors = new Map<string, Anchor>();
  readonly #listeners: vscode.Disposable[];
  readonly #most: number;

  constructor(most = MOST_ANCHORS) {
    this.#most = most;
    this.#listeners = [
      vscode.workspace.onDidChangeTextDocument((event) => this.#follow(event)),
      vscode.workspace.onDidRenameFiles((event) => {
        for (const { oldUri, newUri } of event.files) {
          for (const anchor of this.#anchors.values()) if (anchor.uri.toString() === oldUri.toString()) anchor.uri = newUri;
        }
      }),
    ];
  }

  /** A stretch of text without the blanks around it: a selection, or a link that was just written. */
  markText(key: string, document: vscode.TextDocument, range: vscode.Range): void {
    const text = document.getText(range);
    const start = document.offsetAt(range.start) + (text.length - text.trimStart().length);
    const anchored = text.trim();
    this.#keep(key, { kind: 'selection', uri: document.uri, start, end: start + anchored.length, text: anchored, gone: false });
  }

  markCursor(key: string, document: vscode.TextDocument, position: vscode.Position): void {
    const offset = document.offsetAt(position);
    this.#keep(key, { kind: 'cursor', uri: document.uri, start: offset, end: offset, text: '', gone: false });
  }

  get(key: string): Anchor | undefined {
    return this.#anchors.get(key);
  }

  /** Gives the place a further name: that of the image which its job made. */
  hand(key: string, imageId: string): void {
    const anchor = this.#anchors.get(key);
    if (!anchor) return;
    this.#anchors.delete(key);
    this.#anchors.set(imageId, anchor);
  }

  drop(key: string): void {
    this.#anchors.delete(key);
  }

  /** Opens the document where needed and finds the place in it; undefined when it is gone. */
  async find(anchor: Anchor): Promise<FoundAnchor | undefined> {
    let document: vscode.TextDocument;
    try {
      document = await vscode.workspace.openTextDocument(anchor.uri);
    } catch {
      return undefined;
    }
    return locate(anchor, document);
  }

  dispose(): void {
    for (const listener of this.#listeners) listener.dispose();
    this.#anchors.clear();
  }

  #keep(key: string, anchor: Anchor): void {
    this.#anchors.set(key, anchor);
    const [oldest] = this.#anchors.keys();
    if (this.#anchors.size > this.#most && oldest !== undefined) this.#anchors.delete(oldest);
  }

  #follow(event: vscode.TextDocumentChangeEvent): void {
    if (event.contentChanges.length === 0) return;
    const uri = event.document.uri.toString();
    // A long document is put together once for all anchors, and not at all for cursors, which hold no text.
    let text: string | undefined;
    for (const anchor of this.#anchors.values()) {
      if (anchor.uri.toString() !== uri) continue;
      for (const change of event.contentChanges) {
        shiftAnchor(anchor, { offset: change.rangeOffset, length: change.rangeLength, text: change.text });
      }
      if (anchor.kind === 'selection' && !anchor.gone) anchor.text = (text ??= event.document.getText()).slice(anchor.start, anchor.end);
    }
  }
}

/** Where the anchor is in its document by now; undefined when its text is gone. */
export function locate(anchor: Anchor, document: vscode.TextDocument): FoundAnchor | undefined {
  const text = document.getText();
  if (anchor.kind === 'cursor') return { document, start: Math.min(anchor.end, text.length), offset: Math.min(anchor.end, text.length) };
  if (!anchor.gone && text.slice(anchor.start, anchor.end) === anchor.text) return { document, start: anchor.start, offset: anchor.end };
  const found = findAnchor(text, anchor.text, anchor.start);
  return found && { document, start: found.start, offset: found.end };
}
