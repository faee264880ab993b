// Turns each snapshot of the host into the page, and what the person does into intents.
import { html, nothing, render } from 'lit-html';
import type { Snapshot, SnapshotJob } from '../protocol/snapshot.ts';
import { announceChanges, isActive } from './jobs/announcements.ts';
import type { Bridge } from './bridge.ts';
import { DraftKeeper } from './form/draftKeeper.ts';
import { formView, promptProblem } from './form/formView.ts';
import { HistoryList } from './history/historyList.ts';
import { endedJobsView, jobsView, type JobsParts } from './jobs/jobsView.ts';
import type { PageContext } from './parts/pageContext.ts';
import { statusView, wordsFor } from './jobs/pageStatus.ts';
import { PressGuard } from './parts/press.ts';
import { createPreviewControls, type PreviewControls, previewView } from './preview/previewView.ts';
import { PromptBox } from './form/promptBox.ts';
import { welcomeView } from './form/welcomeView.ts';
import type { Wording } from './parts/wording.ts';

const DRAFT_PAUSE_MS = 150;
/** Work that ends sooner is not worth a flash of progress. */
const PROGRESS_AFTER_MS = 250;
const TICK_MS = 1000;

/** The page: one per document. */
export class Page {
  readonly #app: HTMLElement;
  readonly #bridge: Bridge;
  readonly #words: Wording;
  readonly #context: PageContext;
  readonly #guard = new PressGuard(() => performance.now());
  readonly #keeper: DraftKeeper;
  readonly #promptBox: PromptBox;
  readonly #history: HistoryList;
  readonly #previewControls: PreviewControls;
  readonly #saidBefore: ReadonlySet<string>;
  readonly #firstSeen = new Map<string, number>();
  readonly #cancelledIds = new Set<string>();
  #snapshot: Snapshot | undefined;
  #hasHostState = false;
  #clockOffsetMs = 0;
  #said = '';
  #hiddenNotice: number | undefined;
  #brokenUri: string | undefined;
  #isRedrawDue = false;
  #tick = 0;

