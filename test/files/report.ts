// Collects what tools of others say of our files, prints it, and counts if they disagree.
import { spawnSync } from 'node:child_process';

export class Report {
  failures = 0;

  check(what: string, isRight: boolean, found: string): void {
    if (!isRight) this.failures++;
    console.log(`${isRight ? 'ok  ' : 'FAIL'} ${what}: ${found}`);
  }
}

/** What a tool prints, but for its warnings: ImageMagick 6 warns of any XMP in a WebP, of libwebp's own webpmux too. */
export function run(tool: string, ...args: string[]): string {
  return runForBytes(tool, ...args).toString('utf8').trim();
}

export function runForBytes(tool: string, ...args: string[]): Buffer {
  return spawnSync(tool, args, { maxBuffer: 2 ** 30 }).stdout;
}
