// Writes the HTML frame of the panel's page, with its strict content security policy.
import * as vscode from 'vscode';
import { pageStrings } from './pageStrings.ts';

/** `nonce` is fresh and from a cryptographic source for each call. */
export function renderPage(webview: vscode.Webview, extensionUri: vscode.Uri, nonce: string): string {
  const uriOf = (...path: string[]): string => escapeAttribute(webview.asWebviewUri(vscode.Uri.joinPath(extensionUri, ...path)).toString());
  const policy = [
    `default-src 'none'`,
    `img-src ${webview.cspSource}`,
    `style-src ${webview.cspSource}`,
    `script-src 'nonce-${nonce}'`,
  ].join('; ');
  return `<!DOCTYPE html>
<html lang="${escapeAttribute(vscode.env.language)}">
<head>
<meta charset="UTF-8">
<meta http-equiv="Content-Security-Policy" content="${escapeAttribute(policy)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="stylesheet" href="${uriOf('media', 'panel.css')}">
<title>${escapeAttribute(vscode.l10n.t('Generate Image'))}</title>
</head>
<body data-strings="${escapeAttribute(JSON.stringify(pageStrings()))}">
<div id="app"></div>
<script nonce="${nonce}" src="${uriOf('out', 'panel.js')}"></script>
</body>
</html>`;
}

function escapeAttribute(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/"/g, '&quot;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
}
