// Writes and reads the short line that stands for a kept image on the clipboard.
import type * as vscode from 'vscode';
import { parseImageId } from '../../history/imageId.ts';
import { IMAGE_COPIED_MS } from '../window/ids.ts';

const MARK = /^generate-image:(\S{1,100})$/;
/** What lies on the clipboard longer is hardly meant any more, and each window that waits for it slows one paste down. */
const COPIED_FOR_MS = 3_600_000;

export function writeMark(imageId: string): string {
  return `generate-image:${imageId}`;
}

/** The image that a clipboard text stands for; undefined for any other text. */
export function readMark(text: string): string | undefined {
  const id = MARK.exec(text.trim())?.[1];
  return id !== undefined && parseImageId(id) ? id : undefined;
}

/** Whether any window copied an image that may still be on the clipboard. */
export function mayBeCopied(memory: vscode.Memento): boolean {
  const copiedMs: unknown = memory.get(IMAGE_COPIED_MS);
  return typeof copiedMs === 'number' && Math.abs(Date.now() - copiedMs) < COPIED_FOR_MS;
}
