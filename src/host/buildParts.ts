// Makes each part of the extension once: nothing is read, sent or awaited here.
import * as vscode from 'vscode';
import { History } from '../history/history.ts';
import { Journals } from '../history/journals.ts';
import { UnattendedBudget } from '../jobs/budget.ts';
import { Estimates } from '../jobs/estimate.ts';
import { JobQueue } from '../jobs/queue.ts';
import { createService } from '../jobs/service.ts';
import type { Platform } from './platform.ts';
import { createAgents } from './agents/createAgents.ts';
import { Connections } from './connection/connections.ts';
import { FailureReports } from './failures/failureReports.ts';
import { foldersBelow } from './window/folders.ts';
import { HistoryLimit } from './history/historyLimit.ts';
import { KeptImages } from './history/keptImages.ts';
import { ImageActions } from './insert/imageActions.ts';
import { InsertAs } from './insert/insertAs.ts';
import { ImageFiles } from './history/imageFiles.ts';
import { JobActions } from './jobs/jobActions.ts';
import { registerJobEnds } from './jobs/jobEnds.ts';
import { JobsUnderWay } from './jobs/jobsUnderWay.ts';
import { KeyStore } from './connection/keyStore.ts';
import { LinkActions } from './links/linkActions.ts';
import { LinkedImages } from './links/linkedImages.ts';
import type { LastEditor } from './insert/lastEditor.ts';
import { MendedJobs } from './jobs/mendedJobs.ts';
import { PREFIX } from './window/ids.ts';
import { Log } from './window/log.ts';
import { Memory } from './window/memory.ts';
import { registerPanel } from './panel/registerPanel.ts';
import { PanelIntents } from './panel/panelIntents.ts';
import { Draft } from './window/draft.ts';
import { WindowState } from './window/windowState.ts';
import { PanelView } from './panel/panelView.ts';
import { MissingImages } from './missing/missingImages.ts';
import { StartJobs } from './jobs/startJobs.ts';
import { Anchors } from './insert/anchors.ts';
import { PasteOffer } from './insert/pasteOffer.ts';
import { priceOfImages } from './connection/serviceSettings.ts';
import { readSetting } from './window/settings.ts';
import { mayPost } from './jobs/mayPost.ts';
import { Permission } from './jobs/permission.ts';
import { buildSnapshot } from './panel/snapshotBuilder.ts';
import { Thumbnails } from './history/thumbnails.ts';

export type Parts = ReturnType<typeof buildParts>;

export function buildParts(context: vscode.ExtensionContext, lastEditor: LastEditor, platform: Platform, version: string) {
  const { transport, files, liveness, pixels, links } = platform;
  const { clock } = transport;
  const channel = vscode.window.createOutputChannel('Generate Image', { log: true });
  const log = new Log(channel);
  const folders = foldersBelow(context.globalStorageUri);
  const keys = new KeyStore(context.secrets);
  const connections = new Connections(keys, log);
  const memory = new Memory(context.workspaceState, context.globalState);

  const changed = new vscode.EventEmitter<void>();
  const touch = (): void => changed.fire();
  const state = new WindowState(memory.newestImageId, touch);
  const permission = new Permission(new UnattendedBudget(() => readSetting('unattendedImages')));
  const history = new History({ files, now: () => clock.now() });
  const journals = new Journals({ files, owner: () => liveness.start() });
  const queue = new JobQueue({
    history,
    journals,
    service: createService(transport),
    clock,
    random: platform.random,
    concurrency: () => readSetting('concurrency'),
    connectionFor: () => connections.connect(),
    mayPost: (job, post) => mayPost(job, post, permission, state),
    log: (message) => log.info(message),
  });

  const scope = (): vscode.Uri | undefined => lastEditor.scope();
  const draft = new Draft({ memory, scope, changed: touch });
  const kept = new KeptImages(history, log);
  const thumbnails = new Thumbnails(files, pixels, log);
  const estimates = new Estimates();
  const mended = new MendedJobs(queue, keys);
  const anchors = new Anchors();
  const reports = new FailureReports(log);
  const imageFiles = new ImageFiles(folders.uriOf, memory, pixels);
  const images = new ImageActions({ history: kept, files: imageFiles, links, memory, anchors, lastEditor, homeFolder: platform.homeFolder });
  const pasteOffer = new PasteOffer({ memory, history: kept, files: imageFiles, links });
  const insertAs = new InsertAs({ memory, files: imageFiles, kept, lastEditor, changed: touch });
  const missing = new MissingImages(memory, links);
  const setUpParts = { keys, transport, connections, reports, log, machineName: platform.machineName };
  const panel = new PanelView({
    buildSnapshot: (toPageUri, revision) => buildSnapshot({ queue, estimates, mended, history: kept, connections, draft, state, scope, memory, insertAs, reports, thumbnails, uriOf: folders.uriOf }, toPageUri, revision),
    log,
  });
  const underWay = new JobsUnderWay(queue, estimates);
  const startJobs = new StartJobs({ queue, draft, memory, state, anchors, lastEditor, underWay, panel });
  const jobActions = new JobActions({ queue, startJobs, homeFolder: platform.homeFolder });
  const intents = new PanelIntents({ draft, state, queue, startJobs, jobActions, images, insertAs, pasteOffer, history, kept, thumbnails, pixels, setUpParts });
  const agents = createAgents({ platform, memory, permission, version, startJobs, queue, connections, reports, files: imageFiles, pixels, kept, log });
  const linked = new LinkedImages({ missing, kept, pixels, imageUri: (record) => imageFiles.uri(record) });
  const linkActions = new LinkActions({ linked, files: imageFiles, anchors, kept, thumbnails, uriOf: folders.uriOf, pixels, queue, startJobs, setUpParts, reports, draft, state, memory, panel });
  const limit = new HistoryLimit(history, kept, thumbnails, memory);

  return {
    priceOf: (sizes: readonly string[]) => priceOfImages(sizes.length),
    log, folders, keys, connections, memory, queue, draft, state, kept, anchors, lastEditor, reports, images, imageFiles, missing, panel, startJobs, setUpParts, pixels, links,
    agents,
    linkActions,
    pasteOffer,
    missingJobs: { startJobs, queue, missing, files: imageFiles, reports, draft },
    unattended: { startJobs, permission, connections, reports, uriOf: folders.uriOf, log },
    recovery: { queue, journals, history, files, isAlive: (windowId: string) => liveness.isAlive(windowId), now: () => clock.now(), log: (message: string) => log.warn(message) },
    disposables: [
      channel, changed, mended, draft, kept, anchors, pasteOffer, panel, underWay, agents, thumbnails, pixels, links,
      registerJobEnds({ queue, state, kept, memory, estimates, thumbnails, anchors, limit, panel, reports, images, jobActions, log }),
      registerPanel({ panel, intents, changed: changed.event, kept, keys, estimates, imagesFolder: folders.images, reports, log }),
      { dispose: queue.onDidChange(touch) },
      vscode.workspace.onDidChangeConfiguration((event) => event.affectsConfiguration(`${PREFIX}.concurrency`) && queue.startMore()),
      kept.onDidChange(touch),
      thumbnails.onDidMake(touch),
      { dispose: () => queue.dispose() },
      { dispose: () => void liveness.dispose() },
    ] satisfies vscode.Disposable[],
  };
}
