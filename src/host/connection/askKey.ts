// Asks for the key of an endpoint, in VS Code's password input only.
import * as vscode from 'vscode';
import { mayCarryKey, type Endpoint } from '../../request/send/endpointUrl.ts';
import { BACK, type InputButton, type Questions } from '../window/inputs.ts';
import type { Log } from '../window/log.ts';
import type { StoredKey } from './keyStore.ts';

const t = vscode.l10n.t;

interface KeyQuestion {
  title: string;
  canGoBack: boolean;
  /** Where a key of this service is made; opened on request only. */
  keyPage?: string;
}

/** What is to be stored; undefined when the person left. */
export async function askKey(questions: Questions, endpoint: Endpoint, { log, machineName }: { log: Log; machineName: string }, { title, canGoBack, keyPage }: KeyQuestion): Promise<StoredKey | typeof BACK | undefined> {
  if (!mayCarryKey(endpoint)) {
    // A key over plain http could be read on the way, so none is asked for.
    const goOn = t('Use without a key');
    const choice = await vscode.window.showWarningMessage(
      t('{0} is reached over plain http, so no key can be sent to it. Use an https address, or go on without a key.', endpoint.host),
      { modal: true }, goOn,
    );
    if (choice !== goOn) return canGoBack ? BACK : undefined;
    return { kind: 'noKey' };
  }
  const where = endpoint.isLoopback ? t('{0} is the machine “{1}”. ', endpoint.host, machineName) : '';
  const makeKey: InputButton | undefined = keyPage === undefined ? undefined : { icon: 'link-external', label: t('Open the page where keys are made') };
  const answer = await questions.text({
    title,
    value: '',
    password: true,
    placeholder: t('API key'),
    prompt: where + t('Kept in VS Code’s secret storage and sent to {0} only. Press “No key” if the server needs none.', endpoint.origin),
    canGoBack,
    buttons: [...(makeKey ? [makeKey] : []), { icon: 'circle-slash', label: t('No key') }],
    validate: (text) => describeKeyProblem(text),
    run: (button) => {
      if (button !== makeKey || keyPage === undefined) return false;
      void vscode.env.openExternal(vscode.Uri.parse(keyPage));
      return true;
    },
  });
  if (answer === BACK || answer === undefined) return answer;
  if (typeof answer !== 'string') return { kind: 'noKey' };
  const key = answer.trim();
  log.hide(key);
  return { kind: 'key', key };
}

/** What is wrong with a typed key: an HTTP header takes visible ASCII only. */
function describeKeyProblem(text: string): string | undefined {
  const key = text.trim();
  if (key === '') return t('Type or paste the key, or press “No key”.');
  if (/^Bearer\s/i.test(key)) return t('Leave out the word “Bearer”; it is added by itself.');
  return /^[\x21-\x7e]+$/.test(key) ? undefined : t('A key holds letters, digits and signs only, without spaces. Copy it again.');
}
