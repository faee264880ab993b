// Makes files that are all structure and no image, as large as a download may be or smaller.
import { readFileSync } from 'node:fs';
import { deflateSync } from 'node:zlib';
import { makeChunk, PNG_SIGNATURE } from '../../../src/image/pngChunks.ts';

const latin1 = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, 'latin1'));

/** The head, then the part over and over; nothing else is made on the way. */
function repeat(head: Uint8Array, part: Uint8Array, bytes: number): Uint8Array {
  const bomb = new Uint8Array(bytes);
  bomb.set(head);
  const body = Buffer.from(bomb.buffer, head.length);
  body.fill(part);
  return bomb;
}

const join = (...parts: (Uint8Array | readonly number[])[]): Uint8Array => new Uint8Array(Buffer.concat(parts.map((part) => Uint8Array.from(part))));
const box = (type: string, ...content: Uint8Array[]): Uint8Array => {
  const data = join(...content);
  const head = new Uint8Array(8);
  new DataView(head.buffer).setUint32(0, data.length + 8);
  head.set(latin1(type), 4);
  return join(head, data);
};

const header = makeChunk('IHDR', new Uint8Array([0, 0, 0, 8, 0, 0, 0, 8, 8, 2, 0, 0, 0]));
const png = join(PNG_SIGNATURE, header);
const pixels = makeChunk('IDAT', new Uint8Array(deflateSync(Buffer.alloc(8 * 25))));
const end = makeChunk('IEND', new Uint8Array());
/** Unpacks to more than any text or profile may be. */
const packed = new Uint8Array(deflateSync(Buffer.alloc(8_000_000, 'a')));
const avif = box('ftyp', latin1('avif\0\0\0\0mif1'));

const plainAvif = new Uint8Array(readFileSync(new URL('images/plain.avif', import.meta.url)));

/** Where the box with the image data begins. */
function mdatOf(file: Uint8Array): number {
  return Buffer.from(file).indexOf('mdat', 0, 'latin1') - 4;
}

/** By name. @param bytes of the large ones */
export const BOMBS: Readonly<Record<string, (bytes: number) => Uint8Array>> = {
  'PNG of empty chunks': (bytes) => repeat(png, makeChunk('teSt', new Uint8Array()), bytes),
  'PNG of small texts': (bytes) => repeat(png, makeChunk('tEXt', latin1('parameters\0a')), bytes),
  'PNG of XMP packets that grow': () => join(png, ...Array.from({ length: 2000 }, () => growing('iTXt', 'XML:com.adobe.xmp\0\x01\0\0\0')), pixels, end),
  'PNG of prompts that grow': () => join(png, ...Array.from({ length: 2000 }, () => growing('zTXt', 'parameters\0\0')), pixels, end),
  'PNG of profiles that grow': () => join(png, ...Array.from({ length: 2000 }, () => growing('iCCP', 'p\0\0')), pixels, end),
  'PNG of one endless text': (bytes) => join(png, makeChunk('tEXt', join(latin1('parameters\0'), new Uint8Array(bytes >> 3).fill(97)))),
  'JPEG of empty segments': (bytes) => repeat(new Uint8Array([0xff, 0xd8]), new Uint8Array([0xff, 0xfe, 0, 2]), bytes),
  'JPEG of fill bytes': (bytes) => repeat(new Uint8Array([0xff, 0xd8]), new Uint8Array([0xff]), bytes),
  'JPEG of bare markers': (bytes) => repeat(new Uint8Array([0xff, 0xd8, 0xff]), new Uint8Array([0xff, 0x01]), bytes),
  'WebP of empty chunks': (bytes) => repeat(latin1('RIFF\xff\xff\xff\x7fWEBPVP8X\x0a\0\0\0\0\0\0\0\x07\0\0\x07\0\0'), latin1('teSt\0\0\0\0'), bytes),
  'WebP of XMP packets': (bytes) => repeat(latin1('RIFF\xff\xff\xff\x7fWEBPVP8X\x0a\0\0\0\0\0\0\0\x07\0\0\x07\0\0'), latin1('XMP \x02\0\0\0ab'), bytes),
  'AVIF of empty boxes': (bytes) => repeat(avif, box('free'), bytes),
  'AVIF of empty boxes within boxes': (bytes) => join(avif, box('meta', new Uint8Array(4), repeat(new Uint8Array(), box('free'), bytes >> 3))),
  'AVIF of boxes within many boxes': (bytes) => repeat(join(plainAvif.subarray(0, mdatOf(plainAvif))), box('meta', new Uint8Array(4), repeat(new Uint8Array(), box('free'), 4096 * 8)), bytes),
  'AVIF of associations': (bytes) => join(avif, box('meta', new Uint8Array(4), box('pitm', new Uint8Array(6)), box('iprp', box('ipco'), box('ipma', latin1('\0\0\0\0\xff\xff\xff\xff'), new Uint8Array(bytes >> 3).fill(255))))),
  'GIF of empty blocks': (bytes) => repeat(latin1('GIF89a\x08\0\x08\0\0\0\0'), new Uint8Array([0x21, 0xff, 0]), bytes),
};

function growing(type: string, head: string): Uint8Array {
  return makeChunk(type, join(latin1(head), packed));
}
