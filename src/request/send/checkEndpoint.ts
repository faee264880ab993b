// Asks an endpoint, without paying, whether it can be reached and takes the key.
import { keyFor, nameError, type Connection, type Transport } from './client.ts';
import { Deadline, Ended } from '../transport/deadline.ts';
import { Failure } from '../failures/failure.ts';
import { ByteGatherer } from '../transport/gatherBytes.ts';
import { readBody } from '../transport/readBody.ts';

/**
 * - `fine`: the list of models is refused without the key and given with it.
 * - `keyRefused`: refused both without and with the key.
 * - `unknown`: reachable, but the list is open to everyone, missing, or no list: it proves nothing about the key.
 */
export type CheckResult = 'fine' | 'keyRefused' | 'unknown';

const CHECK_MS = 30 * 1000;
/** Lists of hundreds of models fit; what is larger proves nothing. In bytes. */
const LARGEST_LIST = 4 * 1024 * 1024;

/**
 * The free check: GET of the `models` path, once without and once with the key, 30 s for both. Without a key (the choice
 * "No key") there is one call: `fine` where the list is given, `keyRefused` where the server asks for a key after all.
 *
 * Throws `Failure`: `unreachable`, `certificateRefused`, `connectionLost`, `timedOut` or `cancelled`; nothing is billed.
 */
export async function checkEndpoint(connection: Connection, transport: Transport, signal: AbortSignal): Promise<CheckResult> {
  const deadline = new Deadline(transport.clock, CHECK_MS, signal);
  try {
    const without = await askForModels(connection, undefined, transport, deadline);
    const key = keyFor(connection);
    if (connection.key === undefined) return without === 'given' ? 'fine' : without === 'refused' ? 'keyRefused' : 'unknown';
    // A list that is open to all says nothing about the key, so the key need not be shown for it.
    if (key === undefined || without !== 'refused') return 'unknown';
    const withKey = await askForModels(connection, key, transport, deadline);
    return withKey === 'given' ? 'fine' : withKey === 'refused' ? 'keyRefused' : 'unknown';
  } catch (error) {
    const failure = nameError(error);
    throw new Failure(failure.reason, { ...failure.facts, billed: 'no' });
  } finally {
    deadline.close();
  }
}

async function askForModels({ endpoint }: Connection, key: string | undefined, { fetch, clock }: Transport, all: Deadline): Promise<'given' | 'refused' | 'unclear'> {
  const headers: Record<string, string> = { Accept: 'application/json', 'Accept-Encoding': 'identity' };
  if (key !== undefined) headers['Authorization'] = `Bearer ${key}`;
  const call = new Deadline(clock, CHECK_MS, all.signal);
  try {
    const response = await all.wait(fetch(endpoint.modelsUrl, { method: 'GET', headers, signal: call.signal, redirect: 'manual' }));
    if (response.status === 401 || response.status === 403) return 'refused';
    if (response.status < 200 || response.status >= 300) return 'unclear';
    const gatherer = new ByteGatherer(LARGEST_LIST);
    const complete = await readBody(response, gatherer, all).then(
      () => true,
      () => false,
    );
    if (all.endedBy) throw new Ended(all.endedBy);
    return complete && isList(new TextDecoder().decode(gatherer.take())) ? 'given' : 'unclear';
  } finally {
    call.close();
  }
}

function isList(text: string): boolean {
  try {
    const json: unknown = JSON.parse(text);
    if (Array.isArray(json)) return true;
    if (typeof json !== 'object' || json === null) return false;
    return ('data' in json && Array.isArray(json.data)) || ('models' in json && Array.isArray(json.models));
  } catch {
    return false;
  }
}
