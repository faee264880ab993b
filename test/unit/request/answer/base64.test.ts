// Base64 as it stands in JSON, and the parser that leaves it there.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { readAnswer } from '../../../../src/request/answer/answer.ts';
import { longText, parseAnswerJson } from '../../../../src/request/answer/answerJson.ts';
import { decodeBase64, runAtOnce } from '../../../../src/request/answer/base64.ts';
import { decodeDataUrl } from '../../../../src/request/answer/dataUrl.ts';

const decode64 = (text: Uint8Array): Uint8Array | undefined => runAtOnce(decodeBase64(text));
const encode = (text: string): Uint8Array => new TextEncoder().encode(text);

test('base64 of any bytes is decoded: both alphabets, with or without padding, with blanks and JSON escapes', () => {
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 1, maxLength: 400 }), fc.nat(5), (bytes, form) => {
      const text = Buffer.from(bytes).toString('base64');
      const forms = [
        text,
        text.replace(/=+$/, ''),
        Buffer.from(bytes).toString('base64url'),
        text.replace(/(.{7})/g, '$1\r\n'),
        text.replaceAll('/', '\\/').replaceAll('+', '\\u002b').replaceAll('=', '\\u003D'),
        ` ${text.replace(/(.{5})/g, '$1\\n')}\t`,
      ];
      assert.deepEqual(decode64(encode(forms[form]!)), bytes);
    }),
    { numRuns: 500 },
  );
});

for (const text of ['', '=', '   ', 'A', 'AAAAA', 'AA=A', 'AA*A', 'A\\', '\\u00', '\\x41AAA', '\\u12gzAAAA', '你好', 'AAAA\u0000']) {
  test(`${JSON.stringify(text)} is no base64`, () => assert.equal(decode64(encode(text)), undefined));
}

test('text of several slices is decoded as in one, wherever a blank, an escape or the padding falls', () => {
  const bytes = new Uint8Array(1_600_001).map((_, at) => at * 7);
  const text = Buffer.from(bytes).toString('base64').replaceAll('/', '\\/');
  for (let shift = 0; shift < 8; shift++) assert.deepEqual(decode64(encode(' '.repeat(shift) + text)), bytes);
});

test('the decoded bytes own their memory, with nothing left over', () => {
  for (const text of ['AAAA', 'AAA=', 'AA==', 'A A A A', 'AAA']) {
    const bytes = decode64(encode(text))!;
    assert.equal(bytes.buffer.byteLength, bytes.length);
  }
});

test('a long text stays in the body, and everything else is parsed as ever', () => {
  const image = Buffer.alloc(100_000, 7);
  const long = 'ü"\\\n'.repeat(10_000);
  const body = encode(JSON.stringify({ a: ['\\', '"', 'é', { '"': 1 }], created: 1, revised_prompt: long, data: [{ b64_json: image.toString('base64') }] }));
  const json = parseAnswerJson(body) as { a: unknown; data: { b64_json: string }[] };
  assert.deepEqual(json.a, ['\\', '"', 'é', { '"': 1 }]);
  const range = longText(json.data[0]!.b64_json, body)!;
  assert.equal(Buffer.from(body.subarray(range.start, range.end)).toString(), image.toString('base64'));
  const [item] = readAnswer(json, { body }).items;
  assert.ok(item?.kind === 'bytes' && image.equals(item.bytes));
});

test('JSON without long texts is parsed as JSON.parse does', () => {
  fc.assert(
    fc.property(fc.json({ maxDepth: 5 }), (text) => assert.deepEqual(parseAnswerJson(encode(text)), JSON.parse(text))),
    { numRuns: 300 },
  );
});

for (const text of ['{"a":"b', '"', '{"a":"\\"}', '{', '', 'nothing', '"a" "b"']) {
  test(`${JSON.stringify(text)} is no JSON`, () => assert.throws(() => parseAnswerJson(encode(text)), SyntaxError));
}

test('a forged mark leads nowhere outside the answer', () => {
  const body = encode('{"data":[{"b64_json":"\\u00000,9999999"},{"b64_json":"\\u00009,2"},{"url":"\\u0000-1,5"}]}');
  assert.throws(() => readAnswer(parseAnswerJson(body), { body }), { reason: 'answerUnreadable' });
});

test('100 MB of anything but one image is refused before it is parsed', () => {
  for (const piece of ['1,', '"a",', '"\\"",', '[', '\\"']) {
    const body = Buffer.alloc(100_000_000, piece);
    body[0] = 0x5b;
    const start = performance.now();
    assert.throws(() => parseAnswerJson(body), SyntaxError);
    assert.ok(performance.now() - start < 5000, `${piece} took ${performance.now() - start} ms`);
  }
});

test('an image of 60 MB in base64 costs no more than its own size again', () => {
  const body = Buffer.alloc(80_000_040, 'A');
  body.write('{"data":[{"b64_json":"');
  body.write('"}]}       ', body.length - 11);
  const before = process.memoryUsage();
  const [item] = readAnswer(parseAnswerJson(body), { body }).items;
  const after = process.memoryUsage();
  assert.ok(item?.kind === 'bytes' && item.bytes.length > 59_000_000);
  assert.ok(after.arrayBuffers - before.arrayBuffers < 70e6 && after.heapUsed - before.heapUsed < 30e6);
});

test('data: URLs are decoded in their usual forms', () => {
  const text = (url: string): string | undefined => {
    const bytes = decodeDataUrl(url);
    return bytes && new TextDecoder().decode(bytes);
  };
  assert.equal(text('data:image/png;base64,aGVsbG8='), 'hello');
  assert.equal(text('DATA:;BASE64,aGVsbG8'), 'hello');
  assert.equal(text('data:image/png;name=a.png;base64,aGVsbG8%3D'), 'hello');
  assert.equal(text('data:,a%20b%2'), 'a b%2');
  assert.equal(text('data:image/png;base64,'), undefined);
  assert.equal(text('data:image/png;base64'), undefined);
});
