// Ten thousand images in the history: the panel opens on as few messages, bytes and reads of the disk as with a hundred.
import assert from 'node:assert/strict';
import { after, before, test, type TestContext } from 'node:test';
import type * as vscode from 'vscode';
import { Uri } from 'vscode';
import { Thumbnails } from '../../../../src/host/history/thumbnails.ts';
import { PanelView } from '../../../../src/host/panel/panelView.ts';
import { buildSnapshot, type SnapshotParts } from '../../../../src/host/panel/snapshotBuilder.ts';
import { WindowState } from '../../../../src/host/window/windowState.ts';
import type { Pixels } from '../../../../src/host/platform.ts';
import type { Snapshot } from '../../../../src/protocol/snapshot.ts';
import { keepImages } from '../../../panel/longHistory.ts';
import { makeFolder } from '../../history/folder.ts';
import { until } from '../../jobs/workbench.ts';
import { makeGround } from '../ground.ts';

interface Opened {
  messages: Snapshot[];
  /** The records that were read from the disk, and their bytes. */
  reads: { count: number; bytes: number };
  /** Says what the page would. */
  say: (message: unknown) => void;
}

const FEW = 100;
const MANY = 10_000;
const folders = { [FEW]: makeFolder({ after }), [MANY]: makeFolder({ after }) };
before(() => {
  for (const kept of [FEW, MANY] as const) keepImages(folders[kept], 0, kept);
});

/** A panel that opens on so many images. */
function openOn(t: TestContext, kept: typeof FEW | typeof MANY): Opened {
  const reads = { count: 0, bytes: 0 };
  const ground = makeGround(t, {
    root: folders[kept],
    wrapFiles: (files) => ({
      ...files,
      async read(path) {
        const bytes = await files.read(path);
        if (path.endsWith('.json')) [reads.count, reads.bytes] = [reads.count + 1, reads.bytes + bytes.length];
        return bytes;
      },
    }),
  });
  const pixels = { thumbnail: () => Promise.resolve(undefined) } as unknown as Pixels;
  const thumbnails = new Thumbnails(ground.files, pixels, ground.log);
  t.after(() => thumbnails.dispose());
  const state = new WindowState(undefined, () => panel.push());
  const parts = {
    ...ground, state, thumbnails, history: ground.kept, scope: () => undefined, uriOf: (path: string) => Uri.file(`/history/${path}`),
    connections: { needsSetUp: () => Promise.resolve(false), endpoint: () => ({ host: 'api.example.com', origin: 'https://api.example.com' }) },
    mended: { isMended: () => false }, reports: {}, insertAs: { choice: { format: 'settings' }, weights: undefined },
  } as unknown as SnapshotParts;
  const panel = new PanelView({ buildSnapshot: (toPageUri, revision) => buildSnapshot(parts, toPageUri, revision), log: ground.log });
  t.after(() => panel.dispose());
  const listening = [ground.kept.onDidChange(() => panel.push()), panel.onIntent((intent) => {
    if (intent.type === 'history') state.setRange(intent);
  })];
  t.after(() => listening.forEach((each) => void each.dispose()));
  const messages: Snapshot[] = [];
  let say: (message: unknown) => void = () => assert.fail('nobody listens to the page');
  const webview = {
    asWebviewUri: (uri: vscode.Uri) => uri,
    postMessage: (message: Snapshot) => Promise.resolve(messages.push(message) > 0),
    onDidReceiveMessage: (listener: typeof say) => void (say = listener),
  };
  panel.takeOver({ visible: true, webview, onDidChangeVisibility: () => undefined, onDidDispose: () => undefined } as unknown as vscode.WebviewView, []);
  return { messages, reads, say: (message) => say(message) };
}

/** Opens it, draws the first part as the page does, and waits until all is known that is shown. */
async function measure(t: TestContext, kept: typeof FEW | typeof MANY): Promise<{ messages: number; characters: number; count: number; bytes: number }> {
  const { messages, reads, say } = openOn(t, kept);
  say({ type: 'ready' });
  await until(() => messages.length > 0);
  say({ type: 'history', offset: 0, count: 50, query: '', starredOnly: false });
  await until(() => messages.at(-1)?.history.items.length === 50 && messages.at(-1)?.history.sizeBytes !== 0);
  const { keptTotal, items } = messages.at(-1)?.history ?? assert.fail();
  assert.deepEqual([keptTotal, items[0]?.prompt, items.every(({ thumbnailUri }) => thumbnailUri !== undefined)], [kept, `image number ${kept - 1}`, true]);
  return { messages: messages.length, characters: messages.reduce((sum, message) => sum + JSON.stringify(message).length, 0), ...reads };
}

test('opening takes no more of anything', async (t) => {
  const [few, many] = [await measure(t, FEW), await measure(t, MANY)];
  t.diagnostic(JSON.stringify({ few, many }));
  assert.ok(many.messages <= 8, `${many.messages} messages`);
  assert.ok(many.characters / many.messages <= 1.3 * (few.characters / few.messages), `${many.characters} characters after ${few.characters}`);
  assert.ok(many.count <= few.count + 10 && few.count > 0, `${many.count} records after ${few.count}`);
  assert.ok(many.bytes <= 1.2 * few.bytes, `${many.bytes} bytes after ${few.bytes}`);
  assert.ok(few.count < FEW, 'not even all of the few are read');
});

test('the oldest come with one message, and no other record is read for them', async (t) => {
  const { messages, reads, say } = openOn(t, MANY);
  say({ type: 'ready' });
  await until(() => messages.length > 0);
  const [before, sent] = [reads.count, messages.length];
  say({ type: 'history', offset: MANY - 50, count: 50, query: '', starredOnly: false });
  await until(() => messages.at(-1)?.history.offset === MANY - 50);
  assert.deepEqual([messages.at(-1)?.history.items.length, messages.at(-1)?.history.items.at(-1)?.prompt], [50, 'image number 0']);
  assert.ok(reads.count <= before + 50 && messages.length <= sent + 2, `${reads.count - before} records, ${messages.length - sent} messages`);
});
