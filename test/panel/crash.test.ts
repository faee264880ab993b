// Kills the real extension host by its own id, while a job is asked for, downloaded and written: what was paid for is kept or told of.
// Every phase of a job is held without a window in test/unit/faults/phases.test.ts.
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { imageIdOf } from '../../src/history/imageId.ts';
import type { DownloadStep, PostStep } from '../endpoint/steps.ts';
import { extensionHosts } from '../vscode/extensionHosts.ts';
import { button, filesIn, openPanel, paidRequests, promptBox, until } from './person.ts';
import { startProduct, type Product } from './product.ts';

const JOBS = 2;

/** When the host is killed: so long after the first request of this kind has come. */
interface Round {
  title: string;
  posts?: PostStep;
  files?: DownloadStep;
  after: 'api' | 'files';
  delayMs: number;
}

const ROUNDS: readonly Round[] = [
  { title: 'before the answer', posts: { kind: 'hang', when: 'headers' }, after: 'api', delayMs: 0 },
  { title: 'within the download', files: { kind: 'hang', when: 'midBody' }, after: 'files', delayMs: 100 },
  { title: 'during the write', posts: { kind: 'ok', delayMs: 50 }, after: 'files', delayMs: 5 },
];

let product: Product;
before(async () => {
  product = await startProduct({ standIn: { image: 'flat' } });
});
after(() => product.stop());

const unfinished = (): string[] => filesIn(join(product.historyFolder, 'unfinished')).filter((name) => name.endsWith('.json'));

/** Ids of the images that have their recipe beside them; what the killed were writing has neither name. */
function keptIds(): string[] {
  const names = filesIn(join(product.historyFolder, 'images')).filter((name) => !name.startsWith('.'));
  return names.filter((name) => name.endsWith('.png') && names.includes(name.replace(/png$/, 'json'))).map((name) => name.slice(0, -4));
}

/** Ids of the images that journals wait for. */
const awaitedIds = (): string[] => unfinished().map((name) => imageIdOf(name.replace(/\..*$/, ''), 0));

/** How many requests the notifications say got no answer. */
async function countReported(): Promise<number> {
  const texts = await product.window.notifications();
  return texts.reduce((sum, text) => {
    const many = /before the service answered (\d+) requests/.exec(text)?.[1];
    return sum + (many ? Number(many) : text.includes('before the service answered for') ? 1 : 0);
  }, 0);
}

test('three killed extension hosts lose nothing that was paid for', { skip: process.platform !== 'linux' }, async (t) => {
  const { window, standIn } = product;
  let reported = 0;
  for (const [index, { title, posts, files, after: origin, delayMs }] of ROUNDS.entries()) {
    const panel = await openPanel(product);
    await promptBox(panel).fill(`round ${index}: ${title}`);
    await panel.getByRole('spinbutton', { name: 'Images' }).fill(`${JOBS}`);
    for (let job = 0; job < JOBS; job++) {
      if (posts) standIn.plan(posts);
      if (files) standIn.planDownload(files);
    }
    const [seen, before, sentBefore] = [standIn.requests.length, keptIds(), paidRequests(product).length];
    await panel.getByRole('button', { name: /^Generate/ }).first().click();
    await standIn.waitFor((request) => standIn.requests.indexOf(request) >= seen && request.origin === origin, 15_000);
    await new Promise((resolve) => setTimeout(resolve, delayMs));
    const hosts = extensionHosts(product.vscode);
    assert.ok(hosts.length > 0, 'no extension host is there to kill');
    for (const pid of hosts) process.kill(pid, 'SIGKILL');
    await until('the host is gone', () => hosts.every((pid) => !extensionHosts(product.vscode).includes(pid)));
    const begun = [...new Set([...awaitedIds(), ...keptIds()])].filter((id) => !before.includes(id));
    const sent = paidRequests(product).length - sentBefore;
    assert.ok(sent <= begun.length, `${title}: a request was sent that no journal knows`);
    // What was planned for a request that the dead did not come to send is not for those who take up their work.
    standIn.reset();
    await window.page.reload();
    await window.page.locator('.monaco-workbench .part.statusbar .statusbar-item').first().waitFor();
    await until(`what round ${index} left is taken up`, () => extensionHosts(product.vscode).length > 0 && unfinished().length === 0, 45_000);
    // What is told is on its way to the window still.
    const silent = begun.filter((id) => !keptIds().includes(id)).length;
    if (silent > 0) await until(`${silent} are told of`, async () => (await countReported()) >= silent);
    assert.equal(await countReported(), silent, title);
    reported += silent;
    t.diagnostic(`${title}: ${sent} sent, ${begun.length - silent} kept, ${silent} reported`);
  }
  assert.ok(keptIds().length >= 2 && reported >= 2);
});

test('what was killed on its way is in the panel’s history', async () => {
  const panel = await openPanel(product);
  // Only what is near the visible part of the history is in the page.
  await panel.getByRole('searchbox', { name: 'Search history' }).fill('round 1');
  await button(panel.getByRole('list', { name: 'History' }), 'round 1: within the download').first().waitFor();
});
