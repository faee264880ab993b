// Makes the commands of package.json out of the parts they need.
import type { Parts } from './buildParts.ts';
import { cancelAllCommand } from './commands/cancelAll.ts';
import { generateCommand } from './commands/generate.ts';
import { generateMissingCommand } from './commands/generateMissing.ts';
import { generateFromSelectionCommand } from './commands/generateFromSelection.ts';
import { insertCommand } from './commands/insert.ts';
import { openHistoryFolderCommand } from './commands/openHistoryFolder.ts';
import { openPanelCommand } from './commands/openPanel.ts';
import { removeApiKeyCommand } from './commands/removeApiKey.ts';
import { replaceLastCommand } from './commands/replaceLast.ts';
import { saveCommand } from './commands/save.ts';
import { setApiKeyCommand } from './commands/setApiKey.ts';
import { setUpCommand } from './commands/setUp.ts';
import { showLogCommand } from './commands/showLog.ts';
import { usePromptCommand } from './commands/usePrompt.ts';
import type { Command } from './command.ts';

export function createCommands(parts: Parts): Command[] {
  const { jobs, memory, unattended, state, places, setUpParts, connections, keys, images, queue, panel, folders, log, missing, missingJobs, lastEditor } = parts;
  return [
    generateCommand({ jobs, memory, unattended, draftPrompt: () => state.draft.value.prompt }),
    generateFromSelectionCommand({ jobs, memory, places }),
    setUpCommand(setUpParts),
    setApiKeyCommand(connections, setUpParts),
    removeApiKeyCommand(connections, keys),
    insertCommand(images, memory),
    replaceLastCommand(images, memory),
    usePromptCommand(state, panel),
    generateMissingCommand({ jobs, missing, missingJobs, lastEditor }),
    saveCommand(images, memory),
    cancelAllCommand(queue),
    openPanelCommand(panel),
    openHistoryFolderCommand(folders.images),
    showLogCommand(log),
  ];
}
