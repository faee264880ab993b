// Makes the commands of package.json out of the parts they need.
import type { Parts } from '../buildParts.ts';
import { cancelAllCommand } from './cancelAll.ts';
import { generateCommand } from './generate.ts';
import { generateMissingCommand } from './generateMissing.ts';
import { generateFromSelectionCommand } from './generateFromSelection.ts';
import { insertCommand } from './insert.ts';
import { openHistoryFolderCommand } from './openHistoryFolder.ts';
import { openPanelCommand } from './openPanel.ts';
import { removeApiKeyCommand } from './removeApiKey.ts';
import { replaceLastCommand } from './replaceLast.ts';
import { saveCommand } from './save.ts';
import { setApiKeyCommand } from './setApiKey.ts';
import { setUpCommand } from './setUp.ts';
import { showLogCommand } from './showLog.ts';
import { usePromptCommand } from './usePrompt.ts';
import type { Command } from './command.ts';

export function createCommands(parts: Parts): Command[] {
  const { jobs, memory, unattended, state, anchors, setUpParts, connections, keys, images, queue, panel, folders, log, missing, missingJobs, lastEditor } = parts;
  return [
    generateCommand({ jobs, memory, unattended, draftPrompt: () => state.draft.value.prompt }),
    generateFromSelectionCommand({ jobs, memory, anchors }),
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
