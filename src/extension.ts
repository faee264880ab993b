// Registers what VS Code may ask for; the product itself is read from its own file when it is asked for first.
import { createRequire } from 'node:module';
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

export function activate(context: vscode.ExtensionContext): GenerateImageApi {
  const lastEditor = new LastEditor();
  let made: Product | undefined;
  const product = (): Product => (made ??= readProduct()(context, lastEditor));

  context.subscriptions.push(
    lastEditor,
    vscode.window.registerWebviewViewProvider(PANEL_VIEW_ID, { resolveWebviewView: (view) => product().resolvePanel(view) }),
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

/** A window that only shows a document does not pay for reading what makes images: it takes ten times as long as all of the above. */
function readProduct(): CreateProduct {
  try {
    const product = createRequire(__filename)('./product.cjs') as { createProduct: CreateProduct };
    return product.createProduct;
  } catch (cause) {
    throw new Error(vscode.l10n.t('The files of this extension have changed. Reload the window to go on.'), { cause });
  }
}
