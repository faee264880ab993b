// Where an inserted image may go: by the settings, and never outside, through links, or into what is read-only.
import assert from 'node:assert/strict';
import { mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { Refusal } from '../../../../src/host/window/refusal.ts';
import { world } from '../../../vscodeModule/world.ts';
import { makeFolder } from '../../history/folder.ts';
import { makeDesk, type Desk } from './insertAtCursor.ts';

type Settings = Readonly<Record<string, unknown>>;

function setAll(settings: Settings): void {
  for (const [name, value] of Object.entries(settings)) world.set(name, value, world.workspace);
}

const DESTINATIONS: readonly (readonly [what: string, settings: Settings, file: string, link: string])[] = [
  ['`saveTo` from the workspace folder', { 'generateImage.saveTo': '${workspaceFolder}/assets/${documentName}-${size}.${ext}' }, 'assets/page-1328x1328.png', '../../assets/page-1328x1328.png'],
  ['the ending that `saveTo` names', { 'generateImage.saveTo': 'shots/${slug}.jpg' }, 'docs/deep/shots/a-boat.jpg', 'shots/a-boat.jpg'],
  ['`linkBase`, for a site', { 'generateImage.saveTo': '/public/img/${slug}.${ext}', 'generateImage.linkBase': 'public' }, 'public/img/a-boat.png', '/img/a-boat.png'],
  ['`markdown.copyFiles.destination` with its variables', { 'markdown.copyFiles.destination': { '/docs/**/*.md': '/media/${documentBaseName}/' } }, 'media/page/a-boat.png', '../../media/page/a-boat.png'],
  ['the first destination that matches', { 'markdown.copyFiles.destination': { 'other.md': 'no/', 'page.md': 'yes/', '**/*': 'no/' } }, 'docs/deep/yes/a-boat.png', 'yes/a-boat.png'],
  ['`saveTo` where no destination matches', { 'markdown.copyFiles.destination': { 'other.md': 'no/' } }, 'docs/deep/images/a-boat.png', 'images/a-boat.png'],
];
for (const [what, settings, file, link] of DESTINATIONS) {
  test(`follows ${what}`, async (t) => {
    const desk = makeDesk(t);
    setAll(settings);
    assert.equal((await desk.insert('docs/deep/page.md', '')).text, `![a boat](${link})`);
    assert.equal(readFileSync(join(desk.root, file), 'utf8'), file.endsWith('.jpg') ? 'jpeg' : 'png');
  });
}

test('names no destination of Markdown for another language', async (t) => {
  const desk = makeDesk(t);
  setAll({ 'markdown.copyFiles.destination': { '**/*': 'no/' } });
  assert.match((await desk.insert('docs/page.html', '', 'html')).text, /src="images\/a-boat\.png"/);
});

/** Nothing was written, nothing was changed, and the sentence says why. */
async function refuses(desk: Desk, sentence: RegExp, path = 'docs/page.md'): Promise<void> {
  await assert.rejects(desk.insert(path, 'one | two\n'), (error) => error instanceof Refusal && sentence.test(error.message));
  assert.deepEqual(world.documents.map((document) => document.getText()), ['one  two\n']);
  assert.deepEqual(desk.files().filter((file) => file !== 'linked'), [path, 'page.html'].sort());
}

function deskWithPage(t: Parameters<typeof makeDesk>[0]): Desk {
  const desk = makeDesk(t);
  writeFileSync(join(desk.root, 'page.html'), '');
  return desk;
}

const REFUSED: readonly (readonly [what: string, settings: Settings, sentence: RegExp])[] = [
  ['a place outside of the folder', { 'generateImage.saveTo': '../../../away/${slug}.${ext}' }, /\/away\/a-boat\.png lies outside of .*, and images are written only below it/],
  ['a destination outside of the folder', { 'markdown.copyFiles.destination': { '**/*.md': '/../away/' } }, /lies outside of/],
  ['a variable that it does not know', { 'generateImage.saveTo': 'images/${model}.${ext}' }, /does not know \$\{model\}/],
  ['a hidden folder', { 'generateImage.saveTo': '/.git/hooks/${slug}.${ext}' }, /“\.git” is a hidden folder/],
  ['a name that is no image', { 'generateImage.saveTo': 'run/${slug}.sh' }, /“a-boat\.sh” has no ending of an image/],
  ['a name that is empty', { 'generateImage.saveTo': 'images/' }, /leaves no usable file name/],
  ['a folder that is a file', { 'generateImage.saveTo': '/page.html/${slug}.${ext}' }, /\/page\.html is a file, so no folder can be made there/],
];
for (const [what, settings, sentence] of REFUSED) {
  test(`refuses ${what}, by name`, async (t) => {
    const desk = deskWithPage(t);
    setAll(settings);
    await refuses(desk, sentence);
  });
}

for (const [what, isInside] of [['out of the folder', false], ['to another folder in it', true]] as const) {
  test(`refuses a symbolic link that leads ${what}`, async (t) => {
    const desk = deskWithPage(t);
    const target = isInside ? join(desk.root, 'docs') : makeFolder(t);
    mkdirSync(target, { recursive: true });
    symlinkSync(target, join(desk.root, 'linked'));
    setAll({ 'generateImage.saveTo': '/linked/${slug}.${ext}' });
    await refuses(desk, /\/linked is a symbolic link, and images are not written through links/);
    assert.deepEqual(readdirSync(target), isInside ? ['page.md'] : []);
  });
}

const MARKED: readonly (readonly [what: string, settings: Settings, refused: boolean])[] = [
  ['a glob', { 'files.readonlyInclude': { '**/locked.md': true } }, true],
  ['a path from the folder', { 'files.readonlyInclude': { 'docs/locked.md': true } }, true],
  ['a glob that is turned off', { 'files.readonlyInclude': { '**/locked.md': false } }, false],
  ['a glob with an exception', { 'files.readonlyInclude': { 'docs/**': true }, 'files.readonlyExclude': { '**/locked.md': true } }, false],
];
for (const [what, settings, isRefused] of MARKED) {
  test(`${isRefused ? 'writes nothing into' : 'inserts into'} a document that the settings mark read-only by ${what}`, async (t) => {
    const desk = deskWithPage(t);
    setAll(settings);
    if (isRefused) await refuses(desk, /locked\.md is read-only, so nothing was inserted\. The image stays in the history/, 'docs/locked.md');
    else assert.equal((await desk.insert('docs/locked.md', '')).text, '![a boat](images/a-boat.png)');
  });
}

const LONG = 'n'.repeat(300);
const LONGEST = `${'n'.repeat(251)}.png`;
const TAKEN: readonly (readonly [what: string, settings: Settings, take: (images: string) => void, file: string])[] = [
  ['a folder that has the name', {}, (images) => mkdirSync(join(images, 'a-boat.png'), { recursive: true }), 'a-boat-1.png'],
  ['a symbolic link that has the name and leads out', {}, (images) => symlinkSync('/nowhere/theirs.png', join(images, 'a-boat.png')), 'a-boat-1.png'],
  ['a name of more than 255 bytes', { 'generateImage.saveTo': `images/${LONG}.\${ext}` }, () => undefined, LONGEST],
  ['a name of 255 bytes that is taken', { 'generateImage.saveTo': `images/${LONG}.\${ext}` }, (images) => writeFileSync(join(images, LONGEST), 'somebody’s own'), `${'n'.repeat(249)}-1.png`],
];
for (const [what, settings, take, file] of TAKEN) {
  test(`goes to a free place: ${what}`, async (t) => {
    const desk = makeDesk(t);
    const images = join(desk.root, 'docs', 'images');
    mkdirSync(images, { recursive: true });
    take(images);
    const before = desk.files();
    setAll(settings);
    assert.equal((await desk.insert('docs/page.md', 'one | two\n')).text, `one ![a boat](images/${file}) two\n`);
    assert.deepEqual(desk.files().filter((path) => !before.includes(path)), [`docs/images/${file}`, 'docs/page.md']);
    if (before.includes(`docs/images/${LONGEST}`)) assert.equal(readFileSync(join(images, LONGEST), 'utf8'), 'somebody’s own');
  });
}

test('refuses a file further up than the folder, by name', async (t) => {
  const desk = makeDesk(t);
  mkdirSync(join(desk.root, 'docs'));
  writeFileSync(join(desk.root, 'docs', 'taken'), 'somebody’s own');
  setAll({ 'generateImage.saveTo': 'taken/deep/${slug}.${ext}' });
  await assert.rejects(desk.insert('docs/page.md', 'one | two\n'), (error) => error instanceof Refusal && /\/taken is a file, so no folder can be made there/.test(error.message));
  assert.deepEqual(world.documents.map((document) => document.getText()), ['one  two\n']);
  assert.deepEqual([desk.files(), readFileSync(join(desk.root, 'docs', 'taken'), 'utf8')], [['docs/page.md', 'docs/taken'], 'somebody’s own']);
});
