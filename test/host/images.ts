// Asks the command with arguments for images, and knows the folder where the history keeps them.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import * as vscode from 'vscode';
import type { GeneratedImage } from '../../src/host/jobs/unattended.ts';
import { filesBelow } from './documents.ts';

export type { GeneratedImage };

export function generate(args: unknown): Promise<GeneratedImage> {
  return Promise.resolve(vscode.commands.executeCommand<GeneratedImage>('generateImage.generate', args));
}

/** What code is told that asked for an image and gets none. */
export async function refusalOf(args: unknown): Promise<string> {
  try {
    const image = await generate(args);
    assert.fail(`resolved to ${JSON.stringify(image)}`);
  } catch (error) {
    if (error instanceof assert.AssertionError) throw error;
    assert.ok(error instanceof Error);
    return error.message;
  }
}

export function insert(id?: string): Thenable<void> {
  return vscode.commands.executeCommand('generateImage.insert', ...(id === undefined ? [] : [{ id }]));
}

/** The extension's own storage, once an image is known to lie in it. */
export function storageOf(image: GeneratedImage): vscode.Uri {
  return vscode.Uri.joinPath(image.uri, '..', '..');
}

/** Everything that is kept, or half kept; thumbnails come a moment later and can be made again. */
export async function keptFiles(storage: vscode.Uri): Promise<string[]> {
  return (await filesBelow(storage)).filter((path) => /^(images|unfinished|trash)\//.test(path));
}

export async function bytesOf(uri: vscode.Uri): Promise<Buffer> {
  return Buffer.from(await vscode.workspace.fs.readFile(uri));
}

export function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
