// Leads through the set-up: service, what is still missing of it, and a check that costs nothing.
import * as vscode from 'vscode';
import type { Endpoint } from '../../request/send/endpointUrl.ts';
import type { ServiceSettings } from '../../services/savedService.ts';
import { askInTurn, BACK, type Questions } from '../window/inputs.ts';
import { askEndpoint } from './askEndpoint.ts';
import { askKey } from './askKey.ts';
import { askModel } from './askModel.ts';
import { askService, type ChosenService } from './askService.ts';
import { checkConnection } from './checkConnection.ts';
import type { StoredKey } from './keyStore.ts';
import { applySettings, describeSettings, settingsFor } from './serviceSettings.ts';
import type { SetUpParts } from './setUpParts.ts';

const t = vscode.l10n.t;

interface Answers {
  endpoint: Endpoint;
  stored: StoredKey | undefined;
  settings: ServiceSettings;
  isKnown: boolean;
}

/** Asks which service it is and for what it lacks, stores that and checks it. False when the person left, which changes nothing. */
export async function setUp(parts: SetUpParts): Promise<boolean> {
  const answers = await askInTurn((questions) => ask(questions, parts));
  if (!answers) return false;
  const { endpoint, stored, settings, isKnown } = answers;
  if (stored) await parts.keys.set(endpoint.origin, stored);
  await applySettings(settings);
  await checkConnection(endpoint, parts, isKnown ? describeSettings(settings, endpoint.host) : undefined);
  return true;
}

async function ask(questions: Questions, parts: SetUpParts): Promise<Answers | undefined> {
  for (;;) {
    const chosen = await askService(questions);
    if (!chosen) return undefined;
    const answers = await askWhatIsMissing(questions, chosen, parts);
    if (answers !== BACK) return answers;
  }
}

async function askWhatIsMissing(questions: Questions, chosen: ChosenService, parts: SetUpParts): Promise<Answers | typeof BACK | undefined> {
  let { typed, isAnswer } = chosen;
  for (;;) {
    const address = await askEndpoint(questions, { ...chosen, typed, isAnswer });
    if (address === BACK || !address) return address;
    const { endpoint, text, service } = address;
    typed = text;
    isAnswer = false;
    // Where the list named the address, the way back from the next question leads to the list.
    const isFixed = chosen.service?.endpoint !== undefined;
    const needsNoKey = service?.kind === 'ownMachine' && service.needsKey !== true && endpoint.isLoopback;
    const stored = needsNoKey ? undefined : await askKey(questions, endpoint, parts, { title: t('Set Up: API Key'), canGoBack: true, ...(service?.keyPage !== undefined && { keyPage: service.keyPage }) });
    if (stored === BACK && isFixed) return BACK;
    if (stored === BACK) continue;
    if (!needsNoKey && !stored) return undefined;
    const model = service && (service.models[0]?.id ?? (await askModel(questions, { endpoint, stored, service }, parts)));
    if (model === BACK) continue;
    if (service && model === undefined) return undefined;
    return { endpoint, stored, settings: settingsFor(service, text, model), isKnown: service !== undefined };
  }
}

/** Leads through Set Up if that is due; false when the person left it. */
export async function ensureSetUp(parts: SetUpParts): Promise<boolean> {
  return !(await parts.connections.needsSetUp()) || setUp(parts);
}

/** Asks for the key of this endpoint only. False when the person left. */
export async function setApiKey(endpoint: Endpoint, parts: SetUpParts): Promise<boolean> {
  const stored = await askInTurn((questions) => askKey(questions, endpoint, parts, { title: t('API Key'), canGoBack: false }));
  if (stored === undefined || stored === BACK) return false;
  await parts.keys.set(endpoint.origin, stored);
  await checkConnection(endpoint, parts);
  return true;
}
