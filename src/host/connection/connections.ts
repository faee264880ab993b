// Turns the endpoint setting and the key store into the connection that a request uses.
import type { Connection } from '../../request/send/client.ts';
import { readEndpoint, type Endpoint } from '../../request/send/endpointUrl.ts';
import { Failure } from '../../request/failures/failure.ts';
import type { KeyStore } from './keyStore.ts';
import type { Log } from '../window/log.ts';
import { readSetting } from '../window/settings.ts';

export class Connections {
  readonly #keys: KeyStore;
  readonly #log: Log;

  constructor(keys: KeyStore, log: Log) {
    this.#keys = keys;
    this.#log = log;
  }

  /** The endpoint of the setting; undefined when it is empty or cannot be used. */
  endpoint(): Endpoint | undefined {
    const result = readEndpoint(readSetting('endpoint'));
    return 'endpoint' in result ? result.endpoint : undefined;
  }

  /** True with no usable endpoint, or with a remote one for which neither a key nor "No key" is stored. */
  async needsSetUp(): Promise<boolean> {
    const endpoint = this.endpoint();
    if (!endpoint) return true;
    if (endpoint.isLoopback) return false;
    return (await this.#keys.get(endpoint.origin)) === undefined;
  }

  /** @throws Failure `keyMissing` where Set Up is due, so that nothing is sent without its key. */
  async connect(): Promise<Connection> {
    const endpoint = this.endpoint();
    if (!endpoint) throw new Failure('wrongAddress');
    const stored = await this.#keys.get(endpoint.origin);
    if (!stored && !endpoint.isLoopback) throw new Failure('keyMissing');
    if (stored?.kind === 'key') this.#log.hide(stored.key);
    return {
      endpoint,
      key: stored?.kind === 'key' ? stored.key : undefined,
      timeoutMs: readSetting('timeoutSeconds') * 1000,
    };
  }
}
