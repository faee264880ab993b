// Says what a cancel cost.
import * as vscode from 'vscode';
import type { Billed } from '../../request/failures/failure.ts';

const t = vscode.l10n.t;

/** What a cancel cost, in one sentence. */
export function cancelledSentence(billed: Billed, paidNotDownloaded: boolean): string {
  if (paidNotDownloaded) return t('Cancelled while downloading. The image is paid for; downloading it again is free.');
  if (billed === 'no') return t('Cancelled. Nothing was charged.');
  return t('Cancelled. The service may still charge for it.');
}
