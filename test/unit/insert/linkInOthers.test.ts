// Shows the links of reStructuredText (as docutils reads them, where it is installed), Typst and unknown languages.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { posix } from 'node:path';
import { test } from 'node:test';
import fc from 'fast-check';
import { relativeLink } from '../../../src/insert/linkPath.ts';
import { renderLink } from '../../../src/insert/templates.ts';
import { HOSTILE_TEXTS, hostilePlaces, hostileText } from './hostile.ts';

function linkOf(languageId: string, path: string, alt: string): string {
  return renderLink({ languageId, path, alt, widthPx: 1, heightPx: 2, prompt: alt, templates: {} }).plain;
}

const DOCUTILS = `
import json, sys
from docutils.core import publish_doctree
from docutils import nodes
def read(source):
    tree = publish_doctree('before\\n\\n' + source + '\\n\\nafter\\n', settings_overrides={'report_level': 5})
    return [[n.tagname, n.get('uri'), n.get('alt')] for n in tree.children]
print(json.dumps([read(source) for source in json.load(sys.stdin)]))
`;
const hasDocutils = spawnSync('python3', ['-c', 'import docutils']).status === 0;

test('every place and text survives in reStructuredText', { skip: hasDocutils ? false : 'docutils is not installed' }, () => {
  // docutils takes blanks beyond ASCII out of every URI, and knows no escape for them.
  const places = fc.sample(hostilePlaces(/[\u00a0\u3000]/), 200);
  const texts = [...HOSTILE_TEXTS, ...fc.sample(hostileText, 200 - HOSTILE_TEXTS.length)];
  const sources = places.map(({ documentPath, targetPath }, index) => linkOf('restructuredtext', relativeLink(documentPath, targetPath) ?? '', texts[index] ?? ''));
  const { stdout, stderr } = spawnSync('python3', ['-c', DOCUTILS], { input: JSON.stringify(sources), encoding: 'utf8', env: { ...process.env, PYTHONIOENCODING: 'utf-8' } });
  assert.equal(stderr, '');
  const read = JSON.parse(stdout) as [string, string | null, string | null][][];
  read.forEach((children, index) => {
    const place = places[index];
    assert.ok(place);
    assert.deepEqual(children.map(([name]) => name), ['paragraph', 'image', 'paragraph'], sources[index]);
    assert.equal(posix.join(posix.dirname(place.documentPath), children[1]?.[1] ?? ''), place.targetPath);
    assert.equal(children[1]?.[2] ?? '', texts[index]);
  });
});

test('a path in reStructuredText keeps its blanks, and its colon is no scheme', () => {
  assert.equal(linkOf('restructuredtext', '../im ages/a\\b%20#.png', 'x: *y*'), '.. image:: ../im\\ ages/a\\\\b%20#.png\n   :alt: x: *y*');
  assert.equal(linkOf('restructuredtext', 'data:x/a.png', ''), '.. image:: ./data:x/a.png');
});

// Each was compiled by Typst 0.14 and read back from the document it made.
const TYPST: readonly (readonly [text: string, content: string])[] = [
  ['a cat, sitting (1.5 m)', 'a cat, sitting (1.5 m)'],
  ['#set x [a] $b$ *c* _d_ `e`', '\\#set x \\[a\\] \\$b\\$ \\*c\\* \\_d\\_ \\`e\\`'],
  ['// no /* comment */', '\\/\\/ no \\/\\* comment \\*\\/'],
  ['1. one', '1\\. one'],
  ['- item -- dash -1 ...', '\\- item \\-- dash \\-1 \\...'],
  ['= heading', '\\= heading'],
  ['<label> @ref ~ "q" \\', '\\<label\\> \\@ref \\~ \\"q\\" \\\\'],
];

test('Typst content shows what the text says', () => {
  for (const [text, content] of TYPST) assert.equal(linkOf('typst', 'a.png', text), `#figure(image("a.png"), caption: [${content}])`);
});

test('a Typst path is a string, not a URL', () => {
  assert.equal(linkOf('typst', '../a b#%20"\\.png', ''), '#figure(image("../a b#%20\\"\\\\.png"))');
});

test('any other language takes the bare path', () => {
  assert.equal(linkOf('plaintext', '../a b#.png', 'x'), '../a b#.png');
  assert.equal(linkOf('__proto__', 'a.png', 'x'), 'a.png');
});
