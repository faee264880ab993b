// Leads through the set-up: base URL, key, and a check that costs nothing.
import * as vscode from 'vscode';
import { checkEndpoint } from '../../request/send/checkEndpoint.ts';
import type { Transport } from '../../request/send/client.ts';
import { mayCarryKey, readEndpoint, type Endpoint, type EndpointProblem } from '../../request/send/endpointUrl.ts';
import { Failure } from '../../request/failures/failure.ts';
import type { FailureReports } from '../failures/failureReports.ts';
import { askedOf, type Connections } from './connections.ts';
import { askInTurn, BACK, type Questions } from '../window/inputs.ts';
import type { KeyStore } from './keyStore.ts';
import type { Log } from '../window/log.ts';
import { readSetting, writeSetting } from '../window/settings.ts';

const t = vscode.l10n.t;

export interface SetUpParts {
  keys: KeyStore;
  transport: Transport;
  connections: Connections;
  reports: FailureReports;
  log: Log;
  /** Of the machine that sends. */
  machineName: string;
}

/** Asks for base URL and key, stores both and checks them. False when the person left, which changes nothing. */
export async function setUp(parts: SetUpParts): Promise<boolean> {
  const endpoint = await askInTurn((questions) => askEndpoint(questions, parts));
  if (!endpoint) return false;
  await check(endpoint, parts);
  return true;
}

/** The endpoint, stored with its key; undefined when the person left. */
async function askEndpoint(questions: Questions, parts: SetUpParts): Promise<Endpoint | undefined> {
  let typed = readSetting('endpoint');
  let guess = '';
  for (;;) {
    const answer = await questions.text({
      title: t('Set Up (1/2): Endpoint'),
      value: typed,
      placeholder: 'https://api.example.com',
      prompt: guess === '' ? t('Base URL of the image endpoint. Enter to go on.') : t('Is this the address that you mean? Enter to take it.'),
      validate: (text) => {
        const result = readEndpoint(text);
        return 'problem' in result ? describeProblem(result.problem) : undefined;
      },
    });
    if (typeof answer !== 'string') return undefined;
    const result = readEndpoint(answer);
    if (!('endpoint' in result)) continue;
    typed = result.text;
    // What was added is seen before anything is sent there.
    guess = result.isGuess ? typed : '';
    if (result.isGuess) continue;
    if (result.note === 'noImagePath') void vscode.window.showWarningMessage(t('No public page of {0} shows an image path at this address. A gateway that offers /v1/images/generations is needed.', result.endpoint.host));
    const stored = await askKey(questions, result.endpoint, parts, t('Set Up (2/2): API Key'), true);
    if (stored === BACK) continue;
    if (!stored) return undefined;
    if (typed !== readSetting('endpoint')) await writeSetting('endpoint', typed);
    return result.endpoint;
  }
}

/** Leads through Set Up if that is due; false when the person left it. */
export async function ensureSetUp(parts: SetUpParts): Promise<boolean> {
  return !(await parts.connections.needsSetUp()) || setUp(parts);
}

/** Asks for the key of this endpoint only. False when the person left. */
export async function setApiKey(endpoint: Endpoint, parts: SetUpParts): Promise<boolean> {
  if ((await askInTurn((questions) => askKey(questions, endpoint, parts, t('API Key'), false))) !== true) return false;
  await check(endpoint, parts);
  return true;
}

async function askKey(questions: Questions, endpoint: Endpoint, { keys, log, machineName }: SetUpParts, title: string, canGoBack: boolean): Promise<boolean | typeof BACK> {
  const noKey = t('No key');
  if (!mayCarryKey(endpoint)) {
    // A key over plain http could be read on the way, so none is asked for.
    const goOn = t('Use without a key');
    const choice = await vscode.window.showWarningMessage(
      t('{0} is reached over plain http, so no key can be sent to it. Use an https address, or go on without a key.', endpoint.host),
      { modal: true }, goOn,
    );
    if (choice !== goOn) return canGoBack ? BACK : false;
    await keys.set(endpoint.origin, { kind: 'noKey' });
    return true;
  }
  const where = endpoint.isLoopback
    ? t('{0} is the machine “{1}”. ', endpoint.host, machineName)
    : '';
  const answer = await questions.text({
    title,
    value: '',
    password: true,
    placeholder: t('API key'),
    prompt: where + t('Kept in VS Code’s secret storage and sent to {0} only. Press “No key” if the server needs none.', endpoint.origin),
    canGoBack,
    buttons: [{ icon: 'circle-slash', label: noKey }],
    validate: (text) => describeKeyProblem(text),
  });
  if (answer === BACK) return BACK;
  if (answer === undefined) return false;
  if (typeof answer !== 'string') {
    await keys.set(endpoint.origin, { kind: 'noKey' });
    return true;
  }
  const key = answer.trim();
  log.hide(key);
  await keys.set(endpoint.origin, { kind: 'key', key });
  return true;
}

/** What is wrong with a typed key: an HTTP header takes visible ASCII only. */
function describeKeyProblem(text: string): string | undefined {
  const key = text.trim();
  if (key === '') return t('Type or paste the key, or press “No key”.');
  if (/^Bearer\s/i.test(key)) return t('Leave out the word “Bearer”; it is added by itself.');
  return /^[\x21-\x7e]+$/.test(key) ? undefined : t('A key holds letters, digits and signs only, without spaces. Copy it again.');
}

/** The free check, told in one sentence. */
async function check(endpoint: Endpoint, { keys, transport, reports, log }: SetUpParts): Promise<void> {
  const stored = await keys.get(endpoint.origin);
  const key = stored?.kind === 'key' ? stored.key : undefined;
  const controller = new AbortController();
  try {
    const outcome = await vscode.window.withProgress(
      { location: vscode.ProgressLocation.Notification, title: t('Checking {0} (free)…', endpoint.host), cancellable: true },
      async (_progress, token) => {
        token.onCancellationRequested(() => controller.abort());
        return checkEndpoint({ endpoint, key, timeoutMs: readSetting('timeoutSeconds') * 1000 }, transport, controller.signal);
      },
    );
    if (outcome === 'keyRefused') reports.showError(new Failure(key === undefined ? 'keyMissing' : 'keyRefused', { asked: askedOf(endpoint) }));
    else void vscode.window.showInformationMessage(describeOutcome(outcome, key !== undefined, endpoint.host));
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    if (error.reason === 'cancelled') return;
    log.warn(`The free check of ${endpoint.origin} failed: ${error.reason}`);
    reports.showError(error.with({ asked: askedOf(endpoint) }));
  }
}

function describeOutcome(outcome: 'fine' | 'unknown', hasKey: boolean, host: string): string {
  if (!hasKey) {
    return outcome === 'fine'
      ? t('{0} answers without a key. You are ready to generate.', host)
      : t('{0} is reachable. Whether it makes images without a key cannot be checked without paying.', host);
  }
  return outcome === 'fine'
    ? t('{0} accepts the key. You are ready to generate.', host)
    : t('{0} is reachable. Whether it accepts the key cannot be checked without paying.', host);
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
