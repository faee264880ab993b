// Names what the set-up of a service works with.
import type { Transport } from '../../request/send/client.ts';
import type { FailureReports } from '../failures/failureReports.ts';
import type { Log } from '../window/log.ts';
import type { Connections } from './connections.ts';
import type { KeyStore } from './keyStore.ts';

export interface SetUpParts {
  keys: KeyStore;
  transport: Transport;
  connections: Connections;
  reports: FailureReports;
  log: Log;
  /** Of the machine that sends. */
  machineName: string;
}
