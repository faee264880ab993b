// Turns VS Code's own extensions into a folder of those that a window with documents and images needs.
import { mkdirSync, readdirSync, symlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** They sign people in, debug, build or run source control, and cost each window a second or more. */
const LEFT_OUT = /^(copilot|debug-.*|emmet|extension-editing|git|git-base|github.*|grunt|gulp|jake|merge-conflict|mermaid-markdown-features|microsoft-authentication|ms-vscode\..*|npm|php-language-features|references-view|simple-browser|terminal-suggest|tunnel-forwarding|typescript-language-features)$/;

/** Links them into `folder`, which must not be there; `entry` is the file that starts code-server. `more` are needed, too. */
export function linkBuiltInExtensions(entry: string, folder: string, more: readonly string[] = []): void {
  const all = join(dirname(entry), '..', '..', 'lib', 'vscode', 'extensions');
  mkdirSync(folder, { recursive: true });
  for (const name of readdirSync(all)) {
    if (!LEFT_OUT.test(name) || more.includes(name)) symlinkSync(join(all, name), join(folder, name));
  }
}
