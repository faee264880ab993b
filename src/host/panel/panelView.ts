// Talks with the panel's page in the sidebar: takes its intents, pushes whole snapshots.
import * as vscode from 'vscode';
import { parseIntent, type Intent } from '../../protocol/intent.ts';
import type { Snapshot } from '../../protocol/snapshot.ts';
import { PANEL_VIEW_ID } from '../window/ids.ts';
import type { Log } from '../window/log.ts';

/** At most four pushes a second. */
const PUSH_INTERVAL_MS = 250;

export interface PanelParts {
  buildSnapshot: (toPageUri: (uri: vscode.Uri) => string, revision: number) => Promise<Snapshot>;
  log: Log;
}

export class PanelView implements vscode.Disposable {
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

  /** Talks with the page that this view shows from now on; `early` is what the page has said already. */
  takeOver(view: vscode.WebviewView, early: readonly unknown[]): void {
    this.#view = view;
    view.webview.onDidReceiveMessage((message: unknown) => this.#take(message));
    view.onDidChangeVisibility(() => {
      if (view.visible) this.push();
    });
    view.onDidDispose(() => {
      if (this.#view === view) this.#view = undefined;
    });
    for (const message of early) this.#take(message);
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

  #take(message: unknown): void {
    const intent = parseIntent(message);
    if (!intent) {
      this.#parts.log.warn('A message of the panel was not understood and dropped');
      return;
    }
    if (intent.type === 'ready') this.#pushNow();
    this.#intents.fire(intent);
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
