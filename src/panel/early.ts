// The page's first script, which stands in it: lets a person use the prompt box of the host's HTML, and loads the rest once that is shown.
import { EarlyBox } from './form/earlyBox.ts';
import { selectAllOnce } from './parts/press.ts';

/** What VS Code hands a page, once. */
export interface VsCodeApi {
  postMessage(message: unknown): void;
  getState(): unknown;
  setState(state: unknown): void;
}

/** What the rest of the page takes over. */
export interface Early {
  readonly app: HTMLElement;
  readonly api: VsCodeApi;
  readonly box: EarlyBox;
  /** What the host said until now, oldest first; from now on it is not listened to here. */
  readonly takeMessages: () => readonly unknown[];
}

declare global {
  interface Window {
    early?: Early;
  }
}

declare function acquireVsCodeApi(): VsCodeApi;

/** A page that takes longer to be shown goes on before that. */
const LONGEST_UNSHOWN_MS = 200;

const app = document.querySelector<HTMLElement>('#app');
if (app) begin(app, document.currentScript?.nonce ?? '');

function begin(root: HTMLElement, nonce: string): void {
  const api = acquireVsCodeApi();
  const messages: unknown[] = [];
  const hear = ({ data }: MessageEvent<unknown>): void => void messages.push(data);
  window.addEventListener('message', hear);
  document.addEventListener('keydown', selectAllOnce);
  const state = objectOf(api.getState());
  const { text, written } = objectOf(state['typed']);
  const typed = typeof text === 'string' && typeof written === 'string' ? { text, written } : undefined;
  const { prompt } = objectOf(objectOf(state['draft'])['value']);
  const box = new EarlyBox(root, { prompt: typeof prompt === 'string' ? prompt : undefined, typed }, (now) => api.setState({ ...objectOf(api.getState()), typed: now }));
  window.early = {
    app: root,
    api,
    box,
    takeMessages: () => {
      window.removeEventListener('message', hear);
      return messages;
    },
  };
  const goOn = (): void => {
    loadRest(root, nonce);
    api.postMessage({ type: 'ready' });
  };
  if (box.isThere) whenShown(goOn);
  else goOn();
}

/** The host reads the product, and this loads its file, while a person sees the box and may type. */
function loadRest(root: HTMLElement, nonce: string): void {
  const { rest = '', restFailed = '' } = document.body.dataset;
  const script = Object.assign(document.createElement('script'), { src: rest, nonce });
  script.addEventListener('error', () => {
    const said = Object.assign(document.createElement('p'), { className: 'page', role: 'alert', textContent: restFailed });
    root.append(said);
  });
  document.body.append(script);
}

/** Runs once VS Code has shown what stands there, which it does at the page's `load`; soon in any case, for a hidden page is not drawn. */
function whenShown(run: () => void): void {
  let isDue = true;
  const runOnce = (): void => {
    if (isDue) run();
    isDue = false;
  };
  window.addEventListener('load', () => requestAnimationFrame(() => setTimeout(runOnce)), { once: true });
  setTimeout(runOnce, LONGEST_UNSHOWN_MS);
}

function objectOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}
