// Makes the names, paths and texts that links break on, for the tests of this folder.
import fc from 'fast-check';

export const HOSTILE_TEXTS: readonly string[] = [
  'a cat',
  '一只猫坐在窗边',
  "don't",
  'say "cheese" and \'smile\'',
  '[x](y) ![z](w)',
  'a]b[c](d)e(f',
  '*bold* _under_ **b** __u__ `code` ~~no~~ ==mark== snake_case 2*3*4',
  '<b>bold</b> <!-- c --> </script> <img onerror=x>',
  '&amp; &#65; &nope; AT&T & co',
  '\\ back\\slash \\* \\\\ end\\',
  '$x^2$ ${prompt} $1 $$ {braces} {{liquid}} {% tag %} {attr}',
  '100% #tag @user @fig:a http://example.com/a?b=c&d www.example.com',
  'a, b = c; width=3, [4]',
  '=> -> <- <= -- --- ... (C) (R) (TM)',
  '| a | b |',
  ':alt: value .. image:: x',
  '// no comment /* nor this */ #set x',
  '- item 1. one + two = three / four',
  '1. one',
  '+ one',
  '= heading',
  '`r 1 + 1` `{python} 1`',
  '@@x@@ {{{m}}} =v= ~c~ +s+ /i/ [fn:1] [[l]] <<t>> a_b a^b \\alpha',
  'naïve 🎨 e\u0301 ي',
  '',
];

const HOSTILE_CHARACTERS = [...'ab1 -_.~%#?&()[]{}<>"\'`*!$^+=,;:@|\\猫é🎨ß', '  ', '\u3000', '\u00a0', '%20', '&amp;', '..', '--'];

/** Text of one line, without blanks at either end or two together. */
export const hostileText: fc.Arbitrary<string> = fc.oneof(
  { weight: 3, arbitrary: fc.array(fc.constantFrom(...HOSTILE_CHARACTERS.filter((text) => text !== '  '), 'word', ' '), { maxLength: 14 }).map((list) => list.join('')) },
  { weight: 1, arbitrary: fc.string({ unit: 'grapheme' }) },
  { weight: 1, arbitrary: fc.constantFrom(...HOSTILE_TEXTS) },
).map((text) => text.replace(/[\p{Cc}\p{Cs}\s\u2028\u2029\ufeff\u200b]+/gu, ' ').trim());

function segmentOf(characters: readonly string[]): fc.Arbitrary<string> {
  return fc.array(fc.constantFrom(...characters), { minLength: 1, maxLength: 8 }).map((list) => list.join('')).filter((name) => !/^\.{1,2}$/.test(name));
}

/** A document and an image, each some folders deep, whose names hold anything but `without`. */
export function hostilePlaces(without: RegExp = /[/]/): fc.Arbitrary<{ documentPath: string; targetPath: string }> {
  const segment = segmentOf(HOSTILE_CHARACTERS.filter((character) => !without.test(character)));
  const folders = fc.array(segment, { maxLength: 3 });
  return fc.tuple(folders, folders, folders, segment).map(([shared, document, target, name]) => ({
    documentPath: '/' + ['w', ...shared, ...document, 'doc.md'].join('/'),
    targetPath: '/' + ['w', ...shared, ...target, `${name}.png`].join('/'),
  }));
}
