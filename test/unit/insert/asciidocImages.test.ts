// Shows where AsciiDoc looks for images, held against Asciidoctor: by `imagesdir` in all its forms, and in Antora's layout.
import assert from 'node:assert/strict';
import { posix } from 'node:path';
import { test } from 'node:test';
import { convert } from '@asciidoctor/core';
import { antoraImages, imagesDirAt } from '../../../src/insert/asciidocImages.ts';

/** `§` is the image. */
const DOCUMENTS: readonly (readonly [what: string, text: string])[] = [
  ['none', '= T\n\n§\n'],
  ['in the head', '= T\n:imagesdir: figs\n\n§\n'],
  ['in the head, behind an author', '= T\nA Name <a@b.example>\n:toc:\n:imagesdir: ./figs/\n\nText.\n\n§\n'],
  ['with a variable', '= T\n:base: assets\n:imagesdir: {base}/img\n\n§\n'],
  ['with what is not known', '= T\n:imagesdir: figs\n:imagesdir: {nowhere-defined}\n\n§\n'],
  ['above', '= T\n:imagesdir: ../img\n\n§\n'],
  ['taken back', '= T\n:imagesdir: figs\n\n:imagesdir!:\n\n§\n'],
  ['taken back in front', '= T\n:imagesdir: figs\n\n:!imagesdir:\n\n§\n'],
  ['changed in the body', '= T\n:imagesdir: one\n\nText.\n\n:imagesdir: two\n\n§\n\n:imagesdir: three\n'],
  ['unless it is set', '= T\n:imagesdir: one\nifndef::imagesdir[:imagesdir: two]\n\n§\n'],
  ['if it is not set', '= T\nifndef::imagesdir[:imagesdir: two]\n\n§\n'],
  ['for a viewer', '= T\n:imagesdir: one\nifdef::env-github[]\n:imagesdir: two\nendif::[]\n\n§\n'],
  ['for all but a viewer', '= T\nifndef::env-github[]\n:imagesdir: two\nendif::[]\n\n§\n'],
  ['in a listing', '= T\n\n----\n:imagesdir: no\n----\n\n§\n'],
  ['in a comment', '= T\n\n////\n:imagesdir: no\n////\n\n// :imagesdir: no\n\n§\n'],
  ['Windows line breaks', '= T\r\n:imagesdir: figs\r\n\r\n§\r\n'],
];

for (const [what, marked] of DOCUMENTS) {
  test(`imagesdir ${what}`, async () => {
    const offset = marked.indexOf('§');
    const html = (await convert(marked.replace('§', 'image::x.png[]'), { standalone: false, attributes: { 'docdir': '/w/docs' } })) as string;
    const source = /<img src="([^"]*)"/.exec(html)?.[1] ?? assert.fail(html);
    const folder = imagesDirAt(marked.replace('§', ''), offset, '/w/docs');
    const isUnknown = source.includes('{');
    assert.equal(posix.join(isUnknown ? '{nowhere-defined}' : (folder ?? ''), 'x.png'), posix.normalize(source));
  });
}

test('Antora keeps the images of a module beside its pages', () => {
  assert.deepEqual(antoraImages('/w/docs/modules/ROOT/pages/a/b.adoc'), { componentPath: '/w/docs', imagesPath: '/w/docs/modules/ROOT/images' });
  assert.deepEqual(antoraImages('/w/modules/admin/partials/b.adoc')?.imagesPath, '/w/modules/admin/images');
  for (const path of ['/w/modules/a.adoc', '/w/pages/a.adoc', '/w/modules/x/y/pages/a.adoc', '/w/modules/ROOT/nav.adoc']) assert.equal(antoraImages(path), undefined, path);
});
