// Asks an endpoint, without paying, whether it can be reached and takes the key.
import { keyFor, nameError, type Connection, type Transport } from './client.ts';
import { Deadline } from '../transport/deadline.ts';
import { Failure } from '../failures/failure.ts';
import { getModels } from './listModels.ts';

/**
 * - `fine`: the list of models is refused without the key and given with it.
 * - `keyRefused`: refused both without and with the key.
 * - `unknown`: reachable, but the list is open to everyone, missing, or no list: it proves nothing about the key.
 */
export type CheckResult = 'fine' | 'keyRefused' | 'unknown';

const CHECK_MS = 30 * 1000;

/**
 * The free check: GET of the `models` path, once without and once with the key, 30 s for both. Without a key (the choice
 * "No key") there is one call: `fine` if the list is given, `keyRefused` if the server asks for a key after all.
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

async function askForModels(connection: Connection, key: string | undefined, transport: Transport, all: Deadline): Promise<'given' | 'refused' | 'unclear'> {
  const call = new Deadline(transport.clock, CHECK_MS, all.signal);
  try {
    const answer = await getModels(connection, key, transport, all, call.signal);
    return answer.state === 'given' && !isList(answer.text) ? 'unclear' : answer.state;
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
