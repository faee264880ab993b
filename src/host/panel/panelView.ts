// Shows the panel's page in the sidebar: renders its HTML, takes its intents, pushes whole snapshots.
import * as vscode from 'vscode';
import { parseIntent, type Intent } from '../../protocol/intent.ts';
import type { Snapshot } from '../../protocol/snapshot.ts';
import { PANEL_VIEW_ID } from '../window/ids.ts';
import type { Log } from '../window/log.ts';
import { renderPage, type PageFiles } from './pageHtml.ts';

/** At most four pushes a second. */
const PUSH_INTERVAL_MS = 250;

export interface PanelParts {
  readPage: () => PageFiles;
  nonce: () => string;
  /** Folders of images that the page may show; the journal lies outside of them. */
  imageFolders: readonly vscode.Uri[];
  buildSnapshot: (toPageUri: (uri: vscode.Uri) => string, revision: number) => Promise<Snapshot>;
  log: Log;
}

export class PanelView implements vscode.WebviewViewProvider, vscode.Disposable {
  readonly #parts: PanelParts;
  readonly #intents = new vscode.EventEmitter<Intent>();
  readonly onIntent = this.#intents.event;
  #view: vscode.WebviewView | undefined;
  #revision = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #lastPushMs = 0;
  #pushing = false;
  #dirty = false;

  constructor(parts: PanelParts) {
    this.#parts = parts;
  }

  get isVisible(): boolean {
    return this.#view?.visible ?? false;
  }

  resolveWebviewView(view: vscode.WebviewView): void {
    this.#view = view;
    const { readPage, imageFolders, log } = this.#parts;
    view.webview.options = { enableScripts: true, localResourceRoots: imageFolders };
    view.webview.onDidReceiveMessage((message: unknown) => {
      const intent = parseIntent(message);
      if (!intent) {
        log.warn('A message of the panel was not understood and dropped');
        return;
      }
      if (intent.type === 'ready') this.#pushNow();
      this.#intents.fire(intent);
    });
    view.onDidChangeVisibility(() => {
      if (view.visible) this.push();
    });
    view.onDidDispose(() => {
      if (this.#view === view) this.#view = undefined;
    });
    view.webview.html = renderPage(view.webview.cspSource, readPage(), this.#parts.nonce());
  }

  /** Shows the panel without taking the focus. */
  async reveal(): Promise<void> {
    if (this.#view) this.#view.show(true);
    else await vscode.commands.executeCommand(`${PANEL_VIEW_ID}.focus`, { preserveFocus: true });
  }

  /** Shows the panel and goes there. */
  async focus(): Promise<void> {
    await vscode.commands.executeCommand(`${PANEL_VIEW_ID}.focus`);
  }

  /** Sends the whole state soon; many calls in a row become one push. */
  push(): void {
    if (!this.#view?.visible || this.#timer) return;
    const waitMs = Math.max(0, this.#lastPushMs + PUSH_INTERVAL_MS - performance.now());
    this.#timer = setTimeout(() => this.#pushNow(), waitMs);
  }

  dispose(): void {
    clearTimeout(this.#timer);
    this.#intents.dispose();
  }

  #pushNow(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (this.#pushing) {
      this.#dirty = true;
      return;
    }
    this.#pushing = true;
    this.#lastPushMs = performance.now();
    this.#send()
      .catch((error: unknown) => this.#parts.log.error('The panel could not be brought up to date', error))
      .finally(() => {
        this.#pushing = false;
        if (!this.#dirty) return;
        this.#dirty = false;
        this.push();
      });
  }

  async #send(): Promise<void> {
    const webview = this.#view?.webview;
    if (!webview) return;
    const toPageUri = (uri: vscode.Uri): string => webview.asWebviewUri(uri).toString();
    const snapshot = await this.#parts.buildSnapshot(toPageUri, ++this.#revision);
    await webview.postMessage(snapshot);
  }
}
