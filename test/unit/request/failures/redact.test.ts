// Secrets cut out of logs and messages, and messages made plain.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { plainLine } from '../../../../src/request/failures/plainLine.ts';
import { redact } from '../../../../src/request/failures/redact.ts';

const CUTS: readonly (readonly [text: string, cut: string])[] = [
  ['nothing to hide: 3 images, 12 / 800', 'nothing to hide: 3 images, 12 / 800'],
  ['key abcd1234 and ABCD1234', 'key … and …'],
  ['Authorization: Bearer something.else-1', 'Authorization: Bearer …'],
  ['bearer%20something', 'bearer …'],
  ['{"Authorization":"Bearer x.y"}', '{"Authorization":"Bearer …"}'],
  ['sk-0123456789abcdef is no key of ours', '… is no key of ours'],
  ['Incorrect key: sk-ab****wxyz.', 'Incorrect key: …'],
  ['GET https://oss.example/a/b.png?Expires=1&Signature=x failed', 'GET https://oss.example/a/b.png… failed'],
  ['"https:\\/\\/oss.example\\/b.png?Signature=x"', '"https:\\/\\/oss.example\\/b.png…"'],
  ['https://me:pw@h.example/x#frag', 'https://…@h.example/x…'],
  ['see (https://h.example/x?a=1), then', 'see (https://h.example/x… then'],
  ['https://h.example/x and http://[::1]:8080/y', 'https://h.example/x and http://[::1]:8080/y'],
  ['see /a/b.png?Expires=1&Signature=x2 and files.example/c?x=1', 'see /a/b.png… and files.example/c…'],
  ['what? a=b, n/a? c=d', 'what? a=b, n/a? c=d'],
  ['OSSAccessKeyId=LTAI4x&Signature=9z%3D is wrong', 'OSSAccessKeyId=…&Signature=… is wrong'],
  ['url data:image/png;base64,AAAA end', 'url data:… end'],
  ['at file:///x/out/extension.cjs:10:5', 'at file:///x/out/extension.cjs:10:5'],
];
for (const [text, cut] of CUTS) test(`${text} → ${cut}`, () => assert.equal(redact(text, ['abcd1234']), cut));

test('a placeholder of under four characters is no secret', () => assert.equal(redact('a box', ['x', '', 'ox']), 'a box'));

