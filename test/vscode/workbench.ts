// Turns a running VS Code into a window that a test drives as a person would: by keys, clicks and names.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { chromium, type Browser, type BrowserContext, type FrameLocator, type Locator, type Page } from 'playwright-core';
import { ensureBrowser } from './browser.ts';
import { ROOT } from './codeServer.ts';
import type { VsCode } from './server.ts';

/** Names for the four kinds of theme. */
export type Theme = 'light' | 'dark' | 'hc-light' | 'hc-dark';

/** The setting `workbench.colorTheme` of each. */
export const THEMES: Readonly<Record<Theme, string>> = {
  light: 'Light 2026',
  dark: 'Dark 2026',
  'hc-light': 'Default High Contrast Light',
  'hc-dark': 'Default High Contrast',
};

/** The name of each in VS Code's own list of themes. */
const THEME_LABELS: Readonly<Record<Theme, string>> = { light: 'Light 2026', dark: 'Dark 2026', 'hc-light': 'Light High Contrast', 'hc-dark': 'Dark High Contrast' };

/** The class that the workbench wears in each. */
const THEME_CLASSES: Readonly<Record<Theme, string>> = { light: 'vs', dark: 'vs-dark', 'hc-light': 'hc-light', 'hc-dark': 'hc-black' };

/** What the inside of a view is told of each. */
const THEME_KINDS: Readonly<Record<Theme, string>> = { light: 'vscode-light', dark: 'vscode-dark', 'hc-light': 'vscode-high-contrast-light', 'hc-dark': 'vscode-high-contrast' };

/** How a window is opened. */
export interface WorkbenchOptions {
  /** The folder or `.code-workspace` file; null opens an empty window; the server's workspace when left out. */
  readonly folder?: string | null;
  /** Absolute path of a file to open at once. */
  readonly file?: string;
  /** More pairs for the window's payload. */
  readonly payload?: readonly (readonly [string, string])[];
  readonly theme?: Theme;
  /** `full` if somebody will look at it; else it is drawn without round corners and shadows, which cost a processor that draws by itself a tenth of all its time. */
  readonly looks?: 'full' | 'plain';
  /** A browser to share; else one is launched, and closed with the window. */
  readonly browser?: Browser;
  /** A context to share: a second window of the same person, with the same secrets. */
  readonly context?: BrowserContext;
  /** Its size in pixels; that of a small screen when left out. */
  readonly viewport?: { readonly width: number; readonly height: number };
  /** Functions that the page may call, such as VS Code's own `codeAutomationLog`. */
  readonly expose?: Readonly<Record<string, (...args: never[]) => void>>;
}

/** One VS Code window. */
export interface Workbench {
  readonly page: Page;
  readonly context: BrowserContext;
  /** Runs the palette's command of exactly this title, its category included: `Image Generator: Set Up`. */
  runCommand(title: string): Promise<void>;
  /** The open quick pick or input box: its `textbox`, its rows, its message. */
  quickInput(): Locator;
  /** Puts `text` into the open quick pick or input box and, unless told otherwise, presses Enter. */
  type(text: string, options?: { readonly enter?: boolean }): Promise<void>;
  /** Chooses the row of the open quick pick whose label is exactly this. */
  pick(label: string | RegExp): Promise<void>;
  /** The labels of the open quick pick's visible rows. */
  picks(): Promise<string[]>;
  /** Chooses a colour theme as a person does, and waits until the window and its views wear it. */
  setTheme(theme: Theme): Promise<void>;
  /** Opens a file of the workspace by its name, through Go to File. */
  openFile(name: string): Promise<void>;
  /** The inside of the sidebar's page. Ask again after the view was hidden. */
  panelFrame(): FrameLocator;
  /** The inside of a webview editor, such as the Markdown preview. */
  previewFrame(): FrameLocator;
  /** The texts of the notifications that are shown. */
  notifications(): Promise<string[]>;
  /** The notification that holds this text; its buttons are found by role and name within. */
  notification(text: string | RegExp): Locator;
  /** The active editor's text, as far as it is drawn (about forty lines). */
  editorText(): Promise<string>;
  /** An image of the window in `out/test/screenshots`; resolves to its path. */
  screenshot(name: string): Promise<string>;
  close(): Promise<void>;
}

/** The server would pack the same 17 MB anew for each window, which takes it two seconds. */
const PLAIN = { 'Accept-Encoding': 'identity' };

