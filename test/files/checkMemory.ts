// Measures in a process of its own how much memory a thumbnail takes, for files that are large or only say so.
import { spawnSync } from 'node:child_process';
import { statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { claimingPng } from '../endpoint/png.ts';
import { run, type Report } from './report.ts';

const MOST_BYTES_A_PIXEL = 12;
/** What Node itself takes and gives back meanwhile. */
const OWN_BYTES = 24_000_000;
/** Refused, or soon at its end: nothing is set aside for pixels that are not there. */
const NOTHING_BYTES = 48_000_000;

export function checkMemory(folder: string, report: Report): void {
  const pathOf = (name: string): string => join(folder, name);
  const pixels = 4096 * 4096;
  run('convert', '-size', '4096x4096', 'gradient:red-blue', '-quality', '90', pathOf('large.jpg'));
  run('convert', pathOf('large.jpg'), '-interlace', 'JPEG', pathOf('large-progressive.jpg'));
  run('convert', pathOf('large.jpg'), '-interlace', 'PNG', pathOf('large-interlaced.png'));
  run('convert', pathOf('large.jpg'), pathOf('large.webp'));
  writeFileSync(pathOf('claims-8192.png'), Buffer.concat([claimingPng(8192, 8192), Buffer.alloc(6000)]));
  writeFileSync(pathOf('claims-7000.png'), Buffer.concat([claimingPng(7000, 7000), Buffer.alloc(6000)]));
  for (const name of ['large.jpg', 'large-progressive.jpg', 'large-interlaced.png', 'large.webp']) {
    checkPeak(name, pathOf(name), MOST_BYTES_A_PIXEL * pixels + OWN_BYTES, true, report);
  }
  checkPeak('claims-8192.png', pathOf('claims-8192.png'), NOTHING_BYTES, false, report);
  checkPeak('claims-7000.png', pathOf('claims-7000.png'), MOST_BYTES_A_PIXEL * 7000 * 7000 + OWN_BYTES, undefined, report);
}

/** @param hasThumbnail undefined if either will do */
function checkPeak(name: string, path: string, mostBytes: number, hasThumbnail: boolean | undefined, report: Report): void {
  const { stdout, stderr } = spawnSync(process.execPath, ['--disable-warning=ExperimentalWarning', join(import.meta.dirname, 'peakOfThumbnail.ts'), path], { encoding: 'utf8' });
  const [answer = ''] = stdout.trim().split('\n').slice(-1);
  if (!answer.startsWith('{')) return report.check(`${name}, memory`, false, stderr.slice(-300) || 'no answer');
  const { grewBytes, widthPx } = JSON.parse(answer) as { grewBytes: number; widthPx?: number };
  const limit = mostBytes + statSync(path).size;
  const isRight = grewBytes <= limit && (hasThumbnail === undefined || hasThumbnail === (widthPx !== undefined));
  report.check(`${name}, memory`, isRight, `${Math.round(grewBytes / 1e6)} MB of ${Math.round(limit / 1e6)}, ${widthPx === undefined ? 'a file icon' : 'a thumbnail'}`);
}