  constructor(app: HTMLElement, bridge: Bridge, words: Wording) {
    this.#app = app;
    this.#bridge = bridge;
    this.#words = words;
    this.#saidBefore = new Set(bridge.kept.saidJobs);
    this.#context = {
      words,
      post: (intent) => {
        // The host must know what was typed before it is told to do something with the draft.
        this.#keeper.flush();
        if (intent.type === 'dismiss') this.#guard.forget();
        bridge.post(intent);
      },
      press: (kind, act) => {
        if (this.#guard.isFirst(kind)) act(crypto.randomUUID());
      },
      redraw: () => this.#redrawSoon(),
      say: (text) => this.#say(text),
    };
    this.#keeper = new DraftKeeper(
      {
        post: (draft) => bridge.post({ type: 'draft', ...draft }),
        keep: (draft) => bridge.keep({ draft }),
        later: (run) => {
          const timer = window.setTimeout(run, DRAFT_PAUSE_MS);
          return () => window.clearTimeout(timer);
        },
      },
      bridge.kept.draft,
    );
    this.#promptBox = new PromptBox({
      words,
      keeper: this.#keeper,
      redraw: () => this.#redrawSoon(),
      recentPrompts: () => this.#snapshot?.recentPrompts ?? [],
    });
    const { query, starredOnly } = bridge.kept;
    this.#history = new HistoryList(this.#context, { query, starredOnly }, (filter) => bridge.keep(filter));
    this.#previewControls = createPreviewControls(this.#context);
  }

  /** Draws what is remembered at once, so that the form is there before the host answers. */
  showRemembered(snapshot: Snapshot | undefined): void {
    if (!snapshot || this.#hasHostState) return;
    this.#snapshot = snapshot;
    this.#redraw();
  }

  receive(snapshot: Snapshot): void {
    const before = this.#hasHostState ? this.#snapshot : undefined;
    this.#clockOffsetMs = snapshot.nowMs - Date.now();
    const seenMs = before ? performance.now() : -PROGRESS_AFTER_MS;
    for (const { id } of snapshot.jobs) if (!this.#firstSeen.has(id)) this.#firstSeen.set(id, seenMs);
    this.#snapshot = snapshot;
    this.#hasHostState = true;
    this.#keeper.receive(snapshot.draft);
    this.#history.receive(snapshot.history);
    if (before) {
      const changes = announceChanges(before, snapshot, this.#cancelledIds);
      if (changes.length > 0) this.#say(changes.map((change) => wordsFor(change, this.#words, this.#nowMs())).join(' '));
      if (before.jobs.length < snapshot.jobs.length) window.setTimeout(() => this.#redrawSoon(), PROGRESS_AFTER_MS + 10);
    }
    this.#bridge.rememberForm(snapshot);
    this.#rememberFailures(snapshot);
    this.#redraw();
  }

  /** Sends the host what it has not seen, before the page may go away. */
  flush(): void {
    this.#keeper.flush();
  }

  /** Whatever took the focus away, such as a question, lies between two presses: the next one is meant. */
  readonly forgetPresses = (): void => this.#guard.forget();

  measure(): void {
    this.#history.measure();
  }

  generate(): void {
    const draft = this.#keeper.value;
    if (!draft || !this.#snapshot || this.#snapshot.needsSetUp || !this.#hasHostState) return;
    if (promptProblem(draft, this.#snapshot)) {
      document.querySelector<HTMLElement>('#prompt')?.focus();
      return;
    }
    // Another wish within the half second is no double click.
    this.#context.press(`generate ${JSON.stringify(draft)}`, (intentId) => this.#bridge.post({ type: 'generate', intentId, ...this.#keeper.takeNext(draft) }));
  }

  /** The clock runs only while there is something to time and someone to see it. */
  keepTime(): void {
    const mustTick = document.visibilityState === 'visible' && this.#snapshot?.jobs.some(isActive) === true;
    if (mustTick && this.#tick === 0) this.#tick = window.setInterval(() => this.#redrawSoon(), TICK_MS);
    if (mustTick || this.#tick === 0) return;
    window.clearInterval(this.#tick);
    this.#tick = 0;
  }

  #nowMs(): number {
    return Date.now() + this.#clockOffsetMs;
  }

  #say(text: string): void {
    // The same words again would be no change, and so would not be said.
    this.#said = text === this.#said ? `${text}\u00a0` : text;
    this.#redrawSoon();
  }

  #redrawSoon(): void {
    if (this.#isRedrawDue) return;
    this.#isRedrawDue = true;
    queueMicrotask(() => {
      if (this.#isRedrawDue) this.#redraw();
    });
  }

  #redraw(): void {
    this.#isRedrawDue = false;
    const snapshot = this.#snapshot;
    if (!snapshot) return;
    const jobs = this.#jobsParts(snapshot);
    const notice = snapshot.notice?.id === this.#hiddenNotice ? null : snapshot.notice;
    const hasHistory = snapshot.history.keptTotal > 0;
    render(
      html`<main class="page">
        <h1 class="unseen">${this.#words.text('title')}</h1>
        <div class="asking">
          ${snapshot.needsSetUp ? welcomeView(this.#context) : this.#formView(snapshot)}
          <div class="progress">
            ${statusView({ page: this.#context, said: this.#said, notice, hideNotice: (id) => this.#hideNotice(id) })}
            ${endedJobsView(jobs)} ${jobsView(jobs)}
          </div>
        </div>
        <div class="having">
          ${snapshot.needsSetUp && !snapshot.current ? nothing : this.#previewView(snapshot)}
          ${hasHistory ? (this.#history.view(snapshot.current?.id) ?? nothing) : nothing}
        </div>
      </main>`,
      this.#app,
    );
    this.#promptBox.showDraft();
    this.keepTime();
    this.#history.measure();
  }

  #formView(snapshot: Snapshot): unknown {
    const draft = this.#keeper.value ?? snapshot.draft.value;
    return formView({
      page: this.#context,
      snapshot,
      draft,
      promptBox: this.#promptBox.view(promptProblem(draft, snapshot)?.kind === 'tooLong'),
      change: (part) => {
        this.#keeper.change(part);
        this.#redrawSoon();
      },
      writePrompt: (text) => this.#promptBox.write(text),
      generate: () => this.generate(),
    });
  }

  #previewView(snapshot: Snapshot): unknown {
    return previewView({
      page: this.#context,
      snapshot,
      controls: this.#previewControls,
      isBroken: snapshot.current?.uri === this.#brokenUri,
      onBroken: (uri) => {
        this.#brokenUri = uri;
        this.#redrawSoon();
      },
      compareWith: (imageId) => this.#history.selectFrom(imageId),
    });
  }

  #jobsParts(snapshot: Snapshot): JobsParts {
    return {
      page: this.#context,
      snapshot,
      nowMs: this.#nowMs(),
      isDue: ({ id }) => performance.now() - (this.#firstSeen.get(id) ?? 0) >= PROGRESS_AFTER_MS,
      cancel: (which) => this.#cancel(which, snapshot.jobs),
      wasSaid: (jobId) => this.#saidBefore.has(jobId),
    };
  }

  #cancel(which: readonly string[] | 'all', jobs: readonly SnapshotJob[]): void {
    this.#guard.forget();
    for (const id of which === 'all' ? jobs.map((job) => job.id) : which) this.#cancelledIds.add(id);
    if (which === 'all') this.#bridge.post({ type: 'cancelAll' });
    else for (const jobId of which) this.#bridge.post({ type: 'cancel', jobId });
  }

  #hideNotice(noticeId: number): void {
    this.#hiddenNotice = noticeId;
    this.#redrawSoon();
  }

  #rememberFailures(snapshot: Snapshot): void {
    const saidJobs = snapshot.jobs.filter(({ state }) => state.phase === 'failed').map(({ id }) => id);
    if (saidJobs.join() !== this.#bridge.kept.saidJobs.join()) this.#bridge.keep({ saidJobs });
  }
}
