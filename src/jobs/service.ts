// Makes the two calls of a job out of the endpoint client and a transport.
import type { ImageRequest } from '../prompt/imageRequest.ts';
import type { Answer } from '../request/answer/answer.ts';
import { requestImages, type Connection, type Transport } from '../request/send/client.ts';
import { downloadImage } from '../request/download/download.ts';

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

export function createService(transport: Transport): Service {
  return {
    request: (request, connection, options) => requestImages(request, connection, transport, options),
    download: (url, endpointOrigin, options) => downloadImage(url, { origin: endpointOrigin }, transport, options),
  };
}
