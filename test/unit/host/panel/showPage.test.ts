// The panel's page is shown before the product is read, and nothing that it says meanwhile is lost.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as vscode from 'vscode';
import { keptPrompt } from '../../../../src/host/panel/keptPrompt.ts';
import { showPage } from '../../../../src/host/panel/showPage.ts';
import { world } from '../../../vscodeModule/world.ts';

const FOLDERS = [vscode.Uri.file('/history/images'), vscode.Uri.file('/product/page')];

/** A view as VS Code hands it over. */
function makeView() {
  const messages = new vscode.EventEmitter<unknown>();
  const disposed = new vscode.EventEmitter<void>();
  const webview = { cspSource: 'https://page.test', html: '', options: {} as vscode.WebviewOptions, asWebviewUri: (uri: vscode.Uri) => vscode.Uri.parse(`https://page.test${uri.path}?a&b`), onDidReceiveMessage: messages.event };
  return { view: { webview, onDidDispose: disposed.event } as unknown as vscode.WebviewView, webview, say: (message: unknown) => messages.fire(message), dispose: () => disposed.fire() };
}

const PARTS = { readPage: () => ({ script: 'start()', style: 'main {}' }), rest: vscode.Uri.file('/product/page/panel.js'), isRead: () => false, prompt: () => undefined, nonce: () => 'n0nce', folders: FOLDERS };

test('the page stands before the product is asked for, with its walls', async (t) => {
  t.mock.timers.enable({ apis: ['setTimeout'] });
  const { view, webview, say } = makeView();
  const seen: string[] = [];
  const shown = showPage(view, PARTS, () => seen.push(webview.html));
  assert.match(webview.html, /<script nonce="n0nce">start\(\)<\/script>/);
  assert.match(webview.html, /<body data-rest="https:\/\/page\.test\/product\/page\/panel\.js\?a(&amp;|%26)b" data-rest-failed="The panel could not be loaded\. Reload the window to go on\."/);
  assert.match(webview.html, /default-src 'none'; img-src https:\/\/page\.test; style-src 'nonce-n0nce'; script-src 'nonce-n0nce'/);
  assert.deepEqual(webview.options, { enableScripts: true, localResourceRoots: FOLDERS });
  t.mock.timers.tick(999);
  await Promise.resolve();
  assert.deepEqual(seen, []);
  say({ type: 'ready' });
  await shown;
  assert.deepEqual(seen, [webview.html]);
});

test('a product that is read already takes the page over at once: it must know that the panel is seen', () => {
  const { view } = makeView();
  const taken: (readonly unknown[])[] = [];
  void showPage(view, { ...PARTS, isRead: () => true }, (early) => taken.push(early));
  assert.deepEqual(taken, [[]]);
});

test('a page that says nothing gets the product within a second: it was hidden again before it was loaded', async (t) => {
  t.mock.timers.enable({ apis: ['setTimeout'] });
  const { view } = makeView();
  const taken: (readonly unknown[])[] = [];
  const shown = showPage(view, PARTS, (early) => taken.push(early));
  t.mock.timers.tick(1000);
  await shown;
  assert.deepEqual(taken, [[]]);
});

test('the prompt box stands in the page with the draft as it is, if the panel will show it', async () => {
  const { view, webview, say } = makeView();
  const shown = showPage(view, { ...PARTS, prompt: () => '\n</textarea><script>"a" & b' }, () => undefined);
  say({ type: 'ready' });
  await shown;
  assert.match(webview.html, /<label for="prompt">Prompt<\/label><\/div><textarea id="prompt" dir="auto" rows="3" placeholder="[^"]+">\n\n&lt;\/textarea&gt;&lt;script&gt;&quot;a&quot; &amp; b<\/textarea>/);
  const other = makeView();
  const otherShown = showPage(other.view, PARTS, () => undefined);
  other.say({ type: 'ready' });
  await otherShown;
  assert.match(other.webview.html, /<div id="app"><\/div>/);
});

test('the prompt that was left is known without the product; with no endpoint there is no box for it', () => {
  const kept = (draft: unknown): string | undefined => keptPrompt({ get: (name: string) => (name === 'draft' ? draft : undefined) } as unknown as vscode.Memento);
  world.set('generateImage.endpoint', '');
  assert.equal(kept({ prompt: 'a fox' }), undefined);
  world.set('generateImage.endpoint', 'http://127.0.0.1:1234');
  assert.equal(kept({ prompt: 'a fox', count: 2 }), 'a fox');
  for (const nothing of [undefined, null, 'a fox', { prompt: 7 }, {}]) assert.equal(kept(nothing), '');
});

test('what the page says before is handed over in order, and once', async () => {
  const { view, say } = makeView();
  const taken: (readonly unknown[])[] = [];
  const shown = showPage(view, PARTS, (early) => taken.push(early));
  say({ type: 'ready' });
  say({ type: 'draft' });
  await shown;
  say({ type: 'generate' });
  assert.deepEqual(taken, [[{ type: 'ready' }, { type: 'draft' }]]);
});

test('a view that is gone by then gets no product', async () => {
  const { view, dispose } = makeView();
  let count = 0;
  const shown = showPage(view, PARTS, () => count++);
  dispose();
  await shown;
  assert.equal(count, 0);
});

test('a product that cannot be read is told to VS Code, which shows it in the view', async () => {
  const { view, say } = makeView();
  const shown = showPage(view, PARTS, () => {
    throw new Error('Reload the window to go on.');
  });
  say({ type: 'ready' });
  await assert.rejects(shown, /Reload the window/);
});
