// Turns a kept image into the file that goes into the workspace: in the format and size that fit, with its recipe inside.
import * as vscode from 'vscode';
import { imagePath } from '../../history/folderNames.ts';
import type { ImageRecord } from '../../history/record.ts';
import { extensionOf, type ImageType } from '../../image/imageInfo.ts';
import type { MakeProblem } from '../../image/makeFile.ts';
import type { Focus } from '../../image/pixels/resize.ts';
import { travellingPart } from '../../image/recipeText.ts';
import { type FileSettings, wishFor } from '../../insert/fileWish.ts';
import type { Pixels } from '../platform.ts';
import type { Memory } from '../window/memory.ts';
import { Refusal } from '../window/refusal.ts';
import { readSetting, writeSetting } from '../window/settings.ts';

const t = vscode.l10n.t;

/** What a file is for. All but the image may be left out; then the settings decide. */
export interface FileFor {
  record: ImageRecord;
  /** The document or folder whose settings hold. */
  scope: vscode.ConfigurationScope | undefined;
  /** VS Code's id of the language that will show the image: LaTeX, for one, shows no WebP. */
  languageId?: string | undefined;
  /** That the file's path names, with or without its dot. One that cannot be written (`.gif`, `.svg`) is passed over. */
  ending?: string | undefined;
  /** Exactly so large, scaled and cropped; one of them alone keeps the ratio. */
  widthPx?: number | undefined;
  heightPx?: number | undefined;
  /** What stays in view if the size crops; the middle if nothing is said. */
  focus?: Focus | undefined;
  /** In place of the settings: what a person chose for this time. */
  choice?: Partial<FileSettings> | undefined;
}

export interface PreparedFile {
  bytes: Uint8Array;
  type: ImageType;
  /** For the file's name, without its dot. */
  ext: string;
  widthPx: number;
  heightPx: number;
  /** The original is signed with C2PA, and these bytes are not. */
  lostSignature: boolean;
}

export class ImageFiles {
  readonly #uriOf: (path: string) => vscode.Uri;
  readonly #memory: Memory;
  readonly #pixels: Pixels;

  constructor(uriOf: (path: string) => vscode.Uri, memory: Memory, pixels: Pixels) {
    this.#uriOf = uriOf;
    this.#memory = memory;
    this.#pixels = pixels;
  }

  /** Where the image lies in the history. */
  uri(record: ImageRecord): vscode.Uri {
    return this.#uriOf(imagePath(record));
  }

  /**
   * The bytes for a new file, by the ending, the settings and the language, with their real type and size: a format
   * that would make the file larger is not used unless the ending demands it. Costs nothing and writes nothing; the
   * work is done on another thread.
   * @throws Refusal with a sentence if the ending or the size cannot be had
   */
  async prepare({ record, scope, languageId, ending, widthPx, heightPx, focus, choice }: FileFor): Promise<PreparedFile> {
    const bytes = await vscode.workspace.fs.readFile(this.uri(record));
    const wish = wishFor({ original: record.file, settings: { ...fileSettings(scope), ...choice }, ending, languageId, widthPx, heightPx, focus });
    const recipe = readSetting('embedRecipe', scope) ? travellingPart(record.recipe) : undefined;
    const made = await this.#pixels.file(bytes, { ...wish, recipe });
    if (typeof made === 'string') throw new Refusal(sentenceOf(made));
    return { ...made, ext: extensionOf(made.type) };
  }

  /** Tells once in a lifetime that prompts travel with files, with the switch. */
  tellOnce(type: ImageType, scope: vscode.ConfigurationScope | undefined): void {
    if (!['png', 'jpeg', 'webp'].includes(type) || !readSetting('embedRecipe', scope) || this.#memory.wasTold('recipeInFile')) return;
    this.#memory.setTold('recipeInFile');
    const turnOff = t('Turn off');
    const text = t('The prompt and the options are written into the image’s file, so that it can be made again. Whoever gets the file can read them.');
    void vscode.window.showInformationMessage(text, turnOff).then((choice) => (choice === turnOff ? writeSetting('embedRecipe', false) : undefined));
  }
}

/** For files that were written; once for all of them. */
export function tellLostSignature(files: readonly Pick<PreparedFile, 'lostSignature'>[]): void {
  if (!files.some(({ lostSignature }) => lostSignature)) return;
  void vscode.window.showInformationMessage(t('The signature (C2PA) of the original is not valid for another format, so the file does not hold it. The original stays in the history.'));
}

/** The four settings of files. */
export function fileSettings(scope: vscode.ConfigurationScope | undefined): FileSettings {
  return {
    format: readSetting('fileFormat', scope),
    quality: readSetting('fileQuality', scope),
    maxWidthPx: readSetting('fileMaxWidth', scope),
    maxKB: readSetting('fileMaxKB', scope),
  };
}

/** What a person is told if an image cannot be converted. */
export function sentenceOf(problem: MakeProblem): string {
  switch (problem) {
    case 'tooLarge': return t('The image has more than 50 megapixels, which is too many to convert or resize it here. Use it as it is.');
    case 'unreadable': return t('The image cannot be converted or resized: its file is damaged, or of a type that is not decoded here.');
    case 'animated': return t('The image moves, and only its first frame would be left. Use it as it is.');
    case 'tooWide': return t('WebP holds at most 16383 pixels a side. Choose a smaller size or another format.');
  }
}
