// Registers what VS Code may ask for; the product itself is read from its own file when it is asked for first.
import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { createApi } from './host/agents/api.ts';
import type { GenerateImageApi } from './host/agents/apiTypes.ts';
import { registerTools } from './host/agents/languageModelTools.ts';
import { whenHintsAreWanted } from './host/missing/hintsWanted.ts';
import { AGENTS_CONNECTED, COMMAND_IDS, fullId, PANEL_VIEW_ID } from './host/window/ids.ts';
import { lookLater } from './host/window/lookLater.ts';
import { mayBeCopied } from './host/insert/pasteMark.ts';
import { LastEditor } from './host/insert/lastEditor.ts';
import { registerMissingAction } from './host/missing/missingAction.ts';
import type { CreateProduct, Product } from './host/product.ts';
import { registerLinkOffers } from './host/links/linkOffers.ts';
import { recoverLater } from './host/jobs/recoverLater.ts';
import { keptPrompt } from './host/panel/keptPrompt.ts';
import { showPage, type PageParts } from './host/panel/showPage.ts';
import { foldersBelow } from './host/window/folders.ts';

export function activate(context: vscode.ExtensionContext): GenerateImageApi {
  const lastEditor = new LastEditor();
  let made: Product | undefined;
  const product = (): Product => (made ??= readProduct()(context, lastEditor));

  context.subscriptions.push(
    lastEditor,
    vscode.window.registerWebviewViewProvider(PANEL_VIEW_ID, { resolveWebviewView: (view) => showPage(view, pageOf(context, () => made !== undefined), (early) => product().takeOverPanel(view, early)) }),
    registerMissingAction((document, range) => product().findMissing(document, range)),
    registerLinkOffers(() => product()),
    whenHintsAreWanted(() => product().showHints()),
    recoverLater(context.globalStorageUri, () => product().recover()),
    registerTools(() => product()),
    lookLater(() => {
      if (context.globalState.get(AGENTS_CONNECTED) === true) void product().openDoorIfWanted();
      if (mayBeCopied(context.globalState)) product().offerPaste();
    }),
    ...COMMAND_IDS.map((id) => vscode.commands.registerCommand(fullId(id), (...args: unknown[]) => product().runCommand(id, args))),
  );
  return createApi(() => product());
}

function pageOf({ extensionPath, extensionUri, globalStorageUri, workspaceState }: vscode.ExtensionContext, isRead: () => boolean): PageParts {
  const read = (path: string): string => readFileSync(join(extensionPath, path), 'utf8');
  const { images, thumbnails } = foldersBelow(globalStorageUri);
  const page = vscode.Uri.joinPath(extensionUri, 'out', 'page');
  return {
    readPage: () => ({ script: read('out/early.js'), style: read('out/panel.css') }),
    rest: vscode.Uri.joinPath(page, 'panel.js'),
    isRead,
    prompt: () => keptPrompt(workspaceState),
    nonce: () => randomBytes(16).toString('base64url'),
    folders: [images, thumbnails, page],
  };
}

/** A window that only shows a document does not pay for reading what makes images: it takes ten times as long as all of the above. */
function readProduct(): CreateProduct {
  try {
    const product = createRequire(__filename)('./product.cjs') as { createProduct: CreateProduct };
    return product.createProduct;
  } catch (cause) {
    throw new Error(vscode.l10n.t('The files of this extension have changed. Reload the window to go on.'), { cause });
  }
}
