// Shows where images go, and which places are refused by name.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { checkTarget, expandSaveTo, type SaveToContext, type TargetResult } from '../../../src/insert/targetPath.ts';
import { HOSTILE_TEXTS } from './hostile.ts';

const CONTEXT: SaveToContext = {
  documentPath: '/w/docs/My notes: 1/read me.md',
  rootPath: '/w',
  workspaceFolderPath: '/w',
  prompt: 'A red cat',
  size: '1664x928',
  id: '20260901T123456Z-k3f9',
  ext: 'png',
  time: new Date(2026, 8, 1, 3, 4, 5),
};
const DIR = '/w/docs/My notes: 1';

const TARGETS: readonly (readonly [template: string, target: string | TargetResult])[] = [
  ['${documentDir}/images/${slug}.${ext}', `${DIR}/images/a-red-cat.png`],
  ['${workspaceFolder}/static/${documentName}/${date}/${time}-${size}-${id}.${ext}', '/w/static/read-me/2026-09-01/030405-1664x928-20260901T123456Z-k3f9.png'],
  ['images/${slug}.${ext}', `${DIR}/images/a-red-cat.png`],
  ['/images/${slug}.${ext}', '/w/images/a-red-cat.png'],
  ['images\\${slug}.${ext}', `${DIR}/images/a-red-cat.png`],
  ['${documentDir}-images/./x//${slug}.${ext}', `${DIR}-images/x/a-red-cat.png`],
  ['${documentDir}/../../${slug}.${ext}', '/w/a-red-cat.png'],
  ['${slug}', `${DIR}/a-red-cat.png`],
  ['${slug}.jpg', `${DIR}/a-red-cat.png`],
  ['${slug}.PNG', `${DIR}/a-red-cat.PNG`],
  ['a:b?/con/trail. /x|${slug}.${ext}', `${DIR}/a-b-/con_/trail/x-a-red-cat.png`],
  ['${slug} .png', `${DIR}/a-red-cat.png`],
  ['nul.png', `${DIR}/nul_.png`],
  ['${workspaceFolder}/../${slug}.${ext}', { problem: 'outsideRoot', name: '/a-red-cat.png' }],
  ['../../../../x/${slug}.${ext}', { problem: 'outsideRoot', name: '/x/a-red-cat.png' }],
  ['/../w2/${slug}.${ext}', { problem: 'outsideRoot', name: '/w2/a-red-cat.png' }],
  ['${workspaceFolder}2/${slug}.${ext}', { problem: 'outsideRoot', name: '/w2/a-red-cat.png' }],
  ['.github/${slug}.${ext}', { problem: 'dotFolder', name: '.github' }],
  ['a/.git/hooks/${slug}.${ext}', { problem: 'dotFolder', name: '.git' }],
  ['.git\\${slug}.${ext}', { problem: 'dotFolder', name: '.git' }],
  ['${slug}.sh', { problem: 'notAnImageEnding', name: 'a-red-cat.sh' }],
  ['${slug}.png.exe', { problem: 'notAnImageEnding', name: 'a-red-cat.png.exe' }],
  ['.${ext}', { problem: 'emptyName', name: '.png' }],
  ['.bashrc', { problem: 'unsafeName', name: '.bashrc' }],
  ['.x.png', { problem: 'unsafeName', name: '.x.png' }],
  ['images/', { problem: 'emptyName', name: 'images/' }],
  ['', { problem: 'emptyName', name: '' }],
  ['${documentDir}', { problem: 'emptyName', name: '${documentDir}' }],
  ['${slag}.png', { problem: 'unknownVariable', name: '${slag}' }],
  ['${constructor}.png', { problem: 'unknownVariable', name: '${constructor}' }],
];

for (const [template, target] of TARGETS) {
  test(`saveTo ${JSON.stringify(template)}`, () => {
    assert.deepEqual(expandSaveTo(template, CONTEXT), typeof target === 'string' ? { path: target } : target);
  });
}

test('an untitled document’s images go to the root', () => {
  assert.deepEqual(expandSaveTo('${documentDir}/images/${documentName}.${ext}', { ...CONTEXT, documentPath: undefined }), { path: '/w/images/untitled.png' });
});

test('a lone document’s folder is its root, and on Windows the drive may differ in case', () => {
  const lone = { ...CONTEXT, documentPath: '/C:/n/a.md', rootPath: '/c:/n', workspaceFolderPath: undefined };
  assert.deepEqual(expandSaveTo('${workspaceFolder}/${slug}.${ext}', lone), { path: '/c:/n/a-red-cat.png' });
  assert.deepEqual(expandSaveTo('${documentDir}/${slug}.${ext}', lone), { path: '/c:/n/a-red-cat.png' });
});

