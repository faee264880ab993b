// Turns the paste of a copied image into file and link, and listens to pastes only while one may be on the clipboard.
import * as vscode from 'vscode';
import type { Memory } from '../window/memory.ts';
import { PASTE_KIND, pasteImage, type PasteParts } from './pasteInsertion.ts';
import { readMark } from './pasteMark.ts';

/**
 * VS Code lets every paste of text wait for each provider that takes text, in any document, and drops it if somebody
 * types meanwhile. So ours is there from a Copy until something else is pasted.
 */
export class PasteOffer implements vscode.Disposable {
  readonly #parts: PasteParts & { memory: Memory };
  #provider: vscode.Disposable | undefined;

  constructor(parts: PasteParts & { memory: Memory }) {
    this.#parts = parts;
  }

  /** An image was put on the clipboard; other windows learn it when they come to the front. */
  copied(): void {
    this.#parts.memory.setImageCopiedMs(Date.now());
    this.begin();
  }

  begin(): void {
    this.#provider ??= vscode.languages.registerDocumentPasteEditProvider(
      { pattern: '**' },
      { provideDocumentPasteEdits: (document, [range], dataTransfer, _context, token) => this.#provide(document, range, dataTransfer, token) },
      { pasteMimeTypes: ['text/plain'], providedPasteEditKinds: [PASTE_KIND] },
    );
  }

  dispose(): void {
    this.#provider?.dispose();
    this.#provider = undefined;
  }

  async #provide(document: vscode.TextDocument, range: vscode.Range | undefined, dataTransfer: vscode.DataTransfer, token: vscode.CancellationToken): Promise<vscode.DocumentPasteEdit[] | undefined> {
    const id = readMark((await dataTransfer.get('text/plain')?.asString()) ?? '');
    if (id === undefined) {
      this.dispose();
      this.#parts.memory.setImageCopiedMs(undefined);
    }
    const edit = id !== undefined && range ? await pasteImage(this.#parts, id, document, range, token) : undefined;
    return edit && [edit];
  }
}
