// "Remove All API Keys": forgets what is stored for every endpoint that was ever set.
import * as vscode from 'vscode';
import type { KeyStore } from '../connection/keyStore.ts';
import type { Command } from './command.ts';

export function removeAllApiKeysCommand(keys: KeyStore): Command {
  return {
    id: 'removeAllApiKeys',
    async run() {
      const origins = await keys.origins();
      if (origins.length === 0) {
        void vscode.window.showInformationMessage(vscode.l10n.t('No API key is stored.'));
        return;
      }
      const remove = vscode.l10n.t('Remove');
      const choice = await vscode.window.showWarningMessage(vscode.l10n.t('Remove the API keys of all addresses?'), { modal: true, detail: origins.join('\n') }, remove);
      if (choice !== remove) return;
      for (const origin of origins) await keys.remove(origin);
      void vscode.window.showInformationMessage(vscode.l10n.t('All API keys are removed.'));
    },
  };
}
