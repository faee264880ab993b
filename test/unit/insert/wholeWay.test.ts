// Shows the whole way on a real disk: any prompt in any document becomes a file, and the link that is written leads to it.
import assert from 'node:assert/strict';
import { existsSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, test } from 'node:test';
import fc from 'fast-check';
import MarkdownIt from 'markdown-it';
import { parse, type DefaultTreeAdapterTypes } from 'parse5';
import { altTextOf } from '../../../src/insert/altText.ts';
import { freePath } from '../../../src/insert/freeName.ts';
import { relativeLink } from '../../../src/insert/linkPath.ts';
import { expandSaveTo } from '../../../src/insert/targetPath.ts';
import { renderLink } from '../../../src/insert/templates.ts';
import { hostilePlaces } from './hostile.ts';

const root = realpathSync(mkdtempSync(join(tmpdir(), 'generate-image-way-')));
after(() => rmSync(root, { recursive: true, force: true }));

function imagesInMarkdown(source: string): string[] {
  const tokens = new MarkdownIt({ html: true, linkify: true }).parse(source, {});
  return tokens.flatMap(({ children }) => children ?? []).filter(({ type }) => type === 'image').map((token) => String(token.attrGet('src')));
}

function imagesInHtml(source: string): string[] {
  const imagesIn = (node: DefaultTreeAdapterTypes.Node): string[] => [
    ...('tagName' in node && node.tagName === 'img' ? node.attrs.filter(({ name }) => name === 'src').map(({ value }) => value) : []),
    ...('childNodes' in node ? node.childNodes.flatMap(imagesIn) : []),
  ];
  return imagesIn(parse(source));
}

const prompts = fc.oneof(fc.string({ unit: 'binary', maxLength: 200 }), fc.string({ unit: 'grapheme' }), fc.constantFrom('../../etc/passwd', 'CON', '](x) <img src=y>', '"><img src=y>', '$1 ${alt} ${path}'));
const templates = fc.constantFrom('${documentDir}/images/${slug}.${ext}', '${workspaceFolder}/a b/100% #1/${documentName} (${slug}).${ext}', '../${slug}/${size}.${ext}');

for (const [languageId, imagesIn] of [['markdown', imagesInMarkdown], ['html', imagesInHtml]] as const) {
  test(`any prompt in any document: ${languageId}`, async () => {
    await fc.assert(
      fc.asyncProperty(hostilePlaces(), prompts, templates, async (place, prompt, template) => {
        const documentPath = root + place.documentPath;
        const target = expandSaveTo(template, { documentPath, rootPath: root, workspaceFolderPath: root, prompt, size: '1328x1328', id: 'x', ext: 'png', time: new Date(0) });
        // Names that begin with a dot are refused by name, which others of these tests show.
        if (!('path' in target)) return assert.match(target.problem, /^(?:dotFolder|unsafeName|emptyName)$/);
        const path = await freePath(target.path, (candidate) => Promise.resolve(existsSync(candidate)));
        mkdirSync(dirname(documentPath), { recursive: true });
        mkdirSync(dirname(path), { recursive: true });
        writeFileSync(path, prompt, { flag: 'wx' });
        const link = renderLink({ languageId, path: relativeLink(documentPath, path) ?? '', alt: altTextOf('${prompt}', { prompt, size: '1328x1328' }), widthPx: 1, heightPx: 1, prompt, templates: {} });
        const found = imagesIn(`before ${link.plain} behind`);
        assert.deepEqual(found.map((src) => join(dirname(documentPath), decodeURIComponent(src))), [path], link.plain);
        assert.ok(existsSync(join(dirname(documentPath), decodeURIComponent(found[0] ?? ''))));
      }),
      { numRuns: 150 },
    );
  });
}
