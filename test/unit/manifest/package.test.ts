// Holds package.json, the lock file and the list of what ships to what a reader may rely on.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { exists, findFiles, projectFiles, readPackageJson, readText } from './packageJson.ts';

const manifest = readPackageJson();

test('it wakes up by what it contributes, by documents that may ask for images, and for agents once VS Code has started; never before', () => {
  assert.deepEqual(manifest.activationEvents.filter((event) => !/^onLanguage:[\w-]+$/.test(event)), ['onStartupFinished']);
});

test('it runs from VS Code 1.106 on, on the person’s side first', () => {
  assert.equal(manifest.engines['vscode'], '^1.106.0');
  assert.deepEqual(manifest.extensionKind, ['ui', 'workspace']);
  assert.equal(`${manifest.publisher}.${manifest.name}`, 'open-image-tools.generate-image');
});

test('it names no place on the web that is not there', () => {
  assert.deepEqual([manifest.repository, manifest.bugs, manifest.homepage], [undefined, undefined, undefined]);
});

test('what finds it and what greets its visitors', () => {
  const { galleryBanner, keywords, pricing } = JSON.parse(readText('package.json')) as { galleryBanner: unknown; keywords: readonly string[]; pricing: unknown };
  assert.deepEqual([galleryBanner, pricing], [{ color: '#1e1b3a', theme: 'dark' }, 'Free']);
  // The Marketplace takes at most 30: https://code.visualstudio.com/api/references/extension-manifest
  assert.ok(keywords.length <= 30 && new Set(keywords).size === keywords.length);
});

test('nothing is installed beside it: what it needs is bundled', () => {
  assert.deepEqual(manifest.dependencies ?? {}, {});
});

test('the types of VS Code are no newer than the VS Code it asks for', () => {
  const { packages } = JSON.parse(readText('package-lock.json')) as { packages: Record<string, { version?: string }> };
  assert.match(packages['node_modules/@types/vscode']?.version ?? '', /^1\.106\./);
});

test('the lock file says what is installed, not from where', () => {
  const { packages } = JSON.parse(readText('package-lock.json')) as { packages: Record<string, { resolved?: string; link?: boolean }> };
  const named = Object.values(packages).filter(({ resolved }) => resolved !== undefined);
  assert.deepEqual(named, [{ resolved: 'test/vscodeModule', link: true }]);
});

test('no file names the host of a package registry', () => {
  const host = /\bregistry\.[a-z0-9-]+\.[a-z]{2,}|\bnpm(js|mirror)\.(com|org)\b/i;
  const named = projectFiles().filter((path) => !/\.(png|jpe?g|gif|webp|avif)$/i.test(path) && host.test(readText(path)));
  assert.deepEqual(named, []);
});

test('what ships is an allow-list', () => {
  const lines = readText('.vscodeignore').split('\n').map((line) => line.trim()).filter((line) => line !== '' && !line.startsWith('#'));
  assert.equal(lines[0], '**');
  assert.deepEqual(lines.slice(1).filter((line) => !line.startsWith('!')), []);
  assert.doesNotMatch(lines.join('\n'), /^!(\*\*|src|test|out\/\*\*|node_modules)/m);
});

test('every file that the allow-list names by its name is there or is built', () => {
  const named = readText('.vscodeignore').split('\n').filter((line) => /^![^*]+$/.test(line)).map((line) => line.slice(1));
  assert.deepEqual(named.filter((path) => !path.startsWith('out/') && !exists(path)), []);
});

test('only media that cannot run are in media', () => {
  const allowed = /\.(svg|png|css|md)$/;
  assert.deepEqual(findFiles('media/**/*.*').filter((path) => !allowed.test(path)), []);
  for (const path of findFiles('media/**/*.svg')) assert.doesNotMatch(readText(path), /<script|\son\w+=|https?:\/\/(?!www\.w3\.org\/)/, path);
});

test('a script that the README names exists', () => {
  const named = [...readText('README.md').matchAll(/npm (?:run )?(start|test|package|test:\w+)\b/g)].map(([, name = '']) => name);
  assert.ok(named.length >= 3);
  assert.deepEqual(named.filter((name) => !(name in manifest.scripts)), []);
});
