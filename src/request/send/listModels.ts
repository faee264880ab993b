// Gets an endpoint's list of models, which costs nothing.
import { keyFor, nameError, type Connection, type Transport } from './client.ts';
import { Deadline, Ended } from '../transport/deadline.ts';
import { Failure } from '../failures/failure.ts';
import { ByteGatherer } from '../transport/gatherBytes.ts';
import { readBody } from '../transport/readBody.ts';

/** Lists of hundreds of models fit; what is larger is none. In bytes. */
const LARGEST_LIST = 4 * 1024 * 1024;
const LIST_MS = 20 * 1000;

/** `unclear`: neither given nor refused for want of a key. */
type ModelsAnswer = { state: 'given'; text: string } | { state: 'refused' | 'unclear' };

/** One GET of the `models` path, with this key or without one. No redirect is followed. Throws what the transport throws. */
export async function getModels({ endpoint }: Pick<Connection, 'endpoint'>, key: string | undefined, { fetch }: Transport, deadline: Deadline, signal: AbortSignal): Promise<ModelsAnswer> {
  const headers: Record<string, string> = { Accept: 'application/json', 'Accept-Encoding': 'identity' };
  if (key !== undefined) headers['Authorization'] = `Bearer ${key}`;
  const response = await deadline.wait(fetch(endpoint.modelsUrl, { method: 'GET', headers, signal, redirect: 'manual' }));
  if (response.status === 401 || response.status === 403) return { state: 'refused' };
  if (response.status < 200 || response.status >= 300) return { state: 'unclear' };
  const gatherer = new ByteGatherer(LARGEST_LIST);
  const complete = await readBody(response, gatherer, deadline).then(
    () => true,
    () => false,
  );
  if (deadline.endedBy) throw new Ended(deadline.endedBy);
  return complete ? { state: 'given', text: new TextDecoder().decode(gatherer.take()) } : { state: 'unclear' };
}

/** The list as the endpoint wrote it; undefined if it gives none. @throws Failure if it cannot be reached */
export async function listModels(connection: Connection, transport: Transport, signal: AbortSignal): Promise<string | undefined> {
  const deadline = new Deadline(transport.clock, LIST_MS, signal);
  try {
    const answer = await getModels(connection, keyFor(connection), transport, deadline, deadline.signal);
    return answer.state === 'given' ? answer.text : undefined;
  } catch (error) {
    const failure = nameError(error);
    throw new Failure(failure.reason, { ...failure.facts, billed: 'no' });
  } finally {
    deadline.close();
  }
}
