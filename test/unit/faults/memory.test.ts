// Measures the memory that one large image takes from its request to its file, and what refusing an endless body takes.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import type { ServerResponse } from 'node:http';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { promisify } from 'node:util';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';
import { LARGEST_BODY } from '../../../src/request/transport/readBody.ts';
import { makeFolder, makeImage } from '../history/folder.ts';
import { readText, serve } from '../request/loopback.ts';
import type { Measured } from './oneImage.ts';

const small = Buffer.from(makeImage());
/** Large beside what the garbage collector leaves lying before it runs: up to 90 MB of received pieces, whatever the size. */
const large = Buffer.from(makeImage(48 * 1024 * 1024));
const program = join(makeFolder({ after: (remove) => process.on('exit', remove) }), 'oneImage.cjs');
await build({ entryPoints: [join(import.meta.dirname, 'oneImage.ts')], outfile: program, bundle: true, platform: 'node', format: 'cjs', logLevel: 'error' });

type Send = (response: ServerResponse, range?: string) => void;
interface Way {
  post: Send | 'url';
  file?: Send;
}

const announced = (body: Buffer, headers: Record<string, string> = {}): Send => (response) => void response.writeHead(200, { ...headers, 'content-length': body.length }).end(body);
const chunked = (body: Buffer): Send => (response) => {
  for (let at = 0; at < body.length; at += 65_536) response.write(body.subarray(at, at + 65_536));
  response.end();
};
/** As fast as it is read. */
const endless: Send = (response) => {
  const block = Buffer.alloc(1024 * 1024, 0x20);
  const write = (): void => {
    while (!response.destroyed && response.write(block));
  };
  response.on('drain', write);
  write();
};
/** Breaks off halfway; the rest is sent to who asks for it. */
const broken: Send = (response, range) => {
  const half = Math.floor(large.length / 2);
  if (range === `bytes=${half}-`) {
    response.writeHead(206, { etag: '"a"', 'content-length': large.length - half, 'content-range': `bytes ${half}-${large.length - 1}/${large.length}` }).end(large.subarray(half));
    return;
  }
  response.writeHead(200, { etag: '"a"', 'content-length': large.length }).write(large.subarray(0, half), () => setTimeout(() => response.destroy(), 200));
};
const answerOf = (image: Buffer, write = (base64: string): string => base64): Buffer => Buffer.from(`{"created":1,"data":[{"b64_json":"${write(image.toString('base64'))}"}]}`);
const inline = Buffer.from(`{"data":[{"url":"data:image/png;base64,${large.toString('base64')}"}]}`);
const bomb = gzipSync(Buffer.alloc(2 * LARGEST_BODY), { level: 1 });

async function measure(t: TestContext, { post, file }: Way): Promise<Measured & { folder: string }> {
  await using server = await serve((request, response) => {
    void readText(request).then((text) => {
      if (request.method === 'GET') return file?.(response, request.headers.range);
      if (text.includes('"small"')) return announced(answerOf(small))(response);
      if (post !== 'url') return post(response);
      return announced(Buffer.from(JSON.stringify({ data: [{ url: `http://${request.headers.host}/a.png` }] })))(response);
    });
  });
  const folder = makeFolder(t);
  const { stdout } = await promisify(execFile)(process.execPath, ['--expose-gc', program, folder, server.origin]);
  return { ...(JSON.parse(stdout) as Measured), folder };
}

const KEPT: [what: string, mostTimes: number, way: Way][] = [
  ['by URL', 3, { post: 'url', file: announced(large) }],
  ['by URL, of a length that nobody announced', 3, { post: 'url', file: chunked(large) }],
  ['by URL, broken off halfway', 3, { post: 'url', file: broken }],
  ['by URL, packed', 3, { post: 'url', file: announced(gzipSync(large, { level: 1 }), { 'content-encoding': 'gzip' }) }],
  ['in base64', 5, { post: announced(answerOf(large)) }],
  ['in base64, of a length that nobody announced', 5, { post: chunked(answerOf(large)) }],
  ['in base64 with every slash escaped', 5, { post: announced(answerOf(large, (text) => text.replaceAll('/', '\\/'))) }],
  ['in base64 in lines', 5, { post: announced(answerOf(large, (text) => text.replaceAll(/.{76}/g, '$&\\n'))) }],
  ['in a data: URL', 5, { post: announced(inline) }],
];

for (const [what, mostTimes, way] of KEPT) {
  test(`an image ${what}: at most ${mostTimes} times its size`, async (t) => {
    const { ended, riseBytes, folder } = await measure(t, way);
    assert.equal(ended, 'kept');
    const hashes = readdirSync(join(folder, 'images')).filter((name) => name.endsWith('.png')).map((name) => sha256(readFileSync(join(folder, 'images', name))));
    assert.ok(hashes.includes(sha256(large)), 'the bytes are others');
    assertRise(t, riseBytes, large.length, mostTimes);
  });
}

const REFUSED: [what: string, reason: string, way: Way][] = [
  ['an endless answer', 'answerTooLarge', { post: endless }],
  ['an endless image', 'imageTooLarge', { post: 'url', file: endless }],
  ['an answer that unpacks without end', 'answerTooLarge', { post: announced(bomb, { 'content-encoding': 'gzip' }) }],
  ['an image that unpacks without end', 'imageTooLarge', { post: 'url', file: announced(bomb, { 'content-encoding': 'gzip' }) }],
];

for (const [what, reason, way] of REFUSED) {
  test(`${what} is refused while it comes`, async (t) => {
    const { ended, riseBytes } = await measure(t, way);
    assert.equal(ended, reason);
    assertRise(t, riseBytes, LARGEST_BODY, 2);
  });
}

function assertRise(t: TestContext, riseBytes: number, sizeBytes: number, mostTimes: number): void {
  const times = riseBytes / sizeBytes;
  t.diagnostic(`${times.toFixed(2)} times ${sizeBytes} bytes`);
  assert.ok(times <= mostTimes, `memory rose by ${times.toFixed(2)} times the size`);
  assert.ok(times >= 0.9, 'less than the bytes themselves: the measure is wrong');
}

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