const KEY = 'Key/Of"The+Service=0123456789abcdefXYZ';
const escapeAll = (text: string, write: (code: number) => string): string => [...text].map((char) => write(char.charCodeAt(0))).join('');
const hex = (code: number, length: number): string => code.toString(16).padStart(length, '0');
const FORMS: Readonly<Record<string, (part: string) => string>> = {
  'as it is': (part) => part,
  'in capitals': (part) => part.toUpperCase(),
  'percent-encoded': (part) => encodeURIComponent(part),
  'percent-encoded letter by letter': (part) => escapeAll(part, (code) => `%${hex(code, 2)}`),
  'percent-encoded twice': (part) => encodeURIComponent(encodeURIComponent(part)),
  'JSON-escaped': (part) => JSON.stringify(part),
  'JSON-escaped letter by letter': (part) => escapeAll(part, (code) => `\\u${hex(code, 4)}`),
  'JSON in JSON': (part) => JSON.stringify(JSON.stringify({ part })),
  'as references': (part) => escapeAll(part, (code) => `&#${code};`),
  'in base64': (part) => btoa(part),
  'in base64 behind one byte': (part) => btoa(`:${part}`),
  'in base64 behind two bytes': (part) => btoa(`me${part} and more`),
  'in base64 for URLs': (part) => btoa(`Bearer ${part}`).replace(/\+/g, '-').replace(/\//g, '_'),
};
for (const [form, write] of Object.entries(FORMS)) {
  test(`any eight characters of a key are cut, ${form}`, () => {
    for (let at = 0; at + 8 <= KEY.length; at++) {
      const written = write(KEY.slice(at, at + 8));
      const cut = redact(`before ${written} behind`, [KEY]);
      assert.ok(cut.startsWith('before ') && cut.endsWith(' behind') && cut.includes('…'), cut);
      assert.ok(!cut.includes(written) && cut.length < 14 + written.length, cut);
      const seven = redact(`before ${write(KEY.slice(at, at + 5))} behind`, [KEY]);
      assert.equal(seven, `before ${write(KEY.slice(at, at + 5))} behind`);
    }
  });
}

test('a key with characters of regular expressions is cut, and nothing else', () => {
  assert.equal(redact('aXb a.b+c(d) end', ['a.b+c(d)']), 'aXb … end');
});

test('any key is gone from any text around it, in each form it can take', () => {
  const key = fc.string({ unit: fc.integer({ min: 0x21, max: 0x7e }).map((code) => String.fromCharCode(code)), minLength: 8, maxLength: 60 });
  fc.assert(
    fc.property(key, fc.string({ unit: 'binary', maxLength: 50 }), fc.string({ maxLength: 50 }), fc.nat(4), (secret, before, behind, form) => {
      const written = [secret, encodeURIComponent(secret), JSON.stringify(secret), btoa(secret), `Bearer ${secret}`][form]!;
      const cut = plainLine(`${before} ${written} ${behind}`, [secret]);
      assert.ok(!redact(before + written + behind, [secret]).includes(secret));
      assert.ok(!cut.includes(secret) && !cut.includes(encodeURIComponent(secret)), cut);
    }),
    { numRuns: 500 },
  );
});

const LINES: readonly (readonly [text: string, line: string])[] = [
  ['a\r\nb\tc\u2028d\u2029e\u0085f', 'a b c d e f'],
  ['\u202eevil\u202c \u2066x\u2069 \u200f\ufeff\u200b.', 'evil x .'],
  ['\u001b[31mred\u001b[0m\u0007', '[31mred[0m'],
  ['<p>1 &lt; 2 &amp;&nbsp;3 &#x4f60;&#22909;</p>', '1 < 2 & 3 你好'],
  ['<script>alert(1)</script>hi<style>b{}</style><!-- no -->', 'hi'],
  ['<img src=x onerror=alert(1)>&lt;img src=x onerror=alert(2)&gt;text', 'text'],
  ['size < 5 and n > 3', 'size < 5 and n > 3'],
  ['[link](command:evil) **bold**', '[link](command:evil) **bold**'],
  ['<unclosed tag', 'unclosed tag'],
  ['<<b>i>x', 'x'],
  ['<<<a', 'a'],
  ['<\u200b<<\u200b<b', 'b'],
  ['&#9999999; &unknown; &#0;x', '&unknown; x'],
  ['\ud800lone', 'lone'],
  ['   ', ''],
];
for (const [text, line] of LINES) test(`${JSON.stringify(text)} is said as ${JSON.stringify(line)}`, () => assert.equal(plainLine(text, []), line));

test('a line has 300 characters at most, and no character is halved', () => {
  const line = plainLine('🐱'.repeat(400), []);
  assert.equal([...line].length, 300);
  assert.match(line, /^(🐱)+…$/u);
  assert.equal(plainLine('猫'.repeat(300), []), '猫'.repeat(300));
});

test('any text becomes one plain line', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string({ unit: 'binary', maxLength: 700 }), fc.stringMatching(/^(<[a-z/]{0,9}|>|&#?[a-z0-9]{0,5};|[ \n"']|https?:\/\/|[a-z]){0,80}$/)), (text) => {
      const line = plainLine(text, []);
      assert.ok([...line].length <= 300);
      assert.doesNotMatch(line, /[\p{Cc}\p{Cf}\p{Cs}\u2028\u2029]/u);
      assert.doesNotMatch(line, /<[a-z]/i);
    }),
    { numRuns: 500 },
  );
});

/** Milliseconds of processor time: the quicker of two tries, as the first may compile expressions. */
function processorMs(run: () => void): number {
  const tries = [1, 2].map(() => {
    const start = process.cpuUsage();
    run();
    const { user, system } = process.cpuUsage(start);
    return (user + system) / 1000;
  });
  return Math.min(...tries);
}

const SLOW_SECRETS = ['*', 'https://', 'a'.repeat(50) + '***', 'Bearer ', 'sk-', 'data:;', 'a/', 'a='];
const ofLength = (piece: string, length: number): string => piece.repeat(Math.ceil(length / piece.length));

test('a line of a megabyte made to be slow takes about as long as one of a page of words', () => {
  const timeOf = (piece: string, length: number): number => processorMs(() => plainLine(ofLength(piece, length), ['sk-0123456789']));
  const words = timeOf('a few words ', 32_000);
  for (const piece of [...SLOW_SECRETS, '<script', '<!--', '<', '&#', '\u202e', ' ']) {
    const slow = timeOf(piece, 1_000_000);
    assert.ok(slow < 20 * words, `${piece}: ${slow} ms, and ${words} ms for words`);
  }
});

test('secrets are cut out of a long text made to be slow in proportion to its length', () => {
  for (const piece of SLOW_SECRETS) {
    const text = ofLength(piece, 256_000);
    const whole = processorMs(() => redact(text, ['sk-0123456789']));
    const sixteenth = processorMs(() => redact(text.slice(0, text.length / 16), ['sk-0123456789']));
    // In proportion it is 16 times as long; as the square of the length, 256 times.
    assert.ok(whole < 100 * sixteenth, `${piece}: ${whole} ms, and ${sixteenth} ms for a sixteenth`);
  }
});
