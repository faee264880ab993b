// Builds the product out of its parts, and answers what was registered for it.
import type * as vscode from 'vscode';
import type { ApiCalls } from './agents/api.ts';
import type { AgentCalls } from './agents/languageModelTools.ts';
import { buildParts } from './buildParts.ts';
import { runCommand } from './commands/command.ts';
import { createCommands } from './commands/createCommands.ts';
import type { CommandId } from './window/ids.ts';
import type { LinkCalls } from './links/linkOffers.ts';
import type { LastEditor } from './insert/lastEditor.ts';
import { MissingHints } from './missing/missingHints.ts';
import type { MissingImage } from './missing/missingImages.ts';
import type { Platform } from './platform.ts';
import { recoverAndReport } from './jobs/recoveryReport.ts';
import { generateUnattended } from './jobs/unattended.ts';

/** What the extension's entry asks of the product. */
export interface Product extends AgentCalls, ApiCalls, LinkCalls {
  /** From now on the page that the view shows is the product's; `early` is what it has said already. */
  takeOverPanel(view: vscode.WebviewView, early: readonly unknown[]): void;
  /** Never rejects with a failure that a person was told of already. */
  runCommand(id: CommandId, args: readonly unknown[]): Promise<unknown>;
  findMissing(document: vscode.TextDocument, range: vscode.Range): Promise<MissingImage[]>;
  /** From now on, links without a file are underlined in documents whose settings say so. */
  showHints(): void;
  /** Lets agents beside VS Code in, if a person ever connected one. Never rejects. */
  openDoorIfWanted(): Promise<void>;
  /** From now on, a paste may be that of an image. */
  offerPaste(): void;
  /** Takes up what earlier windows left unfinished. Never rejects. */
  recover(): Promise<void>;
}

/** What dead windows left beside unfinished jobs is tidied up when there is a moment. */
const TIDY_AFTER_MS = 3000;

/** Everything that has to end with the window goes into `context.subscriptions`. */
export type CreateProduct = (context: vscode.ExtensionContext, lastEditor: LastEditor) => Product;

/** @param createPlatform takes the absolute paths of the folder that the extension is in, and of the one it may write to; then its version. */
export function productOn(createPlatform: (extensionFolder: string, storageFolder: string, version: string) => Platform): CreateProduct {
  return (context, lastEditor) => {
    const version = versionOf(context);
    return makeProduct(context, lastEditor, createPlatform(context.extensionUri.fsPath, context.globalStorageUri.fsPath, version), version);
  };
}

function makeProduct(context: vscode.ExtensionContext, lastEditor: LastEditor, platform: Platform, version: string): Product {
  const parts = buildParts(context, lastEditor, platform, version);
  const { panel, reports, agents, linkActions, log, kept, missing, recovery } = parts;
  const commands = createCommands(parts);
  const recover = (): Promise<void> => recoverAndReport(recovery, kept, log, () => panel.focus()).catch((error: unknown) => log.error('Recovery failed', error));
  const tidying = setTimeout(() => void recover(), TIDY_AFTER_MS);
  context.subscriptions.push(...parts.disposables, { dispose: () => clearTimeout(tidying) });
  return {
    takeOverPanel: (view, early) => panel.takeOver(view, early),
    async runCommand(id, args) {
      const command = commands.find((candidate) => candidate.id === id);
      return command && runCommand(command, args, reports);
    },
    findMissing: (document, range) => missing.find(document, range),
    showHints: () => void context.subscriptions.push(new MissingHints(missing)),
    offerPaste: () => parts.pasteOffer.begin(),
    recover,
    linkHover: (...at) => linkActions.linkHover(...at),
    linkActions: (...at) => linkActions.linkActions(...at),
    changeLink: (call) => linkActions.changeLink(call),
    callTool: (...call) => agents.callTool(...call),
    confirmTool: (...call) => agents.confirmTool(...call),
    generateImage: (options) => generateUnattended(options, parts.unattended),
    generateImageFile: (options, token) => agents.generateFiles(options, token),
    openDoorIfWanted: () => agents.openDoorIfWanted(),
  };
}

/** The version in package.json. */
function versionOf({ extension }: vscode.ExtensionContext): string {
  return (extension.packageJSON as { version: string }).version;
}
