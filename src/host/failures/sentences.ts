// Turns a failure into the sentence that a person reads: what happened, what it cost, what to do.
import * as vscode from 'vscode';
import type { Failure, FailureAction } from '../../request/failures/failure.ts';

const t = vscode.l10n.t;

/** The sentence of a failure with the endpoint's own words and the charge, as plain text. */
export function describeFailure(failure: Failure): string {
  const parts = [sentenceOf(failure)];
  if (failure.facts.detail) parts.push(t('The service says: “{0}”', failure.facts.detail));
  const charge = chargeOf(failure);
  if (charge) parts.push(charge);
  return parts.join(' ');
}

function sentenceOf(failure: Failure): string {
  const { field, asked } = failure.facts;
  const host = asked?.host ?? t('The endpoint');
  const model = asked?.model ?? '';
  const timeoutSeconds = Math.round((asked?.timeoutMs ?? 0) / 1000);
  switch (failure.reason) {
    case 'keyMissing': return t('{0} needs an API key. Set it once, and it is kept in VS Code’s secret storage.', host);
    case 'keyRefused': return t('{0} refused the API key. Check that the key is right and belongs to this address.', host);
    case 'accessDenied': return t('{0} does not allow this key to use {1}. Choose another model in the settings, or use another key.', host, model);
    case 'quotaUsedUp': return t('The quota of this account is used up. Top it up with the service, then generate again.');
    case 'accountOverdue': return t('The account is overdue. Settle it with the service, then generate again.');
    case 'contentRefused': return t('The service refused the content of this prompt. Change the prompt and generate again.');
    case 'fieldRefused': return field === undefined
      ? t('The service refused a field of the request. Leave it out with the setting “Request Fields”.')
      : t('The service does not know the field “{0}”. Leave it out and generate again.', field);
    case 'requestRefused': return t('The service refused the request. Check the prompt, the size and the settings.');
    case 'modelNotFound': return t('{0} does not know the model “{1}”. Check the model name in the settings.', host, model);
    case 'wrongAddress': return t('There is no image endpoint at this address. Check the base URL in the settings.');
    case 'rateLimited': return t('The service allows only a few images a minute. Wait a minute, then generate again.');
    case 'serviceFailed': return t('The service failed while making the image. Try again later.');
    case 'serviceBusy': return t('The service is too busy right now. Try again later.');
    case 'unreachable': return t('{0} cannot be reached. Check the network and the base URL.', host);
    case 'certificateRefused': return t('The certificate of {0} cannot be verified, so nothing was sent. Check the base URL and the certificates of this machine.', host);
    case 'connectionLost': return t('The connection broke before the answer was complete. Generate again if you want to pay for another try.');
    case 'timedOut': return t('No complete answer came within {0} seconds. Generate again, or allow more time in the settings.', timeoutSeconds);
    case 'redirectRefused': return failure.facts.address !== undefined
      ? t('{0} sent the request to another address of its own: {1}. Nothing was done there yet.', host, failure.facts.address.replace(/#$/, ''))
      : failure.facts.redirectedTo === undefined
      ? t('{0} sent the request elsewhere, and a key follows no redirect. Set the final address as base URL.', host)
      : t('{0} sent the request elsewhere, and a key follows no redirect. If you trust {1}, set the final address there as base URL.', host, failure.facts.redirectedTo);
    case 'networkRefused': return t('A proxy or a sign-in page of this network answered instead of {0}. Sign in to the network, or check VS Code’s proxy settings, then generate again.', host);
    case 'answerTooLarge': return t('The answer was larger than 128 MiB and was not read. The log has the details.');
    case 'answerUnreadable': return t('The answer is not what an image endpoint sends. Check the base URL.');
    case 'noImageInAnswer': return t('The answer held no image. Change the prompt or generate again.');
    case 'takenAsTask': return failure.facts.taskId === undefined
      ? t('{0} took the request as a task and delivers the image later, elsewhere. Look for it with the service. Use an address or a model that answers with the image itself.', host)
      : t('{0} took the request as the task “{1}” and delivers the image later, elsewhere. Look for it with the service. Use an address or a model that answers with the image itself.', host, failure.facts.taskId);
    case 'fileOnServer': return t('{0} made the image and left it on its own disk. Have the next one sent in the answer: set “response_format” to “b64_json”.', host);
    case 'notAnImage': return t('What came is not an image that VS Code can show. You can save it as it is.');
    case 'downloadFailed': return t('The image is made, but could not be downloaded. Downloading it again is free.');
    case 'linkExpired': return t('The link to the image has expired, so it cannot be downloaded any more. Generate again to make a new one.');
    case 'downloadRefused': return t('The image is at an address that is not safe to download from. The log has the details.');
    case 'imageTooLarge': return t('The image is larger than 128 MiB and was not downloaded. The log has the details.');
    case 'cancelled': return t('Cancelled.');
    case 'notWritten': return t('The image could not be written to the history. Save it now, and check the disk.');
  }
}

/** What the failure may have cost, if that is not said by the sentence itself. */
function chargeOf(failure: Failure): string | undefined {
  if (failure.billed === 'maybe') return t('The service may have charged for it.');
  if (failure.billed === 'yes' && failure.reason !== 'downloadFailed') return t('The service has charged for it.');
  return undefined;
}

/** The button text of an action. */
export function labelOf(action: FailureAction): string {
  switch (action) {
    case 'setApiKey': return t('Set API Key');
    case 'setUp': return t('Set Up');
    case 'openSettings': return t('Open Settings');
    case 'leaveFieldOut': return t('Leave this field out');
    case 'useAddress': return t('Use this address');
    case 'askForBase64': return t('Set response_format');
    case 'downloadAgain': return t('Download again (free)');
    case 'copyAddress': return t('Copy the address');
    case 'generateAgain': return t('Generate again');
    case 'saveAs': return t('Save as is…');
    case 'showLog': return t('Show Log');
  }
}