test('the root itself may lie in a dot folder or be /', () => {
  assert.deepEqual(checkTarget('/home/.dots/w/a.png', '/home/.dots/w', 'png'), { path: '/home/.dots/w/a.png' });
  assert.deepEqual(checkTarget('/a.png', '/', 'png'), { path: '/a.png' });
});

test('a long name is cut to 255 bytes and keeps its ending; a wrong ending is put right', () => {
  const result = checkTarget(`/w/${'猫'.repeat(100)}.png`, '/w', 'webp');
  assert.deepEqual(result, { path: `/w/${'猫'.repeat(83)}.webp` });
  assert.deepEqual(checkTarget('/w/a.jpeg', '/w', 'jpg'), { path: '/w/a.jpeg' });
  assert.deepEqual(checkTarget('/w/2025-06-06T08:40:32.123Z', '/w', 'png'), { problem: 'notAnImageEnding', name: '2025-06-06T08:40:32.123Z' });
  assert.deepEqual(checkTarget('/w/08:40.png', '/w', 'png'), { path: '/w/08-40.png' });
});

test('no template leads out of the root, into a dot folder or to another ending', () => {
  const piece = fc.oneof(
    fc.constantFrom('${documentDir}', '${workspaceFolder}', '${slug}', '${documentName}', '${ext}', '..', '../', '/', '.', '\\', 'a', ' ', 'con', '.git'),
    fc.constantFrom(...HOSTILE_TEXTS.filter((text) => !text.includes('${'))),
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 8 }), fc.constantFrom('a red cat', '../..', '.'), (pieces, documentName) => {
      const result = expandSaveTo(`${pieces.join('')}.\${ext}`, { ...CONTEXT, documentPath: `/w/docs/${documentName}.md` });
      if (!('path' in result)) return;
      const segments = result.path.split('/').slice(1);
      assert.equal(segments[0], 'w');
      assert.ok(segments.every((segment) => segment !== '' && !segment.startsWith('.')), result.path);
      assert.match(result.path, /[^/]\.png$/);
    }),
    { numRuns: 500 },
  );
});

test('a drive, a server and backslashes are read as Windows would, on every system', () => {
  for (const template of ['C:\\pics\\${slug}.${ext}', 'c:/pics/${slug}.${ext}', '\\\\server\\share\\${slug}.${ext}']) {
    assert.deepEqual(expandSaveTo(template, CONTEXT), { problem: 'outsideRoot', name: template });
  }
  for (const path of ['/w/docs/..\\..\\x\\a.png', '/w/docs/C:\\pics\\a.png', '/w/docs/\\\\server\\a.png', '/w/docs/x/..\\..\\..\\a.png']) {
    assert.equal('problem' in checkTarget(path, '/w', 'png', '/w/docs') && (checkTarget(path, '/w', 'png', '/w/docs') as { problem: string }).problem, 'outsideRoot', path);
  }
  assert.deepEqual(checkTarget('/w/docs/images\\a:b.png', '/w', 'png', '/w/docs'), { path: '/w/docs/images/a-b.png' });
  // A folder that is there keeps its name.
  assert.deepEqual(checkTarget('/w/do\\c:s/images/a.png', '/w', 'png', '/w/do\\c:s'), { path: '/w/do\\c:s/images/a.png' });
  assert.deepEqual(checkTarget('/w/docs/.git\\a.png', '/w', 'png', '/w/docs'), { problem: 'dotFolder', name: '.git' });
});

test('on a Windows drive, folders of either case are one', () => {
  assert.deepEqual(checkTarget('/c:/users/me/images/a.png', '/c:/Users/Me', 'png', '/c:/users/me'), { path: '/c:/Users/Me/images/a.png' });
});

test('what a variable adds to a name needs no escaping anywhere', () => {
  for (const [name, plain] of [['~a #1 `b` (c) [d] {e} 50%', 'a-1-b-c-d-e-50'], ["O'Neil & Söhne, v1.2_final", 'O-Neil-Söhne-v1.2_final'], ['猫.notes', '猫.notes'], ['e\u0301', 'é']] as const) {
    const made = expandSaveTo('${documentDir}/${documentName}/${documentName}.${ext}', { documentPath: `/w/${name}.md`, rootPath: '/w', prompt: 'x', size: '1x1', id: 'i', ext: 'png', time: new Date(0) });
    assert.deepEqual(made, { path: `/w/${plain}/${plain}.png` });
  }
});
