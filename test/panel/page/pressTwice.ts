// Turns one button into two presses that no busy machine can drive apart.
import type { Locator } from 'playwright-core';

/** As a double click, but in one task of the page: two clicks of a mouse may come later than the page takes for one press. */
export async function pressTwice(button: Locator): Promise<void> {
  // Waits until it could be pressed, as a click does.
  await button.click({ trial: true });
  await button.evaluate((element: HTMLElement) => {
    for (let press = 0; press < 2; press++) element.click();
  });
}
