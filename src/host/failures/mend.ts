// Does what a failure's button says, as far as that needs no job.
import * as vscode from 'vscode';
import type { Failure, FailureAction } from '../../request/failures/failure.ts';
import { fullId } from '../window/ids.ts';
import { readSetting, writeSetting } from '../window/settings.ts';

export async function mend(action: FailureAction, failure: Failure | undefined): Promise<void> {
  switch (action) {
    case 'setApiKey': case 'setUp': case 'showLog': return void (await vscode.commands.executeCommand(fullId(action)));
    case 'openSettings': return void (await vscode.commands.executeCommand('workbench.action.openSettings', settingFor(failure)));
    case 'useAddress': return failure?.facts.address === undefined ? undefined : writeSetting('endpoint', failure.facts.address);
    case 'askForBase64': return askForBase64();
    default: return undefined;
  }
}

/** Only sets it: the image that the server kept for itself may be paid for, so another one is for the person to ask. */
async function askForBase64(): Promise<void> {
  await writeSetting('requestFields', { ...readSetting('requestFields'), response_format: 'b64_json' });
  void vscode.window.showInformationMessage(vscode.l10n.t('The next images are asked for with “response_format”: “b64_json”.'));
}

/** The search in the settings editor that shows the setting which mends the failure. */
function settingFor(failure: Failure | undefined): string {
  switch (failure?.reason) {
    case 'modelNotFound': case 'accessDenied': return 'generateImage.model';
    case 'networkRefused': return 'http.proxy';
    case 'timedOut': return 'generateImage.timeoutSeconds';
    case 'requestRefused': return 'generateImage';
    default: return 'generateImage.endpoint';
  }
}
