// Holds which links lead to a stand-in, with the size and the words that its address gives.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { placeholderOf } from '../../../src/missing/placeholder.ts';

test('services that draw a stand-in', () => {
  const table: [url: string, size: [number, number] | undefined, words?: string][] = [
    ['https://placehold.co/600x400', [600, 400]],
    ['https://placehold.co/600x400/png?text=A+red%20boat', [600, 400], 'A red boat'],
    ['https://placehold.co/400', [400, 400]],
    ['https://via.placeholder.com/350x150.png', [350, 150]],
    ['http://placekitten.com/g/200/300', [200, 300]],
    ['https://picsum.photos/200/300', [200, 300]],
    ['https://picsum.photos/id/237/200/300?grayscale', [200, 300]],
    ['https://picsum.photos/seed/boat/640/480.webp', [640, 480]],
    ['https://picsum.photos/200', [200, 200]],
    ['https://dummyimage.com/600x400/000/fff&text=Boat', [600, 400], 'Boat'],
    ['//loremflickr.com/320/240/boat,sea', [320, 240], 'boat sea'],
    ['https://fakeimg.pl/350x200/?text=Boat', [350, 200], 'Boat'],
    ['https://placehold.jp/150x150.png', [150, 150]],
    ['https://images.placeholders.dev/?width=800&height=450', [800, 450]],
    ['https://placehold.it/350x150', [350, 150]],
    ['https://placebear.com/460/300', [460, 300]],
    ['https://source.unsplash.com/random/800x600?boat', [800, 600], 'boat'],
  ];
  for (const [url, size, words] of table) {
    const found = placeholderOf({ url, path: url });
    assert.ok(found, url);
    assert.equal(found.kind, 'address', url);
    assert.deepEqual([found.widthPx, found.heightPx], size ?? [undefined, undefined], url);
    assert.equal(found.words, words, url);
  }
});

test('file names that say themselves that they are none', () => {
  for (const path of ['TODO.png', 'images/todo.jpg', 'a/placeholder.svg', 'img/your-image-here.png', 'placeholder-600x400.png', 'coming_soon.webp', 'insert image here.png', 'TODO-2.png']) {
    assert.equal(placeholderOf({ url: path, path })?.kind, 'file', path);
  }
  assert.deepEqual(placeholderOf({ url: 'placeholder-600x400.png', path: 'placeholder-600x400.png' }), { kind: 'file', widthPx: 600, heightPx: 400 });
});

test('everything else is no stand-in', () => {
  for (const url of ['https://example.com/600x400.png', 'https://placehold.co.example.com/600x400', 'https://myplacehold.co/1x1', 'images/todo-list.png', 'images/placeholder-component.png', 'a.png', 'https://picsum.photos/${width}', 'https://unsplash.com/photos/abc', 'photo.png']) {
    assert.equal(placeholderOf({ url, path: url }), undefined, url);
  }
});
