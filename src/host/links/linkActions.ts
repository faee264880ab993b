// Does what is offered on an image link: another image takes its place, or the image is shown elsewhere.
import * as vscode from 'vscode';
import * as v from 'valibot';
import type { ImageRecord } from '../../history/record.ts';
import type { JobQueue } from '../../jobs/queue.ts';
import { offeredSizeFor, wantedSize } from '../../missing/imageAsked.ts';
import { promptOf } from '../../missing/promptWords.ts';
import { DEFAULT_SIZE, parseSize } from '../../prompt/size.ts';
import { Failure } from '../../request/failures/failure.ts';
import { ensureSetUp } from '../connection/setUp.ts';
import type { SetUpParts } from '../connection/setUpParts.ts';
import { cancelledSentence } from '../failures/cancelledSentence.ts';
import type { FailureReports } from '../failures/failureReports.ts';
import type { KeptImages } from '../history/keptImages.ts';
import type { Thumbnails } from '../history/thumbnails.ts';
import type { StartJobs } from '../jobs/startJobs.ts';
import type { Pixels } from '../platform.ts';
import type { Draft } from '../window/draft.ts';
import { fullId } from '../window/ids.ts';
import type { Memory } from '../window/memory.ts';
import { plainText } from '../window/plainText.ts';
import { Refusal } from '../window/refusal.ts';
import { offeredSizes, sizesInOrder } from '../window/settings.ts';
import type { WindowState } from '../window/windowState.ts';
import { askAgain, askPrompt, askRecord, type OldFile } from './askForLink.ts';
import { LINK_ACTIONS, type LinkCall } from './linkCommand.ts';
import { type ImageFacts, type LinkedImage, newestRecords } from './linkedImages.ts';
import type { LinkCalls } from './linkOffers.ts';
import { replaceLinked, type ReplaceParts } from './replaceLinked.ts';
import { actionsFor, hoverFor } from './showLink.ts';

const t = vscode.l10n.t;

export interface LinkActionsParts extends ReplaceParts {
  kept: KeptImages;
  thumbnails: Thumbnails;
  /** Of a path below the history's folder. */
  uriOf: (path: string) => vscode.Uri;
  pixels: Pixels;
  queue: JobQueue;
  startJobs: StartJobs;
  setUpParts: SetUpParts;
  reports: FailureReports;
  draft: Draft;
  state: WindowState;
  memory: Memory;
  panel: { focus(): Promise<void> };
}

const MOST_LISTED = 300;

/** Whoever runs the command: a hover, the light bulb, or other code. */
const linkCallSchema = v.object({ action: v.picklist(LINK_ACTIONS), document: v.string(), url: v.string(), start: v.pipe(v.number(), v.integer(), v.minValue(0)) });

export class LinkActions implements LinkCalls {
  readonly #parts: LinkActionsParts;
  /** What stood in a file's place before, by the new file. */
  readonly #before = new Map<string, vscode.Uri>();
  #places = 0;

  constructor(parts: LinkActionsParts) {
    this.#parts = parts;
  }

  async linkHover(document: vscode.TextDocument, position: vscode.Position): Promise<vscode.Hover | undefined> {
    const image = await this.#at(document, position);
    const hover = image && (await hoverFor(image, await this.#facts(image), this.#beforeOf(image) !== undefined, this.#parts.pixels));
    return document.version === image?.version ? hover : undefined;
  }

  async linkActions(document: vscode.TextDocument, range: vscode.Range): Promise<vscode.CodeAction[]> {
    const image = await this.#at(document, range.start);
    return image ? actionsFor(image, await this.#facts(image), this.#beforeOf(image) !== undefined) : [];
  }

  /** Never rejects: a person is told. */
  async changeLink(call: unknown): Promise<void> {
    try {
      const parsed = v.safeParse(linkCallSchema, call);
      if (parsed.success) await this.#run(parsed.output);
    } catch (error) {
      this.#parts.reports.showError(error);
    }
  }

  #at(document: vscode.TextDocument, position: vscode.Position): Promise<LinkedImage | undefined> {
    // A text that takes too long to read offers nothing; the commands say so.
    return this.#parts.linked.at(document, document.offsetAt(position)).catch(() => undefined);
  }

  #facts(image: LinkedImage): Promise<ImageFacts | undefined> {
    return this.#parts.linked.factsOf(image).catch(() => undefined);
  }

  #beforeOf({ uri }: LinkedImage): vscode.Uri | undefined {
    return uri && this.#before.get(uri.toString());
  }

