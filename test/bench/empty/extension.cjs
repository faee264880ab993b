// Shows a view whose page holds one button and no script.
const vscode = require('vscode');

exports.activate = (context) => {
  context.subscriptions.push(vscode.window.registerWebviewViewProvider('emptyView.panel', {
    resolveWebviewView(view) {
      view.webview.options = { enableScripts: true };
      view.webview.html = '<!DOCTYPE html><html><body><button>Ready</button></body></html>';
    },
  }));
};
