// Holds our reading of markdown.copyFiles.destination against VS Code's own: a pasted image and an inserted one go to the same place.
import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { after, before, test } from 'node:test';
import { button, filesIn, generateInPanel, keptImages, openPanel, shownImage, until } from './person.ts';
import { startProduct, type Product } from './product.ts';

/** By document: which glob of the setting is its, and where that sends images. */
const DESTINATIONS: Record<string, [glob: string, template: string]> = {
  'plain.md': ['plain.md', './'],
  'below.md': ['below.md', 'media'],
  'folder.md': ['folder.md', 'some images/'],
  'above.md': ['**/above.md', '../${fileName}'],
  'root.md': ['/docs/own/root.md', '/assets/${documentBaseName}/'],
  'path.md': ['own/path.md', '${documentWorkspaceFolder}/x/${documentRelativeDirName}/${documentFileName}.${fileExtName}'],
  'renamed.md': ['renamed.*', 'media/${fileName/(.+)\\.(.+)/new-$1.$2/}'],
  'first.md': ['f[i]rst.md', 'first/'],
  'any.md': ['**/*', 'any/${documentExtName}/'],
};

let product: Product;
before(async () => {
  const destination = Object.fromEntries(Object.values(DESTINATIONS));
  product = await startProduct({ standIn: { image: 'flat' }, settings: { 'markdown.copyFiles.destination': destination, 'generateImage.embedRecipe': false } });
});
after(() => product.stop());

test('an image goes where VS Code’s own paste of an image puts it', async () => {
  const { window, workspace } = product;
  const { page } = window;
  const folder = join(workspace.path, 'docs', 'own');
  mkdirSync(folder);
  for (const name of Object.keys(DESTINATIONS)) writeFileSync(join(folder, name), '');
  const panel = await openPanel(product);
  // VS Code calls a pasted image so.
  await generateInPanel(panel, 'image');
  await shownImage(panel, 'image').waitFor();
  const png = readFileSync(keptImages(product).at(-1) ?? '').toString('base64');
  await window.openFile('plain.md');
  await page.evaluate(async (base64) => {
    const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
    await navigator.clipboard.write([new ClipboardItem({ 'image/png': new Blob([bytes], { type: 'image/png' }) })]);
  }, png);
  const places: Record<string, [theirs: string, ours: string]> = {};
  for (const name of Object.keys(DESTINATIONS)) {
    const linked = async (): Promise<string> => {
      const [, path = ''] = await until(`a link in ${name}`, async () => /^!\[.*\]\(<?(.*?)>?\)\n?$/.exec(await window.editorText()) ?? undefined);
      const file = join(folder, decodeURIComponent(path));
      await until(`the file of ${name}`, () => existsSync(file));
      return relative(workspace.path, file);
    };
    await window.openFile(name);
    // The tab is there before its editor takes keys.
    await page.locator('.editor-group-container.active .monaco-editor .view-lines').first().click();
    await page.locator('.editor-group-container.active .monaco-editor.focused').waitFor();
    await page.keyboard.press('ControlOrMeta+V');
    const theirs = await linked();
    await page.keyboard.press('Escape');
    await page.keyboard.press('ControlOrMeta+A');
    await page.keyboard.press('Delete');
    await until(`${name} is empty`, async () => (await window.editorText()).trim() === '');
    rmSync(join(workspace.path, theirs));
    await button(panel, 'Insert').click();
    places[name] = [theirs, await linked()];
  }
  // VS Code writes an image without an ending where the setting names none; ours always has one.
  assert.deepEqual(Object.values(places).map(([, ours]) => ours), Object.values(places).map(([theirs]) => (theirs === 'docs/own/media' ? `${theirs}.png` : theirs)));
  assert.equal(new Set(Object.values(places).map(([, ours]) => ours)).size, Object.keys(DESTINATIONS).length, 'each has a place of its own');
  assert.ok(filesIn(join(workspace.path, 'assets', 'root')).length === 1);
});
