// Lists the images of the workspace that hold the prompt they were made from; each file is read once while it stays the same.
import * as vscode from 'vscode';
import { readImageInfo } from '../../image/imageInfo.ts';
import type { Pixels } from '../platform.ts';
import { statOf } from '../insert/imageTarget.ts';

export interface WorkspaceImage {
  readonly uri: vscode.Uri;
  readonly prompt: string;
  readonly widthPx: number;
  readonly heightPx: number;
}

const MOST_FILES = 1000;
const LARGEST_BYTES = 20_000_000;
const AT_ONCE = 8;

export class WorkspaceImages {
  readonly #pixels: Pixels;
  /** By path, size and time of change. */
  readonly #known = new Map<string, WorkspaceImage | undefined>();

  constructor(pixels: Pixels) {
    this.#pixels = pixels;
  }

  async list(): Promise<WorkspaceImage[]> {
    const uris = await vscode.workspace.findFiles('**/*.{png,jpg,jpeg,webp}', '**/{node_modules,.git,dist,build,out}/**', MOST_FILES);
    const found: WorkspaceImage[] = [];
    for (let start = 0; start < uris.length; start += AT_ONCE) {
      const images = await Promise.all(uris.slice(start, start + AT_ONCE).map((uri) => this.#read(uri)));
      found.push(...images.filter((image) => image !== undefined));
    }
    return found;
  }

  async #read(uri: vscode.Uri): Promise<WorkspaceImage | undefined> {
    const stat = await statOf(uri);
    if (!stat || stat.size > LARGEST_BYTES) return undefined;
    const key = `${uri.toString()} ${stat.size} ${stat.mtime}`;
    if (this.#known.has(key)) return this.#known.get(key);
    const image = await this.#look(uri).catch(() => undefined);
    this.#known.set(key, image);
    return image;
  }

  async #look(uri: vscode.Uri): Promise<WorkspaceImage | undefined> {
    const bytes = await vscode.workspace.fs.readFile(uri);
    const info = readImageInfo(bytes);
    const found = info && (await this.#pixels.prompt(bytes));
    return info && found ? { uri, prompt: found.prompt, widthPx: info.widthPx, heightPx: info.heightPx } : undefined;
  }
}
