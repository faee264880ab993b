// Base64 as it stands in JSON, and the parser that leaves it there.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import fc from 'fast-check';
import { readAnswer } from '../../../../src/request/answer/answer.ts';
import { longTextOf, parseAnswerJson } from '../../../../src/request/answer/answerJson.ts';
import { decodeImageText } from '../../../../src/request/answer/base64.ts';

const decode64 = (text: Uint8Array, breathe = (): Promise<void> => Promise.resolve()): Promise<Uint8Array | undefined> => decodeImageText(text, breathe);
const encode = (text: string): Uint8Array => new TextEncoder().encode(text);

test('base64 of any bytes is decoded: both alphabets, with or without padding, with blanks and JSON escapes', async () => {
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ minLength: 1, maxLength: 400 }), fc.nat(5), async (bytes, form) => {
      const text = Buffer.from(bytes).toString('base64');
      const forms = [
        text,
        text.replace(/=+$/, ''),
        Buffer.from(bytes).toString('base64url'),
        text.replace(/(.{7})/g, '$1\r\n'),
        text.replaceAll('/', '\\/').replaceAll('+', '\\u002b').replaceAll('=', '\\u003D'),
        ` ${text.replace(/(.{5})/g, '$1\\n')}\t`,
      ];
      assert.deepEqual(await decode64(encode(forms[form]!)), bytes);
    }),
    { numRuns: 500 },
  );
});

for (const text of ['', '=', '   ', 'A', 'AAAAA', 'AA=A', 'AA*A', 'A\\', '\\u00', '\\x41AAA', '\\u12gzAAAA', '你好', 'AAAA\u0000']) {
  test(`${JSON.stringify(text)} is no base64`, async () => assert.equal(await decode64(encode(text)), undefined));
}

test('text of several slices is decoded as in one, wherever a blank, an escape or the padding falls', async () => {
  const bytes = new Uint8Array(1_600_001).map((_, at) => at * 7);
  const text = Buffer.from(bytes).toString('base64').replaceAll('/', '\\/');
  for (let shift = 0; shift < 8; shift++) assert.deepEqual(await decode64(encode(' '.repeat(shift) + text)), bytes);
});

test('the decoded bytes own their memory, with nothing left over', async () => {
  for (const text of ['AAAA', 'AAA=', 'AA==', 'A A A A', 'AAA']) {
    const bytes = (await decode64(encode(text)))!;
    assert.equal(bytes.buffer.byteLength, bytes.length);
  }
});

test('a long image is decoded in pieces, with a breath after each', async () => {
  let breaths = 0;
  const text = encode('A'.repeat(8 * 1024 * 1024));
  await decode64(text, () => Promise.resolve(void breaths++));
  assert.ok(breaths >= 15, `${breaths} breaths`);
});

test('a long text stays in the body, and everything else is parsed as ever', async () => {
  const image = Buffer.alloc(100_000, 7);
  const long = 'ü"\\\n'.repeat(10_000);
  const body = encode(JSON.stringify({ a: ['\\', '"', 'é', { '"': 1 }], created: 1, revised_prompt: long, data: [{ b64_json: image.toString('base64') }] }));
  const json = parseAnswerJson(body) as { a: unknown; data: { b64_json: unknown }[] };
  assert.deepEqual(json.a, ['\\', '"', 'é', { '"': 1 }]);
  assert.equal(Buffer.from(longTextOf(json.data[0]!.b64_json, body)!).toString(), image.toString('base64'));
  const [item] = (await readAnswer(body)).items;
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

test('a forged note of a long text leads nowhere outside the answer', async () => {
  for (const range of ['[0,9999999]', '[9,2]', '[-1,5]', '[0.5,3]', '["0",5]', '7', '[]']) {
    const body = encode(`{"data":[{"b64_json":{"longText":${range}}}]}`);
    await assert.rejects(readAnswer(body), { name: 'Failure' });
  }
});

test('100 MB of anything but one image is refused before it is parsed', (t) => {
  const parse = t.mock.method(JSON, 'parse');
  for (const piece of ['1,', '"a",', '"\\"",', '[', '\\"']) {
    const body = Buffer.alloc(100_000_000, piece);
    body[0] = 0x5b;
    assert.throws(() => parseAnswerJson(body), SyntaxError);
    assert.equal(parse.mock.callCount(), 0, piece);
  }
});

/** What is in use, without what only waits to be collected: that is held by test/unit/faults/memory.test.ts. */
function usedMemory(): NodeJS.MemoryUsage {
  setFlagsFromString('--expose-gc');
  (runInNewContext('gc') as () => void)();
  return process.memoryUsage();
}

test('an image of 60 MB in base64 costs no more than its own size again', async () => {
  const body = Buffer.alloc(80_000_040, 'A');
  body.write('{"data":[{"b64_json":"');
  body.write('"}]}       ', body.length - 11);
  const before = usedMemory();
  const [item] = (await readAnswer(body)).items;
  const after = usedMemory();
  assert.ok(item?.kind === 'bytes' && item.bytes.length > 59_000_000);
  assert.ok(after.arrayBuffers - before.arrayBuffers < 70e6 && after.heapUsed - before.heapUsed < 30e6);
});

test('data: URLs are decoded in their usual forms', async () => {
  const text = async (url: string): Promise<string | undefined> => {
    const bytes = await decode64(encode(url));
    return bytes && new TextDecoder().decode(bytes);
  };
  assert.equal(await text('data:image/png;base64,aGVsbG8='), 'hello');
  assert.equal(await text('DATA:;BASE64,aGVsbG8'), 'hello');
  assert.equal(await text('data:image/png;name=a.png;base64,aGVsbG8%3D'), 'hello');
  assert.equal(await text('data:,a%20b%2'), 'a b%2');
  assert.equal(await text('data:image/png;base64,'), undefined);
  assert.equal(await text('data:image/png;base64'), undefined);
});
