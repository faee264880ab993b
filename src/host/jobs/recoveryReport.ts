// Takes up, some time after activation, what an earlier window left unfinished, and tells it once.
import * as vscode from 'vscode';
import { TRASH_KEPT_MS } from '../../history/trash.ts';
import { recover, type RecoveryParts } from '../../jobs/recovery.ts';
import type { KeptImages } from '../history/keptImages.ts';
import type { Log } from '../window/log.ts';
import { plainText } from '../window/plainText.ts';

const t = vscode.l10n.t;

/** Silent unless something was found. */
export async function recoverAndReport(parts: RecoveryParts, view: KeptImages, log: Log, openPanel: () => Promise<void>): Promise<void> {
  await parts.history.emptyTrash(TRASH_KEPT_MS).catch((error: unknown) => log.error('The trash could not be emptied', error));
  const found = await recover(parts);
  if (found.kept.length > 0) view.refresh();
  const sentences: string[] = [];
  if (found.kept.length === 1) sentences.push(t('An image that was still on its way when the window closed is in the history now.'));
  if (found.kept.length > 1) sentences.push(t('{0} images that were still on their way when the window closed are in the history now.', found.kept.length));
  const downloadable = found.failed.filter(({ state }) => 'paidNotDownloaded' in state && state.paidNotDownloaded).length;
  const gone = found.failed.length - downloadable;
  if (downloadable === 1) sentences.push(t('A paid image could not be downloaded yet; the panel offers to try again, free.'));
  if (downloadable > 1) sentences.push(t('{0} paid images could not be downloaded yet; the panel offers to try again, free.', downloadable));
  if (gone === 1) sentences.push(t('A paid image could not be got any more; the panel says why.'));
  if (gone > 1) sentences.push(t('{0} paid images could not be got any more; the panel says why.', gone));
  const [lost] = found.lost;
  if (lost && found.lost.length === 1) sentences.push(t('The window closed before the service answered for “{0}”. It may have been charged.', plainText(lost.request.prompt, 60)));
  if (found.lost.length > 1) sentences.push(t('The window closed before the service answered {0} requests. They may have been charged.', found.lost.length));
  if (sentences.length === 0) return;
  log.info(`Recovery: ${found.kept.length} kept, ${found.failed.length} not downloaded, ${found.lost.length} without an answer`);
  const open = t('Open Panel');
  // Shown is told: the person may never press a button of it.
  const choice = vscode.window.showInformationMessage(sentences.join(' '), open);
  await found.acknowledge();
  if ((await choice) === open) await openPanel();
}
