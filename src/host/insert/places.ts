// Keeps track of places in documents while these are edited, undone, formatted, closed and opened again.
import * as vscode from 'vscode';
import { findAnchor, shiftPlace, type PlaceRange } from '../../insert/placeShift.ts';

/** A place that an image belongs to: after the selected text, or at the cursor. */
export interface Place extends PlaceRange {
  readonly kind: 'selection' | 'cursor';
  uri: vscode.Uri;
}

export interface FoundPlace {
  document: vscode.TextDocument;
  /** Offset of the anchor text; the cursor's for a cursor. */
  start: number;
  /** Offset just behind the anchor text, or of the cursor. */
  offset: number;
}

export class Places implements vscode.Disposable {
  readonly #places = new Map<string, Place>();
  readonly #listeners: vscode.Disposable[];

  constructor() {
    this.#listeners = [
      vscode.workspace.onDidChangeTextDocument((event) => this.#follow(event)),
      vscode.workspace.onDidRenameFiles((event) => {
        for (const { oldUri, newUri } of event.files) {
          for (const place of this.#places.values()) if (place.uri.toString() === oldUri.toString()) place.uri = newUri;
        }
      }),
    ];
  }

  /** A selection's place, without the blanks around its text. */
  markSelection(key: string, document: vscode.TextDocument, selection: vscode.Range): void {
    const text = document.getText(selection);
    const start = document.offsetAt(selection.start) + (text.length - text.trimStart().length);
    const anchor = text.trim();
    this.#places.set(key, { kind: 'selection', uri: document.uri, start, end: start + anchor.length, text: anchor, gone: false });
  }

  markCursor(key: string, document: vscode.TextDocument, position: vscode.Position): void {
    const offset = document.offsetAt(position);
    this.#places.set(key, { kind: 'cursor', uri: document.uri, start: offset, end: offset, text: '', gone: false });
  }

  /** A stretch of text, such as a link that was just written. */
  markText(key: string, document: vscode.TextDocument, range: vscode.Range): void {
    this.markSelection(key, document, range);
  }

  get(key: string): Place | undefined {
    return this.#places.get(key);
  }

  /** Gives the place a further name: that of the image which its job made. */
  hand(key: string, imageId: string): void {
    const place = this.#places.get(key);
    if (!place) return;
    this.#places.delete(key);
    this.#places.set(imageId, place);
  }

  drop(key: string): void {
    this.#places.delete(key);
  }

  /** Opens the document where needed and finds the place in it; undefined when it is gone. */
  async find(place: Place): Promise<FoundPlace | undefined> {
    let document: vscode.TextDocument;
    try {
      document = await vscode.workspace.openTextDocument(place.uri);
    } catch {
      return undefined;
    }
    const text = document.getText();
    if (place.kind === 'cursor') return { document, start: Math.min(place.end, text.length), offset: Math.min(place.end, text.length) };
    if (!place.gone && text.slice(place.start, place.end) === place.text) return { document, start: place.start, offset: place.end };
    const found = findAnchor(text, place.text, place.start);
    return found && { document, start: found.start, offset: found.end };
  }

  dispose(): void {
    for (const listener of this.#listeners) listener.dispose();
    this.#places.clear();
  }

  #follow(event: vscode.TextDocumentChangeEvent): void {
    if (event.contentChanges.length === 0) return;
    const uri = event.document.uri.toString();
    for (const place of this.#places.values()) {
      if (place.uri.toString() !== uri) continue;
      for (const change of event.contentChanges) {
        shiftPlace(place, { offset: change.rangeOffset, length: change.rangeLength, text: change.text });
      }
      if (!place.gone) place.text = event.document.getText().slice(place.start, place.end);
    }
  }
}
