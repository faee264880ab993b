// Lists the names that package.json and the code share.

/** Ids of the commands, without the prefix; each has a file of its name in commands/. */
export const COMMAND_IDS = [
  'generate', 'generateFromSelection', 'setUp', 'setApiKey', 'removeApiKey', 'insert', 'replaceLast', 'save',
  'cancelAll', 'openPanel', 'openHistoryFolder', 'showLog', 'generateMissing', 'generateMissingInFolder', 'usePrompt', 'convertImage', 'removeAllApiKeys', 'connectAgent', 'chooseService',
] as const;

export type CommandId = (typeof COMMAND_IDS)[number];

/** Prefix of commands, settings and context keys. */
export const PREFIX = 'generateImage';

export const PANEL_VIEW_ID = 'generateImage.panel';

export function fullId(id: CommandId): string {
  return `${PREFIX}.${id}`;
}

/** Key in the global memory: true as long as a person lets agents beside VS Code in. */
export const AGENTS_CONNECTED = 'agentsConnected';

/** Key in the global memory: when an image was copied that may still be on the clipboard, in milliseconds since 1970. */
export const IMAGE_COPIED_MS = 'imageCopiedMs';

/** Under this name the workspace keeps what is about to be asked for. */
export const DRAFT = 'draft';
