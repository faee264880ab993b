// Puts the window's own parts on a queue and a history of test/unit/jobs, in a stand-in of VS Code.
import type { TestContext } from 'node:test';
import type { LogOutputChannel } from 'vscode';
import { Estimates } from '../../../src/jobs/estimate.ts';
import { KeptImages } from '../../../src/host/history/keptImages.ts';
import { Draft } from '../../../src/host/window/draft.ts';
import { Log } from '../../../src/host/window/log.ts';
import { Memory } from '../../../src/host/window/memory.ts';
import { WindowState } from '../../../src/host/window/windowState.ts';
import { createMemento, resetWorld } from '../../vscodeModule/world.ts';
import { makeWorkbench, type Manner, type Workbench } from '../jobs/workbench.ts';

export interface Ground extends Workbench {
  kept: KeptImages;
  draft: Draft;
  state: WindowState;
  /** How often something that the page draws has changed. */
  changes: () => number;
  memory: Memory;
  estimates: Estimates;
  log: Log;
  /** What the log says, traces too. */
  lines: string[];
}

/** A fresh VS Code with an empty history. */
export function makeGround(test: TestContext, manner: Manner = {}): Ground {
  resetWorld();
  const workbench = makeWorkbench(test, manner);
  const lines: string[] = [];
  const write = (line: string): void => void lines.push(line);
  const log = new Log({ info: write, warn: write, error: write, trace: write } as unknown as LogOutputChannel);
  const memory = new Memory(createMemento(), createMemento());
  let changes = 0;
  const changed = (): void => void (changes += 1);
  const kept = new KeptImages(workbench.history, log);
  const draft = new Draft({ memory, scope: () => undefined, changed });
  const state = new WindowState(memory.newestImageId, changed);
  test.after(() => {
    kept.dispose();
    draft.dispose();
  });
  return { ...workbench, kept, draft, state, changes: () => changes, memory, estimates: new Estimates(), log, lines };
}
