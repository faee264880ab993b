// Shows the panel's page before what makes images is read: VS Code loads the page meanwhile.
import type * as vscode from 'vscode';
import { renderPage, type PageFiles } from './pageHtml.ts';

/** The page leaves for a window elsewhere packed, in turns of this thread, which reading the product would keep busy; loading it takes longer than both. */
const LEAVING_MS = 30;

export interface PageParts {
  readPage: () => PageFiles;
  /** What the prompt box holds; undefined if the panel may show something else in its place. */
  prompt: () => string | undefined;
  /** Fresh and from a cryptographic source for each call; letters, digits, `-` and `_`. */
  nonce: () => string;
  /** Folders of images that the page may show; the journal lies outside of them. */
  imageFolders: readonly vscode.Uri[];
}

/**
 * Resolves once `takeOver` has run, with the messages that the page sent before. It is not called if the view is gone by
 * then. Rejects with what it throws, which VS Code shows in place of the page.
 */
export async function showPage(view: vscode.WebviewView, { readPage, prompt, nonce, imageFolders }: PageParts, takeOver: (early: readonly unknown[]) => void): Promise<void> {
  const early: unknown[] = [];
  let isGone = false;
  const listening = [
    view.webview.onDidReceiveMessage((message: unknown) => void early.push(message)),
    view.onDidDispose(() => {
      isGone = true;
    }),
  ];
  view.webview.options = { enableScripts: true, localResourceRoots: imageFolders };
  view.webview.html = renderPage(view.webview.cspSource, readPage(), prompt(), nonce());
  await new Promise((resolve) => setTimeout(resolve, LEAVING_MS));
  for (const one of listening) one.dispose();
  if (!isGone) takeOver(early);
}
