// Puts the image under test into a document, as the product does.
import assert from 'node:assert/strict';
import { choosePlace } from '../../../../src/insert/blocks/choosePlace.ts';
import { putImages, type PlaceQuestion } from '../../../../src/insert/blocks/place.ts';
import { renderLink, wantsBlock } from '../../../../src/insert/templates.ts';
import { PATH } from './readers.ts';
import type { Structure } from './structures.ts';

/** The document with the image in it, or with two. */
export function insertInto(languageId: string, text: string, start: number, end: number, mode: PlaceQuestion['mode'], { alt = 'under test', count = 1 } = {}): string {
  const place = choosePlace({ languageId, text, start, end, mode, block: wantsBlock(languageId, {}) });
  const made = text.slice(place.start, place.end);
  assert.ok(made.trim() === '' || place.before.includes(made), 'text is taken away');
  const facts = { languageId, path: PATH, alt, widthPx: 1, heightPx: 1, prompt: alt, templates: {}, form: place.form };
  return putImages(text, place, Array.from({ length: count }, () => renderLink(facts).plain));
}

export interface Try {
  name: string;
  before: string;
  after: string;
}

/** A structure's document with the image behind the selection, and at a cursor in front of, in and behind the selected text. */
export function triesOf(languageId: string, [what, marked]: Structure): Try[] {
  const before = marked.replace(/[«»]/g, '');
  const start = marked.indexOf('«');
  const end = marked.indexOf('»') - 1;
  const middle = Math.floor((start + end) / 2);
  const asked = [['behind', start, end], ['cursor', start, start], ['cursor', middle, middle], ['cursor', end, end]] as const;
  return asked.map(([mode, from, to]) => ({ name: `${languageId}, ${what}: ${mode} ${from}`, before, after: insertInto(languageId, before, from, to, mode) }));
}
