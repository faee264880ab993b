// "Generate Missing Images in This Folder…": the same as for a document, for all documents of a folder.
import * as vscode from 'vscode';
import { ensureSetUp } from '../connection/setUp.ts';
import { chooseMissing } from '../missing/chooseMissing.ts';
import { sourcesBelow } from '../missing/folderSources.ts';
import type { MissingImage, MissingImages } from '../missing/missingImages.ts';
import { generateMissingImages } from '../missing/missingJobs.ts';
import { plainText } from '../window/plainText.ts';
import { Refusal } from '../window/refusal.ts';
import type { Command } from './command.ts';
import type { GenerateMissingParts } from './generateMissing.ts';

const t = vscode.l10n.t;

export function generateMissingInFolderCommand({ setUpParts, missing, missingJobs, priceOf }: GenerateMissingParts): Command {
  return {
    id: 'generateMissingInFolder',
    async run(...args) {
      const folder = args[0] instanceof vscode.Uri ? args[0] : await askFolder();
      if (!folder) return;
      const images = await findWithProgress(folder, missing);
      if (!images) return;
      if (images.length === 0) {
        void vscode.window.showInformationMessage(t('Every image link in {0} has its file.', nameOf(folder)));
        return;
      }
      const chosen = await chooseMissing(images, () => ensureSetUp(setUpParts), priceOf);
      if (chosen) await generateMissingImages(chosen, missingJobs);
    },
  };
}

/** The one folder that is open, else the one that the person chooses. */
async function askFolder(): Promise<vscode.Uri | undefined> {
  const folders = vscode.workspace.workspaceFolders ?? [];
  const [first] = folders;
  if (!first) throw new Refusal(t('Open a folder first.'));
  return folders.length === 1 ? first.uri : (await vscode.window.showWorkspaceFolderPick())?.uri;
}

/** Undefined when the person cancelled. */
function findWithProgress(folder: vscode.Uri, missing: MissingImages): Thenable<MissingImage[] | undefined> {
  return vscode.window.withProgress({ location: vscode.ProgressLocation.Notification, title: t('Looking for missing images'), cancellable: true }, async (progress, token) => {
    const isCancelled = (): boolean => token.isCancellationRequested;
    const sources = await sourcesBelow(folder, isCancelled);
    const skipped: string[] = [];
    const images = await missing.findIn(sources, ({ uri }) => skipped.push(vscode.workspace.asRelativePath(uri)), () => {
      progress.report({ increment: 100 / sources.length });
      return !isCancelled();
    });
    if (isCancelled()) return undefined;
    if (skipped.length > 0) void vscode.window.showWarningMessage(t('These documents took too long to read and were left out: {0}', plainText(skipped.join(', '), 500)));
    return images;
  });
}

function nameOf(folder: vscode.Uri): string {
  return plainText(vscode.workspace.asRelativePath(folder));
}
