// Puts the product on Node: what `product.cjs` holds.
import { randomBytes } from 'node:crypto';
import { homedir, hostname } from 'node:os';
import { join } from 'node:path';
import type { Platform } from '../host/platform.ts';
import { productOn } from '../host/product.ts';
import { createAgentPlatform } from './agents/agentPlatform.ts';
import { createLiveness } from './liveness.ts';
import { createNodeFetch } from './nodeFetch.ts';
import { createNodeFiles } from './nodeFiles.ts';
import { systemClock } from './systemClock.ts';
import { createLinkFinder, createPixels } from './work.ts';

export const createProduct = productOn(createNodePlatform);

function createNodePlatform(extensionFolder: string, storageFolder: string, version: string): Platform {
  const liveness = createLiveness(storageFolder);
  const workerPath = join(extensionFolder, 'out', 'worker.cjs');
  return {
    transport: { fetch: createNodeFetch(), clock: systemClock },
    random: () => randomBytes(4).readUInt32BE() / 2 ** 32,
    machineName: hostname(),
    homeFolder: homedir(),
    files: createNodeFiles(storageFolder, liveness.windowId),
    liveness,
    pixels: createPixels(workerPath),
    links: createLinkFinder(workerPath),
    agents: createAgentPlatform(extensionFolder, storageFolder, version),
  };
}