  async #run({ action, document: uri, url, start }: LinkCall): Promise<void> {
    const document = await vscode.workspace.openTextDocument(vscode.Uri.parse(uri));
    const image = await this.#parts.linked.near(document, url, start);
    if (!image) throw new Refusal(t('This link is gone.'));
    const place = `link ${++this.#places}`;
    const { anchors } = this.#parts;
    const { rawStart, rawEnd } = image.link;
    // Before anything is waited for: a person may type while the file is read.
    anchors.markText(place, document, new vscode.Range(document.positionAt(rawStart), document.positionAt(rawEnd)));
    try {
      const facts = await this.#facts(image);
      if (action === 'show') return await this.#show(image, facts);
      if (action === 'compare') return await this.#compare(this.#beforeOf(image), image.uri);
      const old: OldFile | undefined = facts ? { goes: false } : undefined;
      const record = action === 'replace' ? await this.#choose(old) : await this.#make(image, facts, action === 'makeAgain', old);
      if (!record) return;
      const replaced = await replaceLinked({ place, url, record, dropsOld: old?.goes ?? false, ...(action === 'replace' ? {} : exactSize(facts)) }, this.#parts);
      if (replaced.before && !old?.goes) this.#before.set(replaced.after.toString(), replaced.before);
      void this.#tell(replaced.before && !old?.goes ? replaced.before : undefined, replaced.after);
    } finally {
      anchors.drop(place);
    }
  }

  async #show({ uri }: LinkedImage, facts: ImageFacts | undefined): Promise<void> {
    if (!facts?.record) return void (await vscode.commands.executeCommand(fullId('usePrompt'), uri));
    this.#parts.state.showImage(facts.record.id);
    await this.#parts.panel.focus();
  }

  async #compare(before: vscode.Uri | undefined, after: vscode.Uri | undefined): Promise<void> {
    if (before && after) await vscode.commands.executeCommand('vscode.diff', before, after, t('Before / after'));
  }

  async #choose(old: OldFile | undefined): Promise<ImageRecord | undefined> {
    const { kept, thumbnails, uriOf } = this.#parts;
    await kept.refreshIfChanged();
    const records = await newestRecords(kept, MOST_LISTED);
    if (records.length === 0) throw new Refusal(t('There is no image yet. Generate one first.'));
    const listed = await Promise.all(records.map(async (record) => {
      const path = await thumbnails.pathFor(record).catch(() => undefined);
      return { record, icon: path === undefined ? undefined : uriOf(path) };
    }));
    return askRecord(listed, old);
  }

  /** One job; undefined if the person left or cancelled. @throws Failure */
  async #make({ document, link }: LinkedImage, facts: ImageFacts | undefined, isSame: boolean, old: OldFile | undefined): Promise<ImageRecord | undefined> {
    const { setUpParts, startJobs, queue, draft, memory } = this.#parts;
    const known = facts?.prompt ?? promptOf(link) ?? '';
    const recipe = facts?.inFile?.source === 'recipe' ? facts.inFile : facts?.record?.recipe;
    const [usual = DEFAULT_SIZE] = sizesInOrder(memory.lastSize, document);
    const wanted = (recipe && parseSize(recipe.size)) ?? facts?.info ?? wantedSize(link);
    const { promptExtend, watermark } = recipe ?? draft.value;
    const asked = { size: offeredSizeFor(wanted, offeredSizes(document), usual), promptExtend, watermark };
    const prompt = isSame ? await askAgain(known, asked, old) : await askPrompt(known, asked, old);
    if (prompt === undefined || !(await ensureSetUp(setUpParts))) return undefined;
    const [job] = startJobs.start(startJobs.requestFor({ prompt, ...asked }, 'document'), { source: 'document' });
    if (!job) return undefined;
    const title = t('Making an image for this place');
    await vscode.window.withProgress({ location: vscode.ProgressLocation.Notification, title, cancellable: true }, async (_, token) => {
      token.onCancellationRequested(() => queue.cancel(job.id));
      await job.ended;
    });
    const state = await job.ended;
    if (state.phase === 'failed') throw state.failure;
    if (state.phase === 'cancelled' && state.billed !== 'no') void vscode.window.showInformationMessage(cancelledSentence(state.billed, state.paidNotDownloaded));
    if (state.phase !== 'kept') return undefined;
    const [record] = state.images;
    if (!record) throw new Failure('noImageInAnswer');
    return record;
  }

  async #tell(before: vscode.Uri | undefined, after: vscode.Uri): Promise<void> {
    const compare = t('Before / after');
    const name = plainText(vscode.workspace.asRelativePath(after), 100);
    const pressed = await vscode.window.showInformationMessage(t('{0} is in its place.', name), ...(before ? [compare] : []));
    if (pressed === compare) await this.#compare(before, after);
  }
}

/** A file that was scaled or cropped for its place gets a successor of the same pixels. */
function exactSize(facts: ImageFacts | undefined): { widthPx?: number; heightPx?: number } {
  const recipe = facts?.inFile?.source === 'recipe' ? facts.inFile : facts?.record?.recipe;
  const made = recipe && parseSize(recipe.size);
  if (!facts?.info || !made || (made.widthPx === facts.info.widthPx && made.heightPx === facts.info.heightPx)) return {};
  return { widthPx: facts.info.widthPx, heightPx: facts.info.heightPx };
}
