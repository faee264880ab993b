// Turns the folder that an agent works in and the open windows into the one window to talk to, or a sentence.
import { BRIDGE_VERSION, type WindowFile } from './windowMessages.ts';
import type { Problem } from './toolArguments.ts';

/**
 * The window whose folder contains `folder`, the deepest such folder first, then the one that had the focus last. A
 * window whose folder lies below `folder` is taken if there is exactly one: agents are also started one level above.
 * @param folder absolute, as the system writes it; compared without case if `ignoreCase`
 */
export function chooseWindow(folder: string, windows: readonly WindowFile[], ignoreCase: boolean): WindowFile | Problem {
  const usable = windows.filter(({ bridge }) => bridge === BRIDGE_VERSION);
  if (usable.length === 0 && windows.length > 0) {
    return { problem: 'The Generate Image extension in VS Code and this server have different versions. Ask the person to reload the VS Code window, then start this server again. Nothing was made.' };
  }
  const wanted = segmentsOf(folder, ignoreCase);
  const depthOf = (window: WindowFile): number => Math.max(-1, ...window.folders.map((path) => segmentsOf(path, ignoreCase)).filter((segments) => startsWith(wanted, segments)).map(({ length }) => length));
  const containing = usable.filter((window) => depthOf(window) >= 0).sort((a, b) => depthOf(b) - depthOf(a) || b.focusedMs - a.focusedMs);
  if (containing[0]) return containing[0];
  const below = usable.filter(({ folders }) => folders.some((path) => startsWith(segmentsOf(path, ignoreCase), wanted)));
  if (below.length === 1 && below[0]) return below[0];
  if (below.length > 1) return { problem: `Several VS Code windows are open below ${folder}. Start the agent inside the folder of one of them. Nothing was made.` };
  return { problem: `No VS Code window with the Generate Image extension has the folder ${folder} open. Ask the person to open this folder in VS Code, then call again. Nothing was made, and it cost nothing.` };
}

function segmentsOf(path: string, ignoreCase: boolean): string[] {
  const text = ignoreCase ? path.toLowerCase() : path;
  return text.split(/[\\/]+/).filter((segment) => segment !== '');
}

function startsWith(segments: readonly string[], start: readonly string[]): boolean {
  return start.every((segment, index) => segments[index] === segment);
}
