// What the two origins of one stand-in share: settings, plans, results and the record.
import { Gate } from './gate.ts';
import { ImageMaker } from './images.ts';
import { RequestLog } from './record.ts';
import { ResultStore } from './results.ts';
import type { Control, DownloadStep, PostStep, Settings } from './steps.ts';

export class State {
  readonly log = new RequestLog();
  readonly results = new ResultStore();
  readonly images = new ImageMaker();
  gate = new Gate();
  readonly posts: PostStep[] = [];
  readonly downloads: DownloadStep[] = [];
  settings: Settings;
  /** Set once both origins listen. */
  apiUrl = '';
  filesUrl = '';
  readonly #initial: Settings;

  constructor(settings: Settings) {
    this.#initial = settings;
    this.settings = structuredClone(settings);
  }

  /** Plans, records and settings as at the start; results stay, so that URLs handed out go on working. */
  reset(): void {
    this.posts.length = 0;
    this.downloads.length = 0;
    this.settings = structuredClone(this.#initial);
    this.log.clear();
    this.gate.open();
    this.gate = new Gate();
  }

  apply({ reset, plan, planDownload, key, release = 0, ...settings }: Control): void {
    if (reset === true) this.reset();
    this.posts.push(...(plan ?? []));
    this.downloads.push(...(planDownload ?? []));
    Object.assign(this.settings, settings);
    if (key !== undefined) this.settings.key = key ?? undefined;
    this.gate.release(release);
  }
}
