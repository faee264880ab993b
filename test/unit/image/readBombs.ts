// Reads every bomb in a process of its own, with everything that reads structure; prints how much memory each took beyond the file, in bytes.
import { readFileSync, writeFileSync } from 'node:fs';
import { embedRecipe } from '../../../src/image/embedRecipe.ts';
import { isComplete, readImageInfo } from '../../../src/image/imageInfo.ts';
import { readMetadata } from '../../../src/image/metadata.ts';
import { readPrompt } from '../../../src/image/readPrompt.ts';
import { BOMBS } from './bombs.ts';

const bytes = Number(process.argv[2]);
const recipe = { model: 'm', prompt: 'p', size: '8x8', watermark: false, promptExtend: false, fields: {}, endpoint: '', time: '2026-01-01T00:00:00Z', durationMs: 1 };
const grown: Record<string, number> = {};
for (const [name, make] of Object.entries(BOMBS)) {
  const bomb = make(bytes);
  const before = forgetPeak();
  const info = readImageInfo(bomb);
  if (info) isComplete(bomb, info);
  readMetadata(bomb);
  readPrompt(bomb);
  embedRecipe(bomb, recipe);
  grown[name] = peakBytes() - before;
}
process.stdout.write(JSON.stringify(grown));

/** Begins to measure anew, without what is garbage already. */
function forgetPeak(): number {
  globalThis.gc?.();
  try {
    // https://docs.kernel.org/filesystems/proc.html: 5 resets the peak of this process.
    writeFileSync('/proc/self/clear_refs', '5');
  } catch {
    // Other systems tell no peak.
  }
  return peakBytes();
}

/** The most that was in use since; other systems than Linux tell only what is in use now. */
function peakBytes(): number {
  try {
    return 1024 * Number(/^VmHWM:\s+(\d+) kB$/m.exec(readFileSync('/proc/self/status', 'utf8'))![1]);
  } catch {
    return process.memoryUsage.rss();
  }
}
