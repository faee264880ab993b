// Where an image goes, and how its link is written, if the document's language keeps images in a folder of its own.
import assert from 'node:assert/strict';
import { mkdirSync, realpathSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { test, type TestContext } from 'node:test';
import * as vscode from 'vscode';
import { createRecord } from '../../../../src/history/record.ts';
import type { PreparedFile } from '../../../../src/host/history/imageFiles.ts';
import { insertImages } from '../../../../src/host/insert/insertImages.ts';
import type { LinkFinder } from '../../../../src/host/platform.ts';
import { choosePlace } from '../../../../src/insert/blocks/choosePlace.ts';
import { Refusal } from '../../../../src/host/window/refusal.ts';
import { resetWorld, world } from '../../../vscodeModule/world.ts';
import { IMAGE_INFO, makeFolder, makeRecipe } from '../../history/folder.ts';

const record = createRecord('20260101T000000000Z-00000000', makeRecipe('A Cat'), IMAGE_INFO, 9);
const file = { bytes: new Uint8Array(9), ext: 'png', type: 'png', widthPx: 1, heightPx: 2 } as unknown as PreparedFile;
const links: LinkFinder = { find: () => Promise.resolve([]), choosePlace: (asked) => Promise.resolve(choosePlace(asked)), longestMs: 1000, dispose: () => undefined };

/** `files` lie in the workspace; the image goes behind the text of the first. */
async function insertInto(t: TestContext, files: Readonly<Record<string, string>>, set?: () => void): Promise<{ file: string; link: string }> {
  resetWorld();
  set?.();
  const root = realpathSync(makeFolder(t));
  world.openFolders(root);
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  const [[path, text] = ['', '']] = Object.entries(files);
  const document = world.open(join(root, path), text, { languageId: 'plaintext' }) as unknown as vscode.TextDocument;
  let link = '';
  const applyEdit = (edit: vscode.WorkspaceEdit): Promise<boolean> => {
    const [change] = edit.get(document.uri);
    link = /image:+([^[]+)\[|\\includegraphics\[[^\]]*\]\{([^}]*)\}|<img src="([^"]+)"/.exec(change?.newText ?? '')?.slice(1).find((part) => part !== undefined) ?? assert.fail(change?.newText);
    return Promise.resolve(true);
  };
  Object.assign(vscode.workspace, { applyEdit });
  t.after(() => delete (vscode.workspace as { applyEdit?: unknown }).applyEdit);
  world.activeEditor = { document } as unknown as vscode.TextEditor;
  const at = text.includes('§') ? text.indexOf('§') : text.length - 1;
  const { files: made } = await insertImages([{ record, file }], document, undefined, () => [{ start: at, end: at, mode: 'behind' }], links);
  return { file: made[0]?.path.slice(root.length + 1) ?? '', link };
}

const CHAPTER = 'Text.\n';
const main = (more: string): string => `\\documentclass{book}\n\\usepackage{graphicx}\n${more}\n\\begin{document}\n\\include{chapters/one}\n\\end{document}\n`;
const saveTo = (template: string) => (): void => world.set('generateImage.saveTo', template);

