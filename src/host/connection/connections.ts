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
    return (await this.problem()) !== undefined;
  }

  /** What keeps from sending now, as a failure; undefined with a usable endpoint and its key. */
  async problem(): Promise<Failure | undefined> {
    const endpoint = this.endpoint();
    if (!endpoint) return new Failure('wrongAddress');
    if (endpoint.isLoopback || (await this.#keys.has(endpoint.origin))) return undefined;
    return new Failure('keyMissing', { asked: askedOf(endpoint) });
  }

  /** @throws Failure `keyMissing` if Set Up is due, so that nothing is sent without its key. */
  async connect(): Promise<Connection> {
    const endpoint = this.endpoint();
    if (!endpoint) throw new Failure('wrongAddress');
    const stored = await this.#keys.get(endpoint.origin);
    if (!stored && !endpoint.isLoopback) throw new Failure('keyMissing', { asked: askedOf(endpoint) });
    if (stored?.kind === 'key') this.#log.hide(stored.key);
    return {
      endpoint,
      key: stored?.kind === 'key' ? stored.key : undefined,
      timeoutMs: readSetting('timeoutSeconds') * 1000,
    };
  }
}

/** What a failure of this endpoint says of itself, as the settings are now. */
export function askedOf(endpoint: Endpoint): NonNullable<Failure['facts']['asked']> {
  return { host: endpoint.host, model: readSetting('model'), timeoutMs: readSetting('timeoutSeconds') * 1000 };
}
