// Starts the page: reads its words, draws the form, tells the host that it is there.
import type { PageStrings } from '../protocol/pageStrings.ts';
import { Bridge } from './bridge.ts';
import { Page } from './page.ts';
import { EarlyBox } from './form/earlyBox.ts';
import { listenForImages } from './form/imageDrop.ts';
import { ignoreHeldEnter } from './parts/press.ts';
import { Wording } from './parts/wording.ts';

/** A page that takes longer to be shown begins before that. */
const LONGEST_UNSHOWN_MS = 200;

const app = document.querySelector<HTMLElement>('#app');
if (app) {
  const bridge = new Bridge();
  const early = new EarlyBox(app, { prompt: bridge.kept.draft?.value.prompt, typed: bridge.kept.typed }, (typed) => bridge.keep({ typed }));
  // A person sees it, and may type, before all the rest.
  if (early.isThere) whenShown(() => start(app, early, bridge));
  else start(app, early, bridge);
}

/** Runs once VS Code has shown what stands there, which it does at the page's `load`; soon in any case, for a hidden page is not drawn. */
function whenShown(run: () => void): void {
  let isDue = true;
  const runOnce = (): void => {
    if (isDue) run();
    isDue = false;
  };
  const afterFrame = (): void => {
    requestAnimationFrame(() => setTimeout(runOnce));
  };
  if (document.readyState === 'complete') afterFrame();
  else window.addEventListener('load', afterFrame, { once: true });
  setTimeout(runOnce, LONGEST_UNSHOWN_MS);
}

function start(root: HTMLElement, early: EarlyBox, bridge: Bridge): void {
  const { strings } = document.body.dataset;
  const words = new Wording(JSON.parse(strings ?? '{}') as Partial<PageStrings>, document.documentElement.lang);
  const page = new Page(root, early, bridge, words);

  bridge.listen((received) => page.receive(received));
  listenForImages((intent) => bridge.post(intent));
  document.addEventListener('keydown', ignoreHeldEnter, { capture: true });
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'hidden') page.flush();
    page.keepTime();
  });
  window.addEventListener('pagehide', () => page.flush());
  window.addEventListener('blur', page.forgetPresses);
  const tidyAlone = (): void => {
    if (!document.hasFocus() && !document.documentElement.matches(':hover')) page.tidy();
  };
  document.documentElement.addEventListener('mouseleave', tidyAlone);
  window.addEventListener('blur', tidyAlone);
  let isMeasureDue = false;
  const measureSoon = (): void => {
    if (isMeasureDue) return;
    isMeasureDue = true;
    requestAnimationFrame(() => {
      isMeasureDue = false;
      page.measure();
    });
  };
  window.addEventListener('scroll', measureSoon, { passive: true });
  window.addEventListener('resize', measureSoon);
  new ResizeObserver(measureSoon).observe(root);

  page.showRemembered(bridge.rememberedForm());
  bridge.post({ type: 'ready' });
}
