// Reads one bomb in a process of its own, everything that reads structure; prints how much memory that took beyond the file, in bytes.
import { readFileSync } from 'node:fs';
import { embedRecipe } from '../../../src/image/embedRecipe.ts';
import { isComplete, readImageInfo } from '../../../src/image/imageInfo.ts';
import { readMetadata } from '../../../src/image/metadata.ts';
import { readPrompt } from '../../../src/image/readPrompt.ts';
import { BOMBS } from './bombs.ts';

const [name = '', bytes = '0'] = process.argv.slice(2);
/** The most that was ever in use; other systems than Linux tell only what is in use now. */
function peakBytes(): number {
  try {
    return 1024 * Number(/^VmHWM:\s+(\d+) kB$/m.exec(readFileSync('/proc/self/status', 'utf8'))![1]);
  } catch {
    return process.memoryUsage.rss();
  }
}
const recipe = { model: 'm', prompt: 'p', size: '8x8', watermark: false, promptExtend: false, fields: {}, endpoint: '', time: '2026-01-01T00:00:00Z', durationMs: 1 };
const bomb = BOMBS[name]!(Number(bytes));
const before = peakBytes();
const info = readImageInfo(bomb);
if (info) isComplete(bomb, info);
readMetadata(bomb);
readPrompt(bomb);
embedRecipe(bomb, recipe);
process.stdout.write(JSON.stringify({ grownBytes: peakBytes() - before }));
