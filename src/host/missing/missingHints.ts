// Underlines image links without a file in the documents that are seen.
import * as vscode from 'vscode';
import { PREFIX } from '../window/ids.ts';
import { isRead, type MissingImage, type MissingImages } from './missingImages.ts';
import { plainText } from '../window/plainText.ts';
import { readSetting } from '../window/settings.ts';

const t = vscode.l10n.t;
const SETTLE_MS = 500;
/** Images, and names without an ending, which may be folders of them. */
const MAY_HOLD_IMAGES = /\.(?:png|jpe?g|webp|gif|svg|avif|bmp|tiff?|ico|pdf|eps)$|\/[^./]+$/i;

/** Hints under links without a file, in visible documents whose settings want them. */
export class MissingHints implements vscode.Disposable {
  readonly #missing: MissingImages;
  readonly #hints = vscode.languages.createDiagnosticCollection(PREFIX);
  /** Also tells what other programs make: Git, a build, a person's file manager. */
  readonly #files = vscode.workspace.createFileSystemWatcher('**/*', false, true, false);
  readonly #listeners: vscode.Disposable[];
  readonly #timers = new Map<string, ReturnType<typeof setTimeout>>();

  constructor(missing: MissingImages) {
    this.#missing = missing;
    this.#listeners = [
      vscode.window.onDidChangeVisibleTextEditors(() => this.#lookAtVisible()),
      vscode.workspace.onDidChangeTextDocument(({ document }) => this.#lookSoon(document)),
      this.#files,
      this.#files.onDidCreate((uri) => this.#lookAfter(uri)),
      this.#files.onDidDelete((uri) => this.#lookAfter(uri)),
      vscode.workspace.onDidSaveTextDocument((document) => this.#lookSoon(document)),
      vscode.workspace.onDidCloseTextDocument(({ uri }) => this.#hints.delete(uri)),
      vscode.workspace.onDidChangeConfiguration((event) => {
        if (event.affectsConfiguration(`${PREFIX}.missingImages.hints`)) this.#lookAtVisible();
      }),
    ];
    this.#lookAtVisible();
  }

  dispose(): void {
    for (const timer of this.#timers.values()) clearTimeout(timer);
    for (const listener of this.#listeners) listener.dispose();
    this.#hints.dispose();
  }

  #lookAfter({ path }: vscode.Uri): void {
    if (MAY_HOLD_IMAGES.test(path)) this.#lookAtVisible();
  }

  #lookAtVisible(): void {
    for (const { document } of vscode.window.visibleTextEditors) this.#lookSoon(document);
  }

  #lookSoon(document: vscode.TextDocument): void {
    const { uri } = document;
    if (!isRead(document)) return;
    clearTimeout(this.#timers.get(uri.toString()));
    if (!readSetting('missingImages.hints', document)) {
      this.#hints.delete(uri);
      return;
    }
    this.#timers.set(uri.toString(), setTimeout(() => void this.#look(document), SETTLE_MS));
  }

  async #look(document: vscode.TextDocument): Promise<void> {
    this.#timers.delete(document.uri.toString());
    const { version } = document;
    // A thread that dies over one document leaves it without hints until it changes.
    const images = await this.#missing.find(document).catch(() => []);
    if (document.isClosed || document.version !== version || !readSetting('missingImages.hints', document)) return;
    this.#hints.set(document.uri, images.map((image) => {
      const hint = new vscode.Diagnostic(image.range, sentenceOf(image), vscode.DiagnosticSeverity.Information);
      hint.source = t('Generate Image');
      return hint;
    }));
  }
}

function sentenceOf({ uri, isPlaceholder }: MissingImage): string {
  if (isPlaceholder || !uri) return t('This is a placeholder. The image can be generated.');
  return t('{0} does not exist yet. It can be generated from the alternative text.', plainText(vscode.workspace.asRelativePath(uri)));
}
