// Makes what tests of the history need: a real folder, and images and recipes to put there.
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ImageInfo } from '../../../src/image/imageInfo.ts';
import type { Recipe } from '../../../src/prompt/recipe.ts';
import { pngChunk } from '../../endpoint/png.ts';

/** An empty folder that is removed after the test. */
export function makeFolder(test: { after: (remove: () => void) => void }): string {
  const folder = mkdtempSync(join(tmpdir(), 'gi-'));
  test.after(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** Written down, not awaited: test files that share a process are read at once. */
const smallest = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAADElEQVR4nGNgYGAAAAAEAAH2FzhVAAAAAElFTkSuQmCC', 'base64');

/** A PNG of one pixel that differs from every other. */
export function makeImage(paddingBytes = 16): Uint8Array {
  const end = smallest.length - 12;
  return new Uint8Array(Buffer.concat([smallest.subarray(0, end), pngChunk('prVt', randomBytes(paddingBytes)), smallest.subarray(end)]));
}

export const IMAGE_INFO: ImageInfo = { type: 'png', widthPx: 1, heightPx: 1 };

export function makeRecipe(prompt = 'a cat'): Recipe {
  return {
    model: 'qwen-image-max', prompt, size: '1328x1328', watermark: false, promptExtend: true, fields: {},
    endpoint: 'https://api.example.com', time: '2026-11-22T12:08:12.345Z', durationMs: 31_000,
  };
}
