// Makes each part of the extension once: nothing is read, sent or awaited here.
import * as vscode from 'vscode';
import { History } from '../history/history.ts';
import { Journals } from '../history/journals.ts';
import { UnattendedBudget } from '../jobs/budget.ts';
import { Estimates } from '../jobs/estimate.ts';
import { JobQueue } from '../jobs/queue.ts';
import { createService } from '../jobs/service.ts';
import type { Platform } from './platform.ts';
import { Connections } from './connection/connections.ts';
import { FailureReports } from './failures/failureReports.ts';
import { foldersBelow } from './window/folders.ts';
import { Generator } from './jobs/generator.ts';
import { HistoryLimit } from './history/historyLimit.ts';
import { KeptImages } from './history/keptImages.ts';
import { ImageActions } from './insert/imageActions.ts';
import { ImageFiles } from './history/imageFiles.ts';
import { JobActions } from './jobs/jobActions.ts';
import { followJobs } from './jobs/jobEnds.ts';
import { JobsUnderWay } from './jobs/jobsUnderWay.ts';
import { KeyStore } from './connection/keyStore.ts';
import type { LastEditor } from './insert/lastEditor.ts';
import { Log } from './window/log.ts';
import { Memory } from './window/memory.ts';
import { connectPanel } from './panel/connectPanel.ts';
import { PanelIntents } from './panel/panelIntents.ts';
import { PanelState } from './window/windowState.ts';
import { PanelView } from './panel/panelView.ts';
import { MissingImages } from './missing/missingImages.ts';
import { PersonJobs } from './jobs/personJobs.ts';
import { Anchors } from './insert/anchors.ts';
import { readSetting } from './window/settings.ts';
import { setUp, type SetUpParts } from './connection/setUp.ts';
import { buildSnapshot } from './panel/snapshotBuilder.ts';
import { Thumbnails } from './history/thumbnails.ts';

export type Parts = ReturnType<typeof buildParts>;

export function buildParts(context: vscode.ExtensionContext, lastEditor: LastEditor, platform: Platform) {
  const { transport, files, liveness, pixels, links } = platform;
  const { clock } = transport;
  const channel = vscode.window.createOutputChannel('Generate Image', { log: true });
  const log = new Log(channel);
  const folders = foldersBelow(context.globalStorageUri);
  const keys = new KeyStore(context.secrets);
  const connections = new Connections(keys, log);
  const memory = new Memory(context.workspaceState, context.globalState);

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
    log: (message) => log.info(message),
  });

  const state = new PanelState(memory);
  const view = new KeptImages(history, log);
  const estimates = new Estimates();
  const anchors = new Anchors();
  const jobActions: JobActions = new JobActions({ queue, jobs: () => jobs });
  const reports: FailureReports = new FailureReports((action, failure, jobId) => {
    jobActions.run(action, failure, jobId).catch((error: unknown) => reports.showError(error, log));
  });
  const imageFiles = new ImageFiles(folders.uriOf, memory);
  const images = new ImageActions({ history: view, files: imageFiles, anchors, lastEditor });
  const thumbnails = new Thumbnails(files, pixels, log);
  const missing = new MissingImages(memory, links);
  const panel = new PanelView({
    readPage: () => ({ script: platform.readOwnFile('out/panel.js'), style: platform.readOwnFile('media/panel.css') }),
    nonce: platform.nonce,
    imageFolders: [folders.images, folders.thumbnails],
    buildSnapshot: (toPageUri, revision) => buildSnapshot({ queue, estimates, history: view, connections, state, memory, reports, thumbnails, uriOf: folders.uriOf }, toPageUri, revision),
    log,
  });
  const setUpParts: SetUpParts = { keys, transport, reports: () => reports, log, machineName: platform.machineName };
  const generator = new Generator(queue, memory, state);
  const progress = new JobsUnderWay(queue);
  const jobs: PersonJobs = new PersonJobs({
    generator, queue, connections, progress, panel, anchors, lastEditor,
    results: { panel, reports, insert: (id) => images.insert([id]), save: (id) => images.save([id]), log },
    setUp: () => setUp(setUpParts),
  });
  const intents = new PanelIntents({ state, queue, jobs, jobActions, images, history, view, thumbnails, setUp: () => setUp(setUpParts) });
  const budget = new UnattendedBudget(() => readSetting('unattendedImages'));

  return {
    log, folders, keys, connections, memory, queue, state, view, anchors, lastEditor, reports, images, imageFiles, missing, panel, jobs, setUpParts,
    missingJobs: { generator, queue, files: imageFiles, pixels, reports, state },
    unattended: { generator, budget, connections, reports, uriOf: folders.uriOf, log },
    recovery: { queue, journals, history, files, isAlive: (windowId: string) => liveness.isAlive(windowId), now: () => clock.now(), log: (message: string) => log.warn(message) },
    disposables: [
      channel, state, view, anchors, panel, progress, thumbnails, pixels, links,
      followJobs({ queue, state, view, memory, estimates, thumbnails, limit: new HistoryLimit(history, view, memory), log }),
      thumbnails.onDidMake(() => view.notify()),
      connectPanel({ panel, intents, state, view, queue, keys, estimates, imagesFolder: folders.images, reports, log }),
      { dispose: () => queue.dispose() },
      { dispose: () => void liveness.dispose() },
    ] satisfies vscode.Disposable[],
  };
}
