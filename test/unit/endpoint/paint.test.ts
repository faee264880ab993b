// The image is of the asked size, the same for the same prompt, and marked only if asked.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { imageSize } from 'image-size';
import { SIZES } from '../../endpoint/contract.ts';
import { hasWatermark, paint } from '../../endpoint/paint.ts';
import { readPng } from '../../endpoint/png.ts';
import { SAMPLE_HEIGHT_PX, SAMPLE_WIDTH_PX, SAMPLES } from '../../endpoint/samples.ts';
import { startStandIn } from '../../endpoint/server.ts';
import { ask, firstItem, post } from './ask.ts';

const SMALL = { prompt: 'a red fox', widthPx: 320, heightPx: 200, watermark: false };

test('every size of the contract is painted exactly, and stays small', async (t) => {
  const standIn = await startStandIn();
  t.after(() => standIn.close());
  for (const size of SIZES) {
    const { bytes } = await ask(firstItem(await post(standIn.baseUrl, { size })).url ?? '');
    const { width, height, type } = imageSize(bytes);
    assert.deepEqual([`${width}x${height}`, type], [size, 'png']);
    assert.ok(bytes.length < 400_000, `${size}: ${bytes.length} bytes`);
  }
});

test('a small one is a sixteenth of the size that was asked for', async (t) => {
  const standIn = await startStandIn({ image: 'small' });
  t.after(() => standIn.close());
  const { bytes } = await ask(firstItem(await post(standIn.baseUrl, { size: '1328x1328' })).url ?? '');
  const { width, height, type } = imageSize(bytes);
  assert.deepEqual([width, height, type], [83, 83, 'png']);
});

test('one prompt is one image, two prompts are two', async () => {
  for (const style of ['landscape', 'flat'] as const) {
    const [one, again, other] = await Promise.all([paint({ ...SMALL, style }), paint({ ...SMALL, style }), paint({ ...SMALL, style, prompt: 'a red fix' })]);
    assert.ok(one.equals(again));
    const [a, b] = [readPng(one), readPng(other)];
    let different = 0;
    for (let y = 0; y < 200; y += 10) for (let x = 0; x < 320; x += 10) if (String(a.pixel(x, y)) !== String(b.pixel(x, y))) different++;
    assert.ok(different > 320, `${different} of 640 samples differ`);
  }
});

test('the watermark shows if it was asked for, and only there', async () => {
  for (const style of ['landscape', 'flat'] as const) {
    for (const [widthPx, heightPx] of [[300, 420], [320, 200]] as const) {
      for (const watermark of [true, false]) {
        const image = readPng(await paint({ ...SMALL, widthPx, heightPx, style, watermark }));
        assert.equal(hasWatermark(image), watermark, `${style} ${widthPx}x${heightPx}`);
      }
    }
  }
});

test('text chunks of the service come before the pixels and are readable', async () => {
  const texts = [{ keyword: 'Software', text: 'service', chunk: 'tEXt' as const }, { keyword: 'Comment', text: '猫' }];
  const { chunks } = readPng(await paint({ ...SMALL, texts, paddingBytes: 5000 }));
  assert.deepEqual(chunks.map(({ name }) => name), ['IHDR', 'tEXt', 'iTXt', 'paDd', 'IDAT', 'IEND']);
  assert.equal(chunks[1]?.data.toString('latin1'), 'Software\0service');
  assert.ok(chunks[2]?.data.toString('utf8').endsWith('猫'));
});

test('the samples of other formats are what they say', () => {
  for (const [name, bytes] of Object.entries(SAMPLES)) {
    const { width, height, type } = imageSize(bytes);
    assert.deepEqual([type, width, height], [name === 'jpeg' ? 'jpg' : name, SAMPLE_WIDTH_PX, SAMPLE_HEIGHT_PX]);
  }
});
