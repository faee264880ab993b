// Measures activation by VS Code's own figure, and how soon the panel can be used, against an empty extension's.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Locator } from 'playwright-core';
import { startProduct } from '../panel/product.ts';
import { vsixUnderTest } from '../suites/packageExtension.ts';
import { packExtension } from '../vscode/packOpener.ts';
import type { Workbench } from '../vscode/workbench.ts';
import { describeRatio, type Pair } from './ratios.ts';

const PAIRS = 7;

/** Milliseconds from the command to the control that a person would use first. */
async function timeView(window: Workbench, view: string, control: string): Promise<number> {
  const tab = (name: string): Locator => window.page.locator('.part.activitybar').getByRole('tab', { name: new RegExp(`^${name}`) });
  await tab('Explorer').click();
  await window.page.locator('iframe.webview').first().waitFor({ state: 'detached' });
  const startMs = performance.now();
  await tab(view).click();
  await window.panelFrame().locator(control).first().waitFor();
  return performance.now() - startMs;
}

/** VS Code's own figures in milliseconds, by the extension's name, from its page of running extensions. */
async function readActivations(window: Workbench): Promise<Map<string, number>> {
  await window.runCommand('Developer: Show Running Extensions');
  const rows = window.page.locator('.runtime-extensions-editor .extension');
  await rows.first().waitFor();
  const texts = await rows.allInnerTexts();
  return new Map(texts.flatMap((text) => {
    const ms = /(?:Activation|Startup Activation)[^\d]*(\d+)ms/.exec(text)?.[1];
    return ms === undefined ? [] : [[text.split('\n')[0] ?? '', Number(ms)] as const];
  }));
}

/** Two lines of result. */
export async function measureWindow(): Promise<string[]> {
  const folder = mkdtempSync(join(tmpdir(), 'generate-image-bench-'));
  const product = await startProduct({ vscode: { vsix: [vsixUnderTest(), packExtension(join(import.meta.dirname, 'empty'), folder)] } });
  try {
    const { window } = product;
    const pairs: Pair[] = [];
    for (let number = -1; number < PAIRS; number++) {
      const reference = await timeView(window, 'Empty View', 'button');
      const ours = await timeView(window, 'Generate Image', 'textarea');
      if (number >= 0) pairs.push({ ours, reference });
    }
    const activations = [...(await readActivations(window))].map(([name, ms]) => `${name} ${ms} ms`);
    return [
      describeRatio('Panel usable, against an empty view', pairs, 'ms', 1.2),
      `Activation by VS Code's own figure, wanted: at most 5 ms: ${activations.join(', ')}`,
    ];
  } finally {
    await product.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}