/** The machine's Chromium, Chrome or Edge, quietly and without its window. */
function browserOptions(): { executablePath: string; args: string[] } {
  // What is drawn by the processor anyway needs no process of its own.
  const args = ['--disable-gpu', '--in-process-gpu', '--disable-background-networking', '--no-first-run'];
  if (process.getuid?.() === 0) args.push('--no-sandbox');
  return { executablePath: ensureBrowser(), args };
}

export function launchBrowser(): Promise<Browser> {
  return chromium.launch(browserOptions());
}

/** Writes user settings of a running VS Code, for the windows that open from now on. */
function writeSettings(vscode: VsCode, settings: Readonly<Record<string, unknown>>): void {
  const file = join(vscode.userDataDir, 'User', 'settings.json');
  writeFileSync(file, JSON.stringify({ ...(JSON.parse(readFileSync(file, 'utf8')) as object), ...settings }, undefined, 2));
}

/** The address of a window: which folder, and what VS Code is told beside it. */
export function windowUrl(vscode: VsCode, options: WorkbenchOptions = {}): string {
  const remote = `vscode-remote://localhost:${vscode.port}`;
  const payload: (readonly [string, string])[] = [['skipWelcome', 'true'], ...(options.payload ?? [])];
  if (options.file !== undefined) payload.push(['openFile', remote + options.file]);
  const query = new URLSearchParams();
  const folder = options.folder === undefined ? vscode.workspace : options.folder;
  if (folder === null) query.set('ew', 'true');
  else query.set(folder.endsWith('.code-workspace') ? 'workspace' : 'folder', folder);
  query.set('payload', JSON.stringify(payload));
  return `${vscode.url}/?${query.toString()}`;
}

/** Runs in the page before its own code. The insides of its views look as ever. */
function drawPlainly(): void {
  if (window.top !== window) return;
  const sheet = new CSSStyleSheet();
  sheet.replaceSync('*, ::before, ::after { border-radius: 0 !important; box-shadow: none !important; }');
  document.adoptedStyleSheets = [sheet];
}

/** Opens a window and waits until the workbench stands. */
export async function openWorkbench(vscode: VsCode, options: WorkbenchOptions = {}): Promise<Workbench> {
  if (options.theme !== undefined) writeSettings(vscode, { 'workbench.colorTheme': THEMES[options.theme] });
  const browser = options.context?.browser() ?? options.browser ?? (await launchBrowser());
  const context = options.context ?? (await browser.newContext({ viewport: options.viewport ?? { width: 1280, height: 900 }, extraHTTPHeaders: PLAIN, reducedMotion: 'reduce', locale: 'en-US' }));
  await context.grantPermissions(['clipboard-read', 'clipboard-write'], { origin: vscode.url });
  const page = await context.newPage();
  if (options.looks !== 'full') await page.addInitScript(drawPlainly);
  for (const [name, call] of Object.entries(options.expose ?? {})) await page.exposeFunction(name, call);
  // A machine with much to do takes its time for the first page.
  await page.goto(windowUrl(vscode, options), { timeout: 120_000 });
  await page.locator('.monaco-workbench .part.statusbar .statusbar-item').first().waitFor({ timeout: 60_000 });
  const close = async (): Promise<void> => {
    await page.close({ runBeforeUnload: false });
    if (options.context === undefined) await context.close();
    if (options.context === undefined && options.browser === undefined) await browser.close();
  };
  return drive(page, context, close);
}

const IMAGE = /\.(png|jpe?g|webp|gif|avif)$/;

/** Runs in the page: whether what was typed into Quick Open was taken. */
function isQuickInputDone(text: string): boolean {
  const inputs = Array.from(document.querySelectorAll<HTMLInputElement>('.quick-input-widget .quick-input-box input'));
  return !inputs.some((input) => input.checkVisibility() && input.value === text);
}

/** Runs in the page: whether keys go to the text of this file. */
function isTextInFocus(name: string): boolean {
  const uri = document.querySelector('.editor-group-container.active .monaco-editor.focused')?.getAttribute('data-uri') ?? '';
  return decodeURIComponent(uri).endsWith(`/${name}`);
}

/** Runs in the page or in a view: whether its colours are those of the theme by now. */
function wears(kind: string): boolean {
  return (document.body.dataset['vscodeThemeKind'] ?? kind) === kind && !document.getAnimations().some((each) => each instanceof CSSTransition);
}

function exactly(label: string | RegExp): RegExp {
  return typeof label === 'string' ? new RegExp(`^\\s*${label.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}\\s*$`) : label;
}

