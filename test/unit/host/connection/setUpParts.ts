// Puts Set Up and the choice of a service on secrets, settings and a network of their own, as the product does.
import { Connections } from '../../../../src/host/connection/connections.ts';
import { KeyStore } from '../../../../src/host/connection/keyStore.ts';
import type { SetUpParts } from '../../../../src/host/connection/setUpParts.ts';
import { FailureReports } from '../../../../src/host/failures/failureReports.ts';
import { Log } from '../../../../src/host/window/log.ts';
import type { LogOutputChannel } from 'vscode';
import { createNodeFetch } from '../../../../src/node/nodeFetch.ts';
import type { Fetch } from '../../../../src/request/transport/fetch.ts';
import { createSecrets } from '../../../vscodeModule/world.ts';
import { systemClock } from '../../systemClock.ts';

/** No key is stored; the settings are those of the world. */
export function makeSetUp(fetch: Fetch = createNodeFetch()): SetUpParts {
  const keys = new KeyStore(createSecrets());
  const write = (): void => undefined;
  const log = new Log({ info: write, warn: write, error: write, trace: write } as unknown as LogOutputChannel);
  return { keys, log, transport: { fetch, clock: systemClock }, connections: new Connections(keys, log), reports: new FailureReports(log), machineName: 'here' };
}
