// Runs the free check of an endpoint and tells its outcome in one sentence.
import * as vscode from 'vscode';
import { checkEndpoint } from '../../request/send/checkEndpoint.ts';
import type { Transport } from '../../request/send/client.ts';
import type { Endpoint } from '../../request/send/endpointUrl.ts';
import { Failure } from '../../request/failures/failure.ts';
import type { FailureReports } from '../failures/failureReports.ts';
import type { Log } from '../window/log.ts';
import { readSetting } from '../window/settings.ts';
import { askedOf } from './connections.ts';
import type { KeyStore } from './keyStore.ts';

const t = vscode.l10n.t;

interface CheckParts {
  keys: KeyStore;
  transport: Transport;
  reports: FailureReports;
  log: Log;
}

/** `told` follows the outcome if that is no failure. */
export async function checkConnection(endpoint: Endpoint, { keys, transport, reports, log }: CheckParts, told = ''): Promise<void> {
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
    else void vscode.window.showInformationMessage([describeOutcome(outcome, key !== undefined, endpoint.host), told].filter((part) => part !== '').join(' '));
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
