// Writes the HTML frame of the panel's page, with its strict content security policy.
import * as vscode from 'vscode';
import { pageTexts } from './pageTexts.ts';

/** What the page is made of, as the build wrote it. */
export interface PageFiles {
  script: string;
  style: string;
}

/**
 * Script and style stand in the page itself: each file that it had to ask for would go through VS Code's service worker
 * to the window and back, and the panel would be there a quarter later. `nonce` is fresh and from a cryptographic source
 * for each call.
 */
export function renderPage(cspSource: string, { script, style }: PageFiles, nonce: string): string {
  const policy = [
    `default-src 'none'`,
    `img-src ${cspSource}`,
    `style-src 'nonce-${nonce}'`,
    `script-src 'nonce-${nonce}'`,
  ].join('; ');
  return `<!DOCTYPE html>
<html lang="${escapeAttribute(vscode.env.language)}">
<head>
<meta charset="UTF-8">
<meta http-equiv="Content-Security-Policy" content="${escapeAttribute(policy)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<style nonce="${nonce}">${style}</style>
<title>${escapeAttribute(vscode.l10n.t('Generate Image'))}</title>
</head>
<body data-strings="${escapeAttribute(JSON.stringify(pageTexts()))}">
<div id="app"></div>
<script nonce="${nonce}">${script}</script>
</body>
</html>`;
}

function escapeAttribute(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/"/g, '&quot;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
}