const CASES: readonly (readonly [what: string, files: Readonly<Record<string, string>>, file: string, link: string, set?: () => void])[] = [
  ['AsciiDoc without imagesdir', { 'docs/a.adoc': 'Text.\n' }, 'docs/images/a-cat.png', 'images/a-cat.png'],
  ['imagesdir', { 'docs/a.adoc': ':imagesdir: ../figs\n\nText.\n' }, 'figs/a-cat.png', 'a-cat.png'],
  ['imagesdir, a folder of the person’s', { 'docs/a.adoc': ':imagesdir: figs\n\nText.\n' }, 'pics/a-cat.png', '../../pics/a-cat.png', saveTo('${workspaceFolder}/pics/${slug}.${ext}')],
  ['imagesdir outside of the workspace', { 'docs/a.adoc': ':imagesdir: ../../out\n\nText.\n' }, 'docs/images/a-cat.png', 'ROOT/docs/images/a-cat.png'],
  ['imagesdir that changes in the text', { 'a.adoc': '= T\n:imagesdir: one\n\nText.§\n\n:imagesdir: two\n\nText.\n' }, 'one/a-cat.png', 'a-cat.png'],
  ['imagesdir of a site', { 'content/a.adoc': ':imagesdir: /img\n\nText.\n', 'static/img/b.png': '' }, 'static/img/a-cat.png', 'a-cat.png'],
  ['imagesdir that is an address', { 'a.adoc': ':imagesdir: https://a.example/img\n\nText.\n' }, 'images/a-cat.png', 'images/a-cat.png'],
  ['Antora', { 'docs/modules/ROOT/pages/a/b.adoc': 'Text.\n', 'docs/antora.yml': '' }, 'docs/modules/ROOT/images/a-cat.png', 'a-cat.png'],
  ['its layout without Antora', { 'modules/ROOT/pages/b.adoc': 'Text.\n' }, 'modules/ROOT/pages/images/a-cat.png', 'images/a-cat.png'],
  ['an Astro page: only what is in public is built', { 'web/src/pages/a.astro': '<p>Text§</p>\n', 'web/astro.config.mjs': '' }, 'web/public/images/a-cat.png', '/images/a-cat.png'],
  ['an Astro page, a folder of the person’s in public', { 'src/pages/a.astro': '<p>Text§</p>\n', 'astro.config.ts': '' }, 'public/art/a-cat.png', '/art/a-cat.png', saveTo('${workspaceFolder}/public/art/${slug}.${ext}')],
  ['an Astro page, a folder of the person’s elsewhere', { 'src/pages/a.astro': '<p>Text§</p>\n', 'astro.config.ts': '' }, 'src/art/a-cat.png', '../art/a-cat.png', saveTo('${workspaceFolder}/src/art/${slug}.${ext}')],
  ['an Astro file without a site', { 'src/pages/a.astro': '<p>Text§</p>\n' }, 'src/pages/images/a-cat.png', './images/a-cat.png'],
  ['LaTeX alone', { 'a.tex': '\\documentclass{article}\n\\begin{document}\nText.\n\\end{document}\n' }, 'images/a-cat.png', 'images/a-cat.png'],
  ['a chapter with a magic comment', { 'chapters/one.tex': `% !TeX root = ../main.tex\n${CHAPTER}`, 'main.tex': main('') }, 'chapters/images/a-cat.png', 'chapters/images/a-cat.png'],
  ['a chapter that the root includes', { 'chapters/one.tex': CHAPTER, 'main.tex': main('') }, 'chapters/images/a-cat.png', 'chapters/images/a-cat.png'],
  ['a chapter that nobody includes', { 'chapters/two.tex': CHAPTER, 'main.tex': main('') }, 'chapters/images/a-cat.png', 'images/a-cat.png'],
  ['a chapter, \\graphicspath in the root', { 'chapters/one.tex': CHAPTER, 'main.tex': main('\\graphicspath{{figs/}{img/}}') }, 'figs/a-cat.png', 'a-cat.png'],
  ['a name that another of the folders has', { 'chapters/one.tex': CHAPTER, 'main.tex': main('\\graphicspath{{figs/}{img/}}'), 'img/a-cat.png': '' }, 'figs/a-cat-1.png', 'a-cat-1.png'],
  ['\\graphicspath, a folder of the person’s', { 'chapters/one.tex': CHAPTER, 'main.tex': main('\\graphicspath{{figs/}}') }, 'pics/a-cat.png', 'pics/a-cat.png', saveTo('${workspaceFolder}/pics/${slug}.${ext}')],
  ['a subfile', { 'chapters/one.tex': '\\documentclass[../main]{subfiles}\n\\begin{document}\nText.\n\\end{document}\n', 'main.tex': main('') }, 'chapters/images/a-cat.png', 'images/a-cat.png'],
  ['a subfile, \\graphicspath in the main document', { 'chapters/one.tex': '\\documentclass[../main.tex]{subfiles}\n\\begin{document}\nText.\n\\end{document}\n', 'main.tex': main('\\graphicspath{{figs/}}') }, 'figs/a-cat.png', 'a-cat.png'],
  ['an imported chapter', { 'chapters/one.tex': CHAPTER, 'main.tex': '\\documentclass{book}\n\\begin{document}\n\\subimport{chapters/}{one}\n\\end{document}\n' }, 'chapters/images/a-cat.png', 'images/a-cat.png'],
  ['a site’s linkBase is none of LaTeX', { 'a.tex': '\\documentclass{article}\n\\begin{document}\nText.\n\\end{document}\n' }, 'public/a-cat.png', 'public/a-cat.png', () => {
    saveTo('${workspaceFolder}/public/${slug}.${ext}')();
    world.set('generateImage.linkBase', 'public');
  }],
];

test('a folder whose name the language cannot write is named in a sentence', async (t) => {
  const refused = async (files: Readonly<Record<string, string>>, set?: () => void): Promise<string> => {
    const error: unknown = await insertInto(t, files, set).then(() => assert.fail('it was inserted'), (reason: unknown) => reason);
    assert.ok(error instanceof Refusal, String(error));
    return error.message;
  };
  assert.match(await refused({ 'a"b/one.tex': CHAPTER, 'main.tex': main('').replace('chapters', 'a"b') }), /cannot hold “"”, which is in a"b\/images\/a-cat\.png/);
  assert.match(await refused({ 'a.rst': 'Text.\n' }, saveTo('${workspaceFolder}/a\u3000b/${slug}.${ext}')), /cannot hold/);
});

for (const [what, files, wantedFile, wantedLink, set] of CASES) {
  test(`image and link: ${what}`, async (t) => {
    const made = await insertInto(t, files, set);
    assert.deepEqual([made.file, made.link.replace(/^(?:\.\.\/)+[^/]+(?=\/docs\/images)/, 'ROOT')], [wantedFile, wantedLink]);
  });
}
