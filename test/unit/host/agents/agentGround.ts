// Puts what makes files for agents and other extensions on a real workspace folder, with a service that answers by itself.
import { realpathSync } from 'node:fs';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import * as vscode from 'vscode';
import type { AgentImagesParts } from '../../../../src/host/agents/agentImages.ts';
import { ImageFiles } from '../../../../src/host/history/imageFiles.ts';
import { Permission } from '../../../../src/host/jobs/permission.ts';
import { type StartJobsParts, StartJobs } from '../../../../src/host/jobs/startJobs.ts';
import type { Pixels } from '../../../../src/host/platform.ts';
import { makeFile } from '../../../../src/image/makeFile.ts';
import { makeThumbnail } from '../../../../src/image/thumbnail.ts';
import { UnattendedBudget } from '../../../../src/jobs/budget.ts';
import type { Service } from '../../../../src/jobs/service.ts';
import type { ImageRequest } from '../../../../src/prompt/imageRequest.ts';
import { Failure } from '../../../../src/request/failures/failure.ts';
import { world } from '../../../vscodeModule/world.ts';
import { makeFolder, makeImage } from '../../history/folder.ts';
import { codec } from '../../image/codec.ts';
import { WriteTurns } from '../../../../src/host/agents/writeAgentImage.ts';
import { applyEdits } from '../appliedEdits.ts';
import { makeGround, type Ground } from '../ground.ts';

export interface AgentGround extends Ground {
  parts: AgentImagesParts;
  startJobs: StartJobs;
  budget: UnattendedBudget;
  /** The workspace folder. */
  folder: string;
  /** What the service was asked for, oldest first. */
  asked: ImageRequest[];
}

/** @param answer what the service says to a request, from 1, or nothing for ever; an image without it */
export function makeAgentGround(t: TestContext, answer: (post: number) => Uint8Array | Failure | undefined = () => makeImage()): AgentGround {
  const asked: ImageRequest[] = [];
  const request: Service['request'] = (what, _, { signal }) => {
    const said = answer(asked.push(what));
    if (said instanceof Uint8Array) return Promise.resolve({ items: [{ kind: 'bytes', bytes: said }] });
    return new Promise((_resolve, reject) => {
      if (said) return reject(said);
      signal.addEventListener('abort', () => reject(new Failure('cancelled')));
    });
  };
  const ground = makeGround(t, { service: { request, download: () => Promise.reject(new Error('There is nothing to download.')) } });
  const folder = realpathSync(makeFolder(t));
  world.openFolders(folder);
  applyEdits(t);
  const pixels = {
    thumbnail: (bytes: Uint8Array, options = { maxSidePx: 320 }) => makeThumbnail(bytes, options, codec),
    file: (bytes: Uint8Array, wish: Parameters<Pixels['file']>[1]) => makeFile(bytes, wish, codec),
  } as unknown as Pixels;
  const budget = new UnattendedBudget(() => 10);
  const startJobs = new StartJobs({ ...ground } as unknown as StartJobsParts);
  const parts = {
    ...ground, startJobs, pixels, turns: new WriteTurns(), permission: new Permission(budget),
    files: new ImageFiles((path) => vscode.Uri.file(join(ground.root, path)), ground.memory, pixels),
    connections: { problem: () => Promise.resolve(undefined) },
    reports: { sentence: ({ reason }: Failure) => `said: ${reason}.`, unknownSentence: () => 'Something unexpected happened.' },
  } as unknown as AgentImagesParts;
  return { ...ground, parts, startJobs, budget, folder, asked };
}
