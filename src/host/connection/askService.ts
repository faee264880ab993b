// Asks which service it is: one that is known, or another address.
import * as vscode from 'vscode';
import { readEndpoint } from '../../request/send/endpointUrl.ts';
import type { KnownService } from '../../services/knownService.ts';
import { KNOWN_SERVICES } from '../../services/knownServices.ts';
import type { Choice, Questions } from '../window/inputs.ts';
import { readSetting } from '../window/settings.ts';

const t = vscode.l10n.t;

export interface ChosenService {
  /** Undefined for another address. */
  service: KnownService | undefined;
  /** What the address question begins with: nothing that was typed is lost. */
  typed: string;
  /** Whether a person typed that into the list, so that it need not be asked for once more. */
  isAnswer: boolean;
}

type Answer = KnownService | 'other' | 'current';

/** Undefined when the person left. */
export async function askService(questions: Questions): Promise<ChosenService | undefined> {
  const chosen = await questions.choiceAndText<Answer>({
    title: t('Set Up: Service'),
    placeholder: t('Which service makes the images? Type to filter, or type an address.'),
    choices: serviceChoices(),
  });
  if (chosen === undefined || typeof chosen === 'symbol') return undefined;
  const { value, typed } = chosen;
  if (value === 'current') return { service: undefined, typed: readSetting('endpoint'), isAnswer: false };
  if (value === 'other') return { service: undefined, typed: typed.trim(), isAnswer: looksLikeAddress(typed) };
  return { service: value, typed: '', isAnswer: false };
}

function serviceChoices(): Choice<Answer>[] {
  const current = readEndpoint(readSetting('endpoint'));
  return [
    ...('endpoint' in current ? [{ label: current.endpoint.host, description: t('the address that is set now'), value: 'current' as const }] : []),
    ...group('gateway', t('Gateways')),
    ...group('service', t('Services')),
    ...group('ownMachine', t('On your own machine')),
    // Always there, so it is the first one when none fits.
    { label: t('Another address…'), description: t('any server with POST /v1/images/generations'), alwaysShow: true, value: 'other' },
  ];
}

function group(kind: KnownService['kind'], title: string): Choice<Answer>[] {
  const services = KNOWN_SERVICES.filter((service) => service.kind === kind);
  return [
    { label: title, kind: vscode.QuickPickItemKind.Separator, value: 'other' },
    ...services.map((service) => ({ label: service.name, description: [service.models[0]?.id, service.endpoint && new URL(service.endpoint).host].filter((part) => part !== undefined).join(' · '), value: service })),
  ];
}

/** Somebody who types an address into the filter wants that address. */
function looksLikeAddress(text: string): boolean {
  return /[.:/]/.test(text) && 'endpoint' in readEndpoint(text);
}
