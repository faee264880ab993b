// Holds where agents may put files: below a workspace folder, under a name that shows, in a format that can be written.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { resolveBelow, resolveImageFile, showBelow, type WorkspaceRoot } from '../../../src/agents/workspacePath.ts';
import '../seed.ts';

const SITE: WorkspaceRoot = { name: 'site', path: '/home/me/site' };
const DOCS: WorkspaceRoot = { name: 'docs', path: '/home/me/docs' };

const pathOf = (text: string, roots = [SITE]): string => {
  const file = resolveImageFile(text, roots);
  return 'problem' in file ? `refused: ${file.problem}` : file.path;
};

test('a path starts at the workspace folder, and its ending is the format', () => {
  assert.deepEqual(resolveImageFile('images/fox.webp', [SITE]), { root: SITE, path: '/home/me/site/images/fox.webp', format: 'webp' });
  assert.equal(pathOf('./images/../fox.PNG'), '/home/me/site/fox.PNG');
  assert.equal(pathOf('images\\fox.jpg'), '/home/me/site/images/fox.jpg');
  assert.equal(pathOf('a b/狐.jpeg'), '/home/me/site/a b/狐.jpeg');
});

test('an absolute path inside of the workspace is taken', () => {
  assert.equal(pathOf('/home/me/site/images/fox.webp'), '/home/me/site/images/fox.webp');
  assert.equal(pathOf('file:///home/me/site/a%20b.png'), '/home/me/site/a b.png');
  assert.equal(pathOf('C:\\site\\a.png', [{ name: 'site', path: '/c:/site' }]), '/c:/site/a.png');
});

test('with several folders, the name of one in front chooses it', () => {
  assert.equal(pathOf('docs/a.png', [SITE, DOCS]), '/home/me/docs/a.png');
  assert.equal(pathOf('other/a.png', [SITE, DOCS]), '/home/me/site/other/a.png');
  assert.equal(showBelow({ root: DOCS, path: '/home/me/docs/i/a.png' }, [SITE, DOCS]), 'docs/i/a.png');
  assert.equal(showBelow({ root: SITE, path: '/home/me/site/i/a.png' }, [SITE]), 'i/a.png');
});

for (const text of [
  '../fox.png', 'images/../../fox.png', '/etc/fox.png', '/home/me/site2/fox.png', '..\\fox.png', 'C:\\fox.png', '.git/fox.png', 'a/.git/hooks/fox.png', '.fox.png',
  'fox', 'fox.svg', 'fox.png.exe', 'fox.gif', 'images/', 'images\\', 'https://example.com/fox.png', 'data:image/png,x', 'file:///etc/fox.png', 'file://server/a.png', 'vscode-remote://x/a.png', '',
]) {
  test(`“${text}” is refused with a sentence`, () => {
    const file = resolveImageFile(text, [SITE]);
    assert.ok('problem' in file, JSON.stringify(file));
    assert.match(file.problem, /^[“NG].{20,}\.$/s);
  });
}

test('without a folder there is a sentence', () => {
  assert.ok('problem' in resolveBelow('a.png', []));
});

test('no text leads out of the workspace or into a hidden folder', () => {
  const piece = fc.oneof(fc.constantFrom('..', '.', '/', '\\', '.git', 'C:', '%2e%2e', 'a.png', 'file:', '~', ' ', 'con.png', 'b'), fc.string({ maxLength: 4 }));
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 8 }), fc.constantFrom('', '/', '\\'), (pieces, joint) => {
      const file = resolveImageFile(pieces.join(joint), [SITE]);
      if ('problem' in file) return;
      assert.ok(file.path.startsWith('/home/me/site/'), file.path);
      assert.ok(!file.path.slice('/home/me/site'.length).includes('/.'), file.path);
      assert.doesNotMatch(file.path, /[\\:*?"<>|]/);
    }),
  );
});
