// Holds what agents read: paths, links and costs in short lines, and which images a few words find.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { describeFound, describeGenerated, describeSaved, type MadeImage } from '../../../src/agents/answerText.ts';
import { matchImages } from '../../../src/agents/matchImages.ts';
import { LineReader } from '../../../src/agents/lines.ts';
import { chooseWindow } from '../../../src/agents/chooseWindow.ts';
import type { WindowFile } from '../../../src/agents/windowMessages.ts';

const FOX: MadeImage = {
  path: 'docs/images/fox.webp',
  widthPx: 1200,
  heightPx: 630,
  bytes: 74282,
  markdown: '![A fox](images/fox.webp)',
  html: '<img src="images/fox.webp" alt="A fox" width="1200" height="630">',
  promptUsed: 'a fox\nin snow',
  id: '20261125T120000000Z-abcd',
};

test('an answer names path, pixels, bytes, both links and the prompt of each image, and what is left', () => {
  assert.equal(
    describeGenerated({ made: [FOX], failed: [], left: 7 }),
    [
      'Image: docs/images/fox.webp',
      '- pixels: 1200x630',
      '- bytes: 74282',
      '- markdown: ![A fox](images/fox.webp)',
      '- html: <img src="images/fox.webp" alt="A fox" width="1200" height="630">',
      '- prompt used: a fox in snow',
      '- id: 20261125T120000000Z-abcd',
      '',
      'Made 1 of 1.',
      '7 more images can be made in this window before the person is asked.',
    ].join('\n'),
  );
});

test('what failed is told with its number, its reason and its cost', () => {
  const text = describeGenerated({ made: [FOX, FOX], failed: [{ number: 2, sentence: 'The service refused the content.\nChange the prompt.', charged: 'no' }], left: 1, notes: ['The file is a PNG.'] });
  assert.match(text, /^Image 1: /);
  assert.match(text, /^Image 2: /m);
  assert.match(text, /Made 2 of 3; not made:\n- image 2: The service refused the content\. Change the prompt\. Not charged\.\nThe file is a PNG\.\n1 more image can be made/);
});

test('what was found says where it lies, or how to get it', () => {
  const text = describeFound('fox', [{ path: 'a.png', prompt: 'a fox', widthPx: 1, heightPx: 2 }, { id: 'x-1', prompt: 'fox two', widthPx: 3, heightPx: 4 }], 9);
  assert.match(text, /^The best 2 of 9 images:\n- 1x2 “a fox”\n {2}path: a\.png\n- 3x4 “fox two”\n {2}path: kept, .*saveAs\n {2}id: x-1$/);
  assert.match(describeFound('fox', [], 0), /No image was found for “fox”/);
  assert.match(describeSaved(FOX), /Free\.$/);
});

test('words find images that hold most of them, the best first; an id finds its own', () => {
  const images = [{ id: 'a', prompt: 'a red boat at sea' }, { id: 'b', prompt: 'a Red Fox in snow', name: 'images/fox.png' }, { id: 'c', prompt: '一只橘猫坐在窗台上' }, { id: 'd', prompt: 'foxes' }];
  const idsOf = (query: string): string[] => matchImages(query, images).map(({ id }) => id);
  assert.deepEqual(idsOf('red fox'), ['b', 'a']);
  assert.deepEqual(idsOf('橘猫'), ['c']);
  assert.deepEqual(idsOf('d'), ['d']);
  assert.deepEqual(idsOf('submarine'), []);
  assert.deepEqual(idsOf('  '), []);
});

test('lines come whole, however they are cut, and one that is too long comes as nothing', () => {
  const reader = new LineReader(10);
  assert.deepEqual(reader.take('ab'), []);
  assert.deepEqual(reader.take('c\r\nde\n\nf'), ['abc', 'de', '']);
  assert.deepEqual(reader.take('x'.repeat(20)), []);
  assert.deepEqual(reader.take('y\nok\n'), [undefined, 'ok']);
});

const window = (folders: string[], focusedMs = 0, bridge = 1): WindowFile => ({ bridge, version: '1.0.0', pid: 1, address: folders.join(), token: 't', folders, focusedMs });
const chosen = (folder: string, windows: WindowFile[], ignoreCase = false): string => {
  const choice = chooseWindow(folder, windows, ignoreCase);
  return 'problem' in choice ? choice.problem : choice.address;
};

test('the window is the one whose folder holds the agent’s, the deepest first, then the last in focus', () => {
  assert.equal(chosen('/w/site/src', [window(['/w']), window(['/w/site'])]), '/w/site');
  assert.equal(chosen('/w/site', [window(['/w/site'], 1), { ...window(['/w/site'], 2), address: 'newer' }]), 'newer');
  assert.equal(chosen('/w', [window(['/w/site'])]), '/w/site');
  assert.equal(chosen('c:\\W\\Site', [window(['C:\\w\\site'])], true), 'C:\\w\\site');
});

test('no window, several below, or another version is a sentence', () => {
  assert.match(chosen('/w/site2', [window(['/w/site'])]), /No VS Code window .*\/w\/site2/);
  assert.match(chosen('/w', [window(['/w/a']), window(['/w/b'])]), /Several VS Code windows/);
  assert.match(chosen('/w', [window(['/w'], 0, 2)]), /different versions/);
});
