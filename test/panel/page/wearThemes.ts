// Puts a page into one theme after another, as VS Code does: other colours, and another class of the body.
import type { Page } from 'playwright-core';
import themes from './themes.json' with { type: 'json' };
import type { ThemeName } from './server.ts';

/** What a page that knows all themes has beside its own. */
export interface Wearing {
  /** At once, without a word to the server. */
  wear(this: void, theme: ThemeName): void;
}

/** Brings the colours of every theme into the page; from then on its window is `Wearing`. */
export async function bringThemes(page: Page): Promise<void> {
  await page.evaluate(async (all) => {
    document.querySelector('link[href^="/theme.css"]')?.remove();
    const sheets = await Promise.all(Object.entries(all).map(async ([theme, { bodyClass }]) => {
      const link = document.createElement('link');
      [link.rel, link.href] = ['stylesheet', `/theme.css?theme=${theme}`];
      await new Promise<void>((resolve, reject) => {
        [link.onload, link.onerror] = [() => resolve(), () => reject(new Error(`There are no colours of ${theme}.`))];
        document.head.prepend(link);
      });
      return { theme, bodyClass, link };
    }));
    (window as unknown as Wearing).wear = (wanted) => {
      for (const { theme, bodyClass, link } of sheets) {
        if (!link.sheet) throw new Error(`The colours of ${theme} are gone.`);
        link.sheet.disabled = theme !== wanted;
        if (theme === wanted) document.body.className = bodyClass;
      }
    };
  }, themes);
}
