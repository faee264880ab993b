// Describes the two calls that a job makes, and makes them of the endpoint client and a transport.
import type { Answer } from '../request/answer.ts';
import type { Clock } from '../request/clock.ts';
import type { Connection } from '../request/client.ts';
import type { ImageRequest } from '../prompt/imageRequest.ts';

export interface Service {
  /** One POST. @throws Failure */
  request(request: ImageRequest, connection: Connection, options: { signal: AbortSignal }): Promise<Answer>;
  /** Free to repeat. `endpointOrigin` decides whether plain http is allowed. @throws Failure */
  download(
    url: string,
    endpointOrigin: string,
    options: { signal: AbortSignal; onProgress: (receivedBytes: number, totalBytes: number | undefined) => void },
  ): Promise<Uint8Array>;
}
void (0 as unknown as Clock);
