// Tells once for each workspace that a large file went under version control, and offers WebP for it.
import * as vscode from 'vscode';
import type { ImageRecord } from '../../history/record.ts';
import type { ImageFiles, PreparedFile } from '../history/imageFiles.ts';
import { PREFIX } from '../window/ids.ts';
import type { Memory } from '../window/memory.ts';
import { plainText } from '../window/plainText.ts';
import { statOf } from './imageTarget.ts';

const t = vscode.l10n.t;

/** The check for large files that most repositories run has this limit. */
const HEAVY_BYTES = 500_000;
const VERSION_CONTROL = ['.git', '.hg', '.svn', '.jj'];
/** A workspace folder often lies some levels below the root of its repository. */
const MOST_LEVELS = 8;

/** Costs nothing and blocks nothing; never rejects. */
export async function tellHeavyFileOnce(uri: vscode.Uri, record: ImageRecord, file: PreparedFile, files: ImageFiles, memory: Memory): Promise<void> {
  const folder = vscode.workspace.getWorkspaceFolder(uri);
  if (!folder || file.bytes.length <= HEAVY_BYTES || file.type === 'webp' || memory.wasToldHere('heavyFile') || !(await isVersioned(folder.uri))) return;
  const webp = await files.prepare({ record, scope: folder.uri, choice: { format: 'webp' } }).catch(() => undefined);
  // Another file may have been told of meanwhile.
  if (webp?.type !== 'webp' || memory.wasToldHere('heavyFile')) return;
  memory.setToldHere('heavyFile');
  const use = t('Use WebP in this workspace');
  const kB = (bytes: number): string => `${Math.round(bytes / 1000)} kB`;
  const choice = await vscode.window.showInformationMessage(t('{0} has {1}; as WebP it would have {2}. New images can be inserted as WebP.', plainText(uri.path.split('/').at(-1) ?? ''), kB(file.bytes.length), kB(webp.bytes.length)), use);
  if (choice === use) await vscode.workspace.getConfiguration(PREFIX, folder.uri).update('fileFormat', 'webp', vscode.ConfigurationTarget.Workspace);
}

async function isVersioned(folder: vscode.Uri): Promise<boolean> {
  let at = folder;
  for (let level = 0; level < MOST_LEVELS; level++) {
    const found = await Promise.all(VERSION_CONTROL.map((name) => statOf(vscode.Uri.joinPath(at, name))));
    if (found.some(Boolean)) return true;
    const above = vscode.Uri.joinPath(at, '..');
    if (above.path === at.path) return false;
    at = above;
  }
  return false;
}
