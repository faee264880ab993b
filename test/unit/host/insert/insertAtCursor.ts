// Inserts an image as a person does, at the cursor of the document in front, and tells what is there afterwards.
import { mkdirSync, readdirSync, realpathSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { TestContext } from 'node:test';
import * as vscode from 'vscode';
import { createRecord } from '../../../../src/history/record.ts';
import { Anchors } from '../../../../src/host/insert/anchors.ts';
import { ImageActions, type ImageActionsParts } from '../../../../src/host/insert/imageActions.ts';
import { Memory } from '../../../../src/host/window/memory.ts';
import { extensionOf, type ImageType } from '../../../../src/image/imageInfo.ts';
import { choosePlace } from '../../../../src/insert/blocks/choosePlace.ts';
import { writtenTypeOf } from '../../../../src/insert/fileWish.ts';
import type { Recipe } from '../../../../src/prompt/recipe.ts';
import type { Document } from '../../../vscodeModule/document.ts';
import { createMemento, resetWorld, world } from '../../../vscodeModule/world.ts';
import { makeFolder, makeRecipe } from '../../history/folder.ts';
import { applyEdits } from '../appliedEdits.ts';

const ID = '20260101T000000000Z-00000000';

export interface Desk {
  /** The workspace folder. */
  readonly root: string;
  readonly anchors: Anchors;
  readonly imageId: string;
  /** The cursor stands at `|` in `text`, which is taken out. */
  open(path: string, text: string, languageId?: string): { readonly document: Document; insert(this: void): Promise<Insertion> };
  insert(path: string, text: string, languageId?: string): Promise<Insertion>;
  /** All files below the workspace folder, and links themselves, sorted. */
  files(): string[];
}

interface Insertion {
  readonly text: string;
  /** What VS Code selects once the link is in. */
  readonly selected: string | undefined;
}

/** A fresh VS Code with one folder and one kept image of 1328 × 1328 pixels. */
export function makeDesk(t: TestContext, recipe: Partial<Recipe> = {}): Desk {
  resetWorld();
  const root = realpathSync(makeFolder(t));
  world.openFolders(root);
  const edits = applyEdits(t);
  const anchors = new Anchors();
  t.after(() => anchors.dispose());
  const record = createRecord(ID, { ...makeRecipe('a boat'), ...recipe }, { type: 'png', widthPx: 1328, heightPx: 1328 }, 9);
  const open: Desk['open'] = (path, marked, languageId = 'markdown') => {
    const at = marked.includes('|') ? marked.indexOf('|') : marked.length;
    const text = marked.replace('|', '');
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
    const document = world.open(join(root, path), text, { languageId });
    world.activeEditor = { document } as unknown as vscode.TextEditor;
    const actions = new ImageActions({
      history: { record: () => Promise.resolve(record) },
      files: { prepare: ({ ending }: { ending?: string }) => Promise.resolve(fileOf(writtenTypeOf(ending) ?? 'png')), tellOnce: () => undefined },
      memory: new Memory(createMemento(), createMemento()),
      links: { choosePlace: (asked: Parameters<typeof choosePlace>[0]) => Promise.resolve(choosePlace(asked)) },
      anchors,
      lastEditor: { get: () => Promise.resolve({ document, cursors: () => [document.positionAt(at)], viewColumn: undefined, isVisible: true }), scope: () => document.uri },
      homeFolder: '/home/me',
    } as unknown as ImageActionsParts);
    const insert = async (): Promise<Insertion> => {
      await actions.insert([ID]);
      return { text: document.getText(), selected: selectedIn(edits.at(-1)?.get(document.uri)[0]) };
    };
    return { document, insert };
  };
  return { root, anchors, imageId: ID, open, insert: (...page) => open(...page).insert(), files: () => filesBelow(root).sort() };
}

function filesBelow(folder: string, prefix = ''): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => (entry.isDirectory() ? filesBelow(join(folder, entry.name), `${prefix}${entry.name}/`) : [prefix + entry.name]));
}

const fileOf = (type: ImageType): object => ({ bytes: Buffer.from(type), ext: extensionOf(type), type, widthPx: 1328, heightPx: 1328 });

/** The first tab stop of a snippet, as it is filled. */
function selectedIn(edit: unknown): string | undefined {
  if (!(edit instanceof vscode.SnippetTextEdit)) return undefined;
  return /\$\{1:((?:\\.|[^}\\])*)\}/.exec(edit.snippet.value)?.[1]?.replaceAll(/\\([$}\\])/g, '$1');
}
