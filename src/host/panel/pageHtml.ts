// Writes the HTML frame of the panel's page, with its strict content security policy.
import * as vscode from 'vscode';
import { escapeHtml, formHtml } from './formHtml.ts';
import { pageTexts } from './pageTexts.ts';

/** What the page is made of, as the build wrote it. */
export interface PageFiles {
  /** Its first script. */
  script: string;
  style: string;
  /** Address of the script that draws the rest. */
  rest: string;
}

/**
 * First script and style stand in the page itself: each file that it had to ask for would go through VS Code's service
 * worker to the window and back before the page is shown. `prompt` is what the prompt box holds before the rest is drawn;
 * undefined if something else may be drawn. `nonce` is fresh and from a cryptographic source for each call.
 */
export function renderPage(cspSource: string, { script, style, rest }: PageFiles, prompt: string | undefined, nonce: string): string {
  const texts = pageTexts();
  const policy = [
    `default-src 'none'`,
    `img-src ${cspSource}`,
    `style-src 'nonce-${nonce}'`,
    `script-src 'nonce-${nonce}'`,
  ].join('; ');
  return `<!DOCTYPE html>
<html lang="${escapeHtml(vscode.env.language)}">
<head>
<meta charset="UTF-8">
<meta http-equiv="Content-Security-Policy" content="${escapeHtml(policy)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<style nonce="${nonce}">${style}</style>
<title>${escapeHtml(vscode.l10n.t('Generate Image'))}</title>
</head>
<body data-rest="${escapeHtml(rest)}" data-rest-failed="${escapeHtml(vscode.l10n.t('The panel could not be loaded. Reload the window to go on.'))}" data-strings="${escapeHtml(JSON.stringify(texts))}">
<div id="app">${prompt === undefined ? '' : formHtml(prompt, texts)}</div>
<script nonce="${nonce}">${script}</script>
</body>
</html>`;
}
