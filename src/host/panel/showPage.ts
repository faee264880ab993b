// Shows the panel's page before what makes images is read, which would keep processors busy that the page needs.
import type * as vscode from 'vscode';
import { renderPage, type PageFiles } from './pageHtml.ts';

/** A page that has said nothing by then will not, such as one that was hidden again before it was loaded. */
const LONGEST_SILENCE_MS = 1000;

export interface PageParts {
  readPage: () => Omit<PageFiles, 'rest'>;
  /** The script that draws the rest of the page. */
  rest: vscode.Uri;
  /** Whether the product is read already. If it is, there is nothing to wait for. */
  isRead: () => boolean;
  /** What the prompt box holds; undefined if the panel may show something else in its place. */
  prompt: () => string | undefined;
  /** Fresh and from a cryptographic source for each call; letters, digits, `-` and `_`. */
  nonce: () => string;
  /** Folders whose files the page may load: of images, and of `rest`. The journal lies outside of them. */
  folders: readonly vscode.Uri[];
}

/**
 * Resolves once `takeOver` has run, with the messages that the page sent before. It is not called if the view is gone by
 * then. Rejects with what it throws, which VS Code shows in place of the page.
 */
export async function showPage(view: vscode.WebviewView, { readPage, rest, isRead, prompt, nonce, folders }: PageParts, takeOver: (early: readonly unknown[]) => void): Promise<void> {
  const early: unknown[] = [];
  let isGone = false;
  const { promise: isThere, resolve } = Promise.withResolvers<void>();
  const listening = [
    view.webview.onDidReceiveMessage((message: unknown) => {
      early.push(message);
      resolve();
    }),
    view.onDidDispose(() => {
      isGone = true;
      resolve();
    }),
  ];
  view.webview.options = { enableScripts: true, localResourceRoots: folders };
  view.webview.html = renderPage(view.webview.cspSource, { ...readPage(), rest: view.webview.asWebviewUri(rest).toString() }, prompt(), nonce());
  if (!isRead()) {
    const waiting = setTimeout(resolve, LONGEST_SILENCE_MS);
    await isThere;
    clearTimeout(waiting);
  }
  for (const one of listening) one.dispose();
  if (!isGone) takeOver(early);
}
