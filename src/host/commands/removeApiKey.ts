// "Remove API Key": forgets what is stored for the endpoint that is set.
import * as vscode from 'vscode';
import type { Connections } from '../connection/connections.ts';
import type { KeyStore } from '../connection/keyStore.ts';
import type { Command } from './command.ts';

export function removeApiKeyCommand(connections: Connections, keys: KeyStore): Command {
  return {
    id: 'removeApiKey',
    async run() {
      const endpoint = connections.endpoint();
      if (!endpoint || !(await keys.get(endpoint.origin))) {
        void vscode.window.showInformationMessage(vscode.l10n.t('No API key is stored for this endpoint.'));
        return;
      }
      await keys.remove(endpoint.origin);
      void vscode.window.showInformationMessage(vscode.l10n.t('The API key for {0} is removed.', endpoint.origin));
    },
  };
}
