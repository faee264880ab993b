// Starts the page: reads its words, draws the form, goes on where the first script is.
import type { PageStrings } from '../protocol/pageStrings.ts';
import { Bridge } from './bridge.ts';
import type { Early } from './early.ts';
import { Page } from './page.ts';
import { listenForImages } from './form/imageDrop.ts';
import { ignoreHeldEnter } from './parts/press.ts';
import { Wording } from './parts/wording.ts';

const { early } = window;
if (early) start(early);

function start({ app, api, box, takeMessages }: Early): void {
  const bridge = new Bridge(api);
  box.keepBy((typed) => bridge.keep({ typed }));
  const { strings } = document.body.dataset;
  const words = new Wording(JSON.parse(strings ?? '{}') as Partial<PageStrings>, document.documentElement.lang);
  const page = new Page(app, box, bridge, words);

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
  new ResizeObserver(measureSoon).observe(app);

  bridge.listen(takeMessages(), (received) => page.receive(received));
  page.showRemembered(bridge.rememberedForm());
}
