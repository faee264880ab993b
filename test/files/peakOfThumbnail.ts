// Makes a thumbnail of one file, and prints how far the memory of this process grew above what it was before.
import { readFileSync } from 'node:fs';
import { makeThumbnail } from '../../src/image/thumbnail.ts';
import { makeImage } from '../unit/history/folder.ts';
import { codec } from '../unit/image/codec.ts';

/** In bytes. On Linux not `maxRSS`, which begins with the parent's. */
function memory(line: 'VmHWM' | 'VmRSS'): number {
  try {
    return 1024 * Number(new RegExp(`^${line}:\\s+(\\d+) kB$`, 'm').exec(readFileSync('/proc/self/status', 'utf8'))?.[1]);
  } catch {
    return line === 'VmHWM' ? 1024 * process.resourceUsage().maxRSS : process.memoryUsage.rss();
  }
}

const bytes = new Uint8Array(readFileSync(process.argv[2] ?? ''));
// The code is read, and what it takes for any image is there, before the clock of bytes starts.
await makeThumbnail(makeImage(), { maxSidePx: 320 }, codec);
const before = memory('VmRSS');
const made = await makeThumbnail(bytes, { maxSidePx: 320 }, codec);
console.log(JSON.stringify({ grewBytes: Math.max(0, memory('VmHWM') - before), ...(made && { widthPx: made.widthPx }) }));
