// Chunks of any sizes become the bytes that they are made of, up to the limit and not beyond.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { ByteGatherer, TooLarge } from '../../../../src/request/transport/gatherBytes.ts';

const LIMIT = 3 * 1024 * 1024;
const size = fc.oneof(fc.nat(40), fc.nat(100_000), fc.nat(1_500_000));

test('chunks of any sizes, whatever length was announced', () => {
  fc.assert(
    fc.property(fc.array(size, { maxLength: 6 }), fc.option(size, { nil: undefined }), (sizes, announced) => {
      const chunks = sizes.map((length, index) => new Uint8Array(length).fill(index + 1));
      const whole = Buffer.concat(chunks);
      const gatherer = new ByteGatherer(LIMIT, announced);
      const add = (): void => chunks.forEach((chunk) => gatherer.add(chunk));
      if (whole.length > LIMIT) return assert.throws(add, TooLarge);
      add();
      assert.equal(gatherer.length, whole.length);
      assert.ok(whole.equals(gatherer.take()));
    }),
    { numRuns: 200 },
  );
});

test('the limit itself is not too large; one byte more is', () => {
  const gatherer = new ByteGatherer(LIMIT, LIMIT);
  gatherer.add(new Uint8Array(LIMIT));
  assert.equal(gatherer.take().length, LIMIT);
  assert.throws(() => new ByteGatherer(LIMIT, LIMIT + 1), TooLarge);
  const full = new ByteGatherer(10);
  full.add(new Uint8Array(10));
  assert.throws(() => full.add(new Uint8Array(1)), TooLarge);
});
