// Holds our reading of markdown.copyFiles.destination against VS Code's: its documentation and what it was seen to do.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { copyFileDestinations, expandCopyFilesTemplate } from '../../../src/insert/copyFiles.ts';

const TIME = new Date('2025-06-06T08:40:32.123Z');
const README = { documentPath: '/Users/me/myProject/docs/README.md', workspaceFolderPath: '/Users/me/myProject', fileName: 'image.png', time: TIME };

const VARIABLES: readonly (readonly [name: string, value: string])[] = [
  ['documentDirName', '/Users/me/myProject/docs'],
  ['documentRelativeDirName', 'docs'],
  ['documentFileName', 'README.md'],
  ['documentBaseName', 'README'],
  ['documentExtName', 'md'],
  ['documentFilePath', '/Users/me/myProject/docs/README.md'],
  ['documentRelativeFilePath', 'docs/README.md'],
  ['documentWorkspaceFolder', '/Users/me/myProject'],
  ['fileName', 'image.png'],
  ['fileExtName', 'png'],
  ['unixTime', '1749199232123'],
  ['isoTime', '2025-06-06T08:40:32.123Z'],
];

test('the documented examples of the variables', () => {
  for (const [name, value] of VARIABLES) {
    assert.equal(expandCopyFilesTemplate(`/x/\${${name}}/y`, README), `/Users/me/myProject/x/${value.replace(/^\//, '')}/y`);
  }
});

const DESTINATIONS: readonly (readonly [template: string, path: string])[] = [
  ['${fileName}', '/p/sub/img.png'],
  ['./${fileName}', '/p/sub/img.png'],
  ['../${fileName}', '/p/img.png'],
  ['/${fileName}', '/p/img.png'],
  ['images/', '/p/sub/images/img.png'],
  ['./', '/p/sub/img.png'],
  ['/', '/p/img.png'],
  ['', '/p/sub/img.png'],
  ['  images/  ', '/p/sub/images/img.png'],
  ['${documentWorkspaceFolder}/docs/images/', '/p/docs/images/img.png'],
  ['/images/${documentBaseName}/', '/p/images/readme/img.png'],
  ['${fileName/.png/.gif/}', '/p/sub/img.gif'],
  ['${fileName/(.+)\\.(.+)/$2.$1/}', '/p/sub/png.img'],
  ['${documentBaseName/(.).*/$1/}.png', '/p/sub/r.png'],
  ['\\${fileName}', '/p/sub/${fileName}'],
  ['${fileName\\}', '/p/sub/${fileName\\}'],
  ['${fileName/(.+)/x\\/y/}.${fileExtName}', '/p/sub/x/y.png'],
  ['${documentRelativeDirName/sub\\/?/z/}/a.png', '/p/sub/z/a.png'],
  ['${unknown}/a.png', '/p/sub/${unknown}/a.png'],
  ['${fileName/[/x/}', '/p/sub/img.png'],
  ['${fileName/img//}', '/p/sub/img.png'],
  ['${fileName/g/$&$&/}', '/p/sub/imgg.png'],
  ['${fileName/img/x/i}', '/p/sub/${fileName/img/x/i}'],
  ['/../out.png', '/out.png'],
];

for (const [template, path] of DESTINATIONS) {
  test(`the destination ${JSON.stringify(template)}`, () => {
    assert.equal(expandCopyFilesTemplate(template, { documentPath: '/p/sub/readme.md', workspaceFolderPath: '/p', fileName: 'img.png', time: TIME }), path);
  });
}

test('outside any folder the document’s own folder stands in, and relative paths are whole ones', () => {
  const lone = { documentPath: '/home/a b/x.md', fileName: 'i.png', time: TIME };
  assert.equal(expandCopyFilesTemplate('/${fileName}', lone), '/home/a b/i.png');
  assert.equal(expandCopyFilesTemplate('${documentRelativeDirName}/', lone), '/home/a b/i.png');
  assert.equal(expandCopyFilesTemplate('${documentRelativeDirName}/', { ...lone, documentPath: '/c:/n/x.md' }), '/c:/n/i.png');
});

test('a document at the top of its workspace has an empty relative folder', () => {
  assert.equal(expandCopyFilesTemplate('/img/${documentRelativeDirName}/', { ...README, documentPath: '/Users/me/myProject/a.md' }), '/Users/me/myProject/img/image.png');
});

test('globs keep their order; those without a slash first or ** match anywhere; / anchors', () => {
  assert.deepEqual(copyFileDestinations({ '/docs/**/*': 'a', '*.md': 'b', 'docs/*.md': 'c', '**/x.md': 'd', '**': 'e' }), [
    { glob: 'docs/**/*', anchored: true, template: 'a' },
    { glob: '**/*.md', anchored: false, template: 'b' },
    { glob: '**/docs/*.md', anchored: false, template: 'c' },
    { glob: '**/x.md', anchored: false, template: 'd' },
    { glob: '**', anchored: false, template: 'e' },
  ]);
});

test('what is no map of texts is dropped', () => {
  for (const setting of [undefined, null, 'x', 3]) assert.deepEqual(copyFileDestinations(setting), []);
  assert.deepEqual(copyFileDestinations({ '*.md': 3, '*.txt': 'a', x: null }), [{ glob: '**/*.txt', anchored: false, template: 'a' }]);
});
