// Writes a history onto the disk as the extension would have kept it, in a moment and without its space.
import { linkSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { encode as encodeJpeg } from 'jpeg-js';
import { encode as encodePng } from 'fast-png';
import { formatImageId } from '../../src/history/imageId.ts';
import { createRecord, formatJson } from '../../src/history/record.ts';

/** A quarter of an hour lies between two images. */
const APART_MS = 900_000;

/**
 * Keeps images numbered `from` to `to` (exclusive), the higher the newer, with the prompts `image number 17`; all show
 * the same small image, which lies on the disk once.
 */
export function keepImages(historyFolder: string, from: number, to: number): void {
  const [images, thumbnails] = [join(historyFolder, 'images'), join(historyFolder, 'thumbnails')];
  for (const folder of [images, thumbnails]) mkdirSync(folder, { recursive: true });
  const pixels = { width: 64, height: 64, data: new Uint8Array(64 * 64 * 4).fill(160) };
  const png = encodePng({ ...pixels, channels: 4 });
  const [image, thumbnail] = [join(historyFolder, 'image.png'), join(historyFolder, 'thumbnail.jpg')];
  writeFileSync(image, png);
  writeFileSync(thumbnail, encodeJpeg(pixels, 60).data);
  const startMs = Date.UTC(2026, 0, 1);
  for (let number = from; number < to; number++) {
    const timeMs = startMs + number * APART_MS;
    const id = formatImageId(timeMs, () => number / 2 ** 32);
    const recipe = {
      model: 'qwen-image-max', prompt: `image number ${number}`, size: '1328x1328', watermark: false, promptExtend: true,
      fields: {}, endpoint: 'http://127.0.0.1', time: new Date(timeMs).toISOString(), durationMs: 30_000,
    };
    const record = createRecord(id, recipe, { type: 'png', widthPx: 64, heightPx: 64 }, png.length);
    writeFileSync(join(images, `${id}.json`), formatJson(record));
    linkSync(image, join(images, record.file.name));
    linkSync(thumbnail, join(thumbnails, `${id}.jpg`));
  }
}
