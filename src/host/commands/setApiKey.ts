// "Set API Key": the key of the endpoint that is set; with none, the whole set-up.
import type { Connections } from '../connection/connections.ts';
import type { Command } from './command.ts';
import { setApiKey, setUp, type SetUpParts } from '../connection/setUp.ts';

export function setApiKeyCommand(connections: Connections, parts: SetUpParts): Command {
  return {
    id: 'setApiKey',
    async run() {
      const endpoint = connections.endpoint();
      return endpoint ? setApiKey(endpoint, parts) : setUp(parts);
    },
  };
}
