// Asks for the base URL, unless the service has one for everybody.
import * as vscode from 'vscode';
import { readEndpoint, type Endpoint, type EndpointProblem } from '../../request/send/endpointUrl.ts';
import { knownServiceAt } from '../../services/findKnown.ts';
import type { KnownService } from '../../services/knownService.ts';
import { BACK, type Questions } from '../window/inputs.ts';
import { readSetting } from '../window/settings.ts';
import type { ChosenService } from './askService.ts';

const t = vscode.l10n.t;

interface Address {
  endpoint: Endpoint;
  /** As it belongs into the setting. */
  text: string;
  service: KnownService | undefined;
}

/** Undefined when the person left. */
export async function askEndpoint(questions: Questions, { service, typed: value, isAnswer }: ChosenService): Promise<Address | typeof BACK | undefined> {
  const fixed = service?.endpoint;
  if (fixed !== undefined) {
    const result = readEndpoint(fixed);
    return 'endpoint' in result ? { endpoint: result.endpoint, text: fixed, service } : undefined;
  }
  let typed = value;
  let guess = '';
  for (;;) {
    const answer = isAnswer && guess === '' ? typed : await questions.text({
      title: t('Set Up: Endpoint'),
      value: typed,
      placeholder: service?.example ?? 'https://api.example.com',
      prompt: guess === '' ? t('Base URL of the image endpoint. Enter to go on.') : t('Is this the address that you mean? Enter to take it.'),
      canGoBack: true,
      validate: (text) => {
        const result = readEndpoint(text);
        return 'problem' in result ? describeProblem(result.problem) : undefined;
      },
    });
    if (answer === BACK) return BACK;
    if (typeof answer !== 'string') return undefined;
    const result = readEndpoint(answer);
    if (!('endpoint' in result)) continue;
    typed = result.text;
    // What was added is seen before anything is sent there.
    guess = result.isGuess ? typed : '';
    if (result.isGuess) continue;
    if (result.note === 'noImagePath') void vscode.window.showWarningMessage(t('No public page of {0} shows an image path at this address. A gateway that offers /v1/images/generations is needed.', result.endpoint.host));
    return { endpoint: result.endpoint, text: typed, service: service ?? serviceOf(result.endpoint.host) };
  }
}

/** A port of this machine says little about the program behind it; for the host that is set, model and sizes are chosen already. */
function serviceOf(host: string): KnownService | undefined {
  const current = readEndpoint(readSetting('endpoint'));
  const service = knownServiceAt(host);
  return service?.kind === 'ownMachine' || ('endpoint' in current && current.endpoint.host === host) ? undefined : service;
}

/** One sentence for each way in which a base URL cannot be used. */
function describeProblem(problem: EndpointProblem): string {
  switch (problem) {
    case 'empty': return t('Type the base URL, such as https://api.example.com.');
    case 'notAUrl': return t('This is not a URL. Write it like https://api.example.com.');
    case 'notHttp': return t('The address has to start with https:// (or http:// for a server on this machine).');
    case 'hasUserInfo': return t('Leave out the user name and password; the key is asked for next.');
    case 'hasQuery': return t('Leave out the part from “?” on.');
    case 'hasPlaceholder': return t('Replace the part in braces by your own.');
    case 'hasFragment': return t('Leave out the part from “#” on.');
  }
}
