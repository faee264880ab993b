// Makes the commands of package.json out of the parts they need; one that says more than whom it calls has a file of its own.
import type { Parts } from '../buildParts.ts';
import { chooseService } from '../connection/chooseService.ts';
import { setApiKey, setUp } from '../connection/setUp.ts';
import { convertImageCommand } from './convertImage.ts';
import { connectAgent } from '../agents/connectAgent.ts';
import { generateCommand } from './generate.ts';
import { generateFromSelectionCommand } from './generateFromSelection.ts';
import { generateMissingCommand } from './generateMissing.ts';
import { generateMissingInFolderCommand } from './generateMissingInFolder.ts';
import { imageIdFrom } from './imageIdFrom.ts';
import { openHistoryFolderCommand } from './openHistoryFolder.ts';
import { removeAllApiKeysCommand } from './removeAllApiKeys.ts';
import { removeApiKeyCommand } from './removeApiKey.ts';
import { usePromptCommand } from './usePrompt.ts';
import type { Command } from './command.ts';

export function createCommands(parts: Parts): Command[] {
  const { agents, memory, setUpParts, connections, keys, images, queue, panel, folders, log } = parts;
  return [
    generateCommand(parts),
    generateFromSelectionCommand(parts),
    generateMissingCommand(parts),
    generateMissingInFolderCommand(parts),
    removeApiKeyCommand(connections, keys),
    removeAllApiKeysCommand(keys),
    usePromptCommand(parts),
    convertImageCommand(parts),
    openHistoryFolderCommand(folders.images),
    { id: 'connectAgent', run: () => connectAgent(agents.connect) },
    { id: 'setUp', run: () => setUp(setUpParts) },
    { id: 'chooseService', run: () => chooseService(setUpParts) },
    {
      id: 'setApiKey',
      run() {
        const endpoint = connections.endpoint();
        return endpoint ? setApiKey(endpoint, setUpParts) : setUp(setUpParts);
      },
    },
    { id: 'insert', run: (argument) => images.insert([imageIdFrom(argument, memory)]) },
    { id: 'replaceLast', run: (argument) => images.replaceLast(imageIdFrom(argument, memory)) },
    { id: 'save', run: (argument) => images.save([imageIdFrom(argument, memory)]) },
    { id: 'cancelAll', run: () => queue.cancelAll() },
    { id: 'openPanel', run: () => panel.focus() },
    { id: 'showLog', run: () => log.show() },
  ];
}
