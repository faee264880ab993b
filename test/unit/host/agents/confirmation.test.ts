// What the person is asked before a tool runs in VS Code's chat, and what needs no question because it will be refused.
import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import { confirmationFor } from '../../../../src/host/agents/confirmation.ts';
import type { ToolName } from '../../../../src/agents/toolSchemas.ts';
import { resetWorld, world } from '../../../vscodeModule/world.ts';

beforeEach(() => {
  resetWorld();
  world.openFolders('/w');
});

const titleOf = (tool: ToolName, input: object): unknown => confirmationFor(tool, input).confirmationMessages?.title;

test('a call that pays is asked about, with its number of images', () => {
  assert.equal(titleOf('generateImageFile', { prompt: 'a fox', path: 'img/fox.webp', document: 'docs/page.md' }), 'Make 1 image (1 paid request)?');
  assert.equal(titleOf('generateImageFile', { prompt: 'a fox', path: '/w/fox.png', count: 3 }), 'Make 3 images (3 paid requests)?');
  assert.equal(titleOf('findImageFile', { query: 'fox', saveAs: 'fox.png' }), 'Write a kept image into the workspace (free)?');
});

test('a call that will be refused, or only looks, is not asked about', () => {
  for (const input of [{ path: '../fox.png' }, { path: '/etc/fox.png' }, { path: '.git/fox.png' }, { path: 'fox.exe' }, { document: '../page.md' }, { count: 1e9 }, { output: 'fox.png' }]) {
    assert.equal(titleOf('generateImageFile', { prompt: 'a fox', ...input }), undefined, JSON.stringify(input));
  }
  assert.equal(titleOf('findImageFile', { query: 'fox' }), undefined);
  assert.equal(titleOf('findImageFile', { query: 'fox', saveAs: '../fox.png' }), undefined);
});

test('what an agent sends means nothing in Markdown, and its lines can wrap', () => {
  const { message } = confirmationFor('generateImageFile', { prompt: '[a link](https://example.com) <b> &lt; ![x](y) www.example.com', path: '*.png' }).confirmationMessages ?? {};
  const lines = (typeof message === 'string' ? message : (message?.value ?? '')).split('\n\n');
  assert.equal(lines[0], String.raw`Prompt\: \[a link\] \(https\:\/\/example\.com\) \<b\> \&lt\; \!\[x\] \(y\) www\.example\.com`);
  assert.equal(lines[1], String.raw`File\: \*\.png`);
});
