// "Generate Missing Images in This Document": lists what is missing with its price, then makes what is ticked.
import * as vscode from 'vscode';
import type { LastEditor } from '../insert/lastEditor.ts';
import { ensureSetUp } from '../connection/setUp.ts';
import type { SetUpParts } from '../connection/setUpParts.ts';
import { chooseMissing, type PriceOf } from '../missing/chooseMissing.ts';
import { isRead, type MissingImages } from '../missing/missingImages.ts';
import { generateMissingImages, type MissingJobsParts } from '../missing/missingJobs.ts';
import { Refusal } from '../window/refusal.ts';
import type { Command } from './command.ts';

const t = vscode.l10n.t;

export interface GenerateMissingParts {
  setUpParts: SetUpParts;
  missing: MissingImages;
  missingJobs: MissingJobsParts;
  lastEditor: LastEditor;
  priceOf?: PriceOf;
}

export function generateMissingCommand({ setUpParts, missing, missingJobs, lastEditor, priceOf }: GenerateMissingParts): Command {
  return {
    id: 'generateMissing',
    async run(...args) {
      const document = args[0] instanceof vscode.Uri ? await vscode.workspace.openTextDocument(args[0]) : (await lastEditor.get())?.document;
      if (!document || !isRead(document)) throw new Refusal(t('Open a document first whose image links can be read, such as Markdown, HTML or AsciiDoc.'));
      const within = args[1] instanceof vscode.Range ? args[1] : undefined;
      const images = await missing.find(document, within, true);
      if (images.length === 0) {
        void vscode.window.showInformationMessage(t('Every image link of this document has its file.'));
        return;
      }
      const chosen = await chooseMissing(images, () => ensureSetUp(setUpParts), priceOf);
      if (chosen) await generateMissingImages(chosen, missingJobs);
    },
  };
}
