// Loads libwebp for tests as the packages bring it, before the build has packed it.
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { createWebpCodec } from '../../../src/node/webpCodec.ts';

const FILES = { webpEncoder: '@jsquash/webp/codec/enc/webp_enc_simd.wasm', webpDecoder: '@jsquash/webp/codec/dec/webp_dec.wasm' } as const;

export const codec = createWebpCodec((part) => readFile(fileURLToPath(import.meta.resolve(FILES[part]))));
