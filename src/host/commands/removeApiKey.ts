// "Remove API Key": forgets what is stored for the endpoint that is set, or for one that was set once.
import * as vscode from 'vscode';
import type { Connections } from '../connection/connections.ts';
import type { KeyStore } from '../connection/keyStore.ts';
import type { Command } from './command.ts';

export function removeApiKeyCommand(connections: Connections, keys: KeyStore): Command {
  return {
    id: 'removeApiKey',
    async run() {
      const origin = await chooseOrigin(await keys.origins(), connections.endpoint()?.origin);
      if (origin === undefined) return;
      await keys.remove(origin);
      void vscode.window.showInformationMessage(vscode.l10n.t('The API key for {0} is removed.', origin));
    },
  };
}

/** Asks only if keys of other endpoints are stored. */
async function chooseOrigin(stored: readonly string[], set: string | undefined): Promise<string | undefined> {
  if (stored.length === 0) void vscode.window.showInformationMessage(vscode.l10n.t('No API key is stored for this endpoint.'));
  if (stored.length === 0 || (stored.length === 1 && stored[0] === set)) return stored[0];
  const choices = stored.map((label) => ({ label, description: label === set ? vscode.l10n.t('the endpoint that is set') : '' }));
  choices.sort((a, b) => b.description.length - a.description.length);
  return (await vscode.window.showQuickPick(choices, { title: vscode.l10n.t('Remove the API key of which address?') }))?.label;
}
