// Offers other extensions what the command with arguments does, with types and a version: what `activate` returns.
import type { GenerateImageApi } from './apiTypes.ts';

/** The calls that reach the product. */
export type ApiCalls = Pick<GenerateImageApi, 'generateImage' | 'generateImageFile'>;

/** Nothing is read, and nobody is asked, before one of its functions is called. */
export function createApi(calls: () => ApiCalls): GenerateImageApi {
  return Object.freeze({
    apiVersion: 1,
    // A file of the product that cannot be read rejects, as everything else that goes wrong does.
    generateImage: async (options) => calls().generateImage(options),
    generateImageFile: async (options, token) => calls().generateImageFile(options, token),
  } satisfies GenerateImageApi);
}