function drive(page: Page, context: BrowserContext, close: () => Promise<void>): Workbench {
  const quickInput = (): Locator => page.locator('.quick-input-widget:visible');
  const input = (): Locator => quickInput().locator('.quick-input-box input');
  const rows = (): Locator => quickInput().locator('.quick-input-list .monaco-list-row');
  const row = (label: string | RegExp): Locator => rows().filter({ has: page.locator('.quick-input-list-label .label-name', { hasText: exactly(label) }) });

  /** Opens Quick Open and clicks one of its rows. While the window is still busy, keys are lost and rows are not there yet: then again. */
  const chooseQuickly = async (key: string, text: string, label: string): Promise<void> => {
    for (let attempt = 0; ; attempt += 1) {
      try {
        await page.keyboard.press(key);
        // Longer each time: a machine with much to do needs it.
        const timeout = 3000 + 2000 * attempt;
        await input().fill(text, { timeout });
        await row(label).first().click({ timeout });
        // A list that is drawn anew under the pointer loses the click.
        return void (await page.waitForFunction(isQuickInputDone, text, { timeout }));
      } catch (error) {
        if (attempt >= 6) throw new Error(`VS Code offers no "${label}" for "${text}"`, { cause: error });
        await page.keyboard.press('Escape');
      }
    }
  };

  return {
    page,
    context,
    close,
    quickInput,
    async runCommand(title) {
      await chooseQuickly('F1', `>${title}`, title);
    },
    async type(text, { enter = true } = {}) {
      await input().fill(text);
      if (enter) await input().press('Enter');
    },
    async pick(label) {
      await row(label).first().click();
    },
    async picks() {
      await rows().first().waitFor();
      return rows().locator('.quick-input-list-label .label-name').allInnerTexts();
    },
    async setTheme(theme) {
      await chooseQuickly('F1', '>Preferences: Color Theme', 'Preferences: Color Theme');
      await input().fill(THEME_LABELS[theme]);
      await row(THEME_LABELS[theme]).first().click();
      await page.locator(`.monaco-workbench.${THEME_CLASSES[theme]}`).waitFor();
      // Its views follow, and colours change within a moment, not at once.
      for (const frame of page.frames()) {
        await frame.waitForFunction(wears, THEME_KINDS[theme], { polling: 50 }).catch((error: unknown) => {
          // A view that was on its way out wears nothing any more.
          if (!frame.isDetached()) throw error;
        });
      }
    },
    async openFile(name) {
      await chooseQuickly('ControlOrMeta+P', name, name);
      await page.locator(`.editor-group-container.active .tab.active[data-resource-name="${name}"]`).waitFor();
      // The tab comes first: keys are lost until the text has come, too, and the focus.
      if (!IMAGE.test(name)) await page.waitForFunction(isTextInFocus, name);
    },
    panelFrame: () => page.frameLocator('iframe.webview.ready[src*="extensionId=open-image-tools.generate-image"]').frameLocator('#active-frame'),
    previewFrame: () => page.frameLocator('iframe.webview.ready:not([src*="extensionId=open-image-tools.generate-image"])').frameLocator('#active-frame'),
    notifications: () => page.locator('.notification-toast .notification-list-item-message').allInnerTexts(),
    notification: (text) => page.locator('.notification-toast', { has: page.locator('.notification-list-item-message', { hasText: text }) }),
    editorText: () => page.evaluate(readActiveEditor),
    async screenshot(name) {
      const path = join(ROOT, 'out', 'test', 'screenshots', `${name}.png`);
      mkdirSync(join(path, '..'), { recursive: true });
      await page.screenshot({ path });
      return path;
    },
  };
}

/** Runs in the page: joins the drawn rows of the active editor; a row without a line number goes on the line above. */
function readActiveEditor(): string {
  const editor = document.querySelector('.editor-group-container.active .monaco-editor');
  const tops = (selector: string): [number, string][] =>
    Array.from(editor?.querySelectorAll<HTMLElement>(selector) ?? [], (row) => [row.offsetTop, row.textContent.replaceAll('\u00a0', ' ')]);
  const numbers = new Map(tops('.margin-view-overlays > div'));
  const lines: string[] = [];
  for (const [top, text] of tops('.view-lines > .view-line').sort(([a], [b]) => a - b)) {
    if (lines.length > 0 && (numbers.get(top) ?? '').trim() === '') lines[lines.length - 1] += text;
    else lines.push(text);
  }
  return lines.join('\n');
}
