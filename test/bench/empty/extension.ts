// Shows a view whose page holds one button and no script.
import * as vscode from 'vscode';

export function activate(context: vscode.ExtensionContext): void {
  const provider: vscode.WebviewViewProvider = {
    resolveWebviewView({ webview }) {
      // Allowed as in the page that is measured; without it a test cannot look inside.
      webview.options = { enableScripts: true };
      webview.html = '<!DOCTYPE html><html><body><button>Ready</button></body></html>';
    },
  };
  context.subscriptions.push(vscode.window.registerWebviewViewProvider('emptyView.panel', provider));
}
