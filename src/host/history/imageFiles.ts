// Turns a kept image into the bytes that go into a workspace file, with its recipe inside where that is wanted.
import * as vscode from 'vscode';
import type { ImageRecord } from '../../history/record.ts';
import { embedRecipe } from '../../image/embedRecipe.ts';
import type { Memory } from '../window/memory.ts';
import { readSetting, writeSetting } from '../window/settings.ts';

export class ImageFiles {
  readonly #uriOf: (path: string) => vscode.Uri;
  readonly #memory: Memory;

  constructor(uriOf: (path: string) => vscode.Uri, memory: Memory) {
    this.#uriOf = uriOf;
    this.#memory = memory;
  }

  /** Where the image lies in the history. */
  uri(record: ImageRecord): vscode.Uri {
    return this.#uriOf(`images/${record.file.name}`);
  }

  async bytesForFile(record: ImageRecord, scope: vscode.ConfigurationScope | undefined): Promise<Uint8Array> {
    const bytes = await vscode.workspace.fs.readFile(this.uri(record));
    return readSetting('embedRecipe', scope) ? embedRecipe(bytes, record.recipe) : bytes;
  }

  /** Tells once in a lifetime that prompts travel with files, with the switch. */
  tellOnce(record: ImageRecord, scope: vscode.ConfigurationScope | undefined): void {
    if (record.file.type !== 'png' || !readSetting('embedRecipe', scope) || this.#memory.wasTold('recipeInFile')) return;
    this.#memory.setTold('recipeInFile');
    const turnOff = vscode.l10n.t('Turn off');
    const text = vscode.l10n.t('The prompt and the options are written into the image’s file, so that it can be made again. Whoever gets the file can read them.');
    void vscode.window.showInformationMessage(text, turnOff).then((choice) => (choice === turnOff ? writeSetting('embedRecipe', false) : undefined));
  }
}
