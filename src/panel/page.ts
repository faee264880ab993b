// Turns each snapshot of the host into the page, and what the person does into intents.
import { html, nothing, render, type TemplateResult } from 'lit-html';
import type { Draft, Snapshot } from '../protocol/snapshot.ts';
import { announceChanges, isActive } from './jobs/announcements.ts';
import { JobTimes } from './jobs/jobTimes.ts';
import { fitMessages } from './jobs/messagesRoom.ts';
import { messagesView } from './jobs/messagesView.ts';
import { slotView } from './jobs/slotView.ts';
import { GroupView } from './group/groupView.ts';
import type { Bridge } from './bridge.ts';
import { DraftKeeper } from './form/draftKeeper.ts';
import type { EarlyBox } from './form/earlyBox.ts';
import { formView, idleWords, promptProblem } from './form/formView.ts';
import { OptionsFold } from './form/optionsFold.ts';
import { optionsView } from './form/optionsView.ts';
import { HistoryList } from './history/historyList.ts';
import type { PageContext } from './parts/pageContext.ts';
import { wordsFor } from './jobs/pageStatus.ts';
import { PressGuard } from './parts/press.ts';
import { createPreviewControls, type PreviewControls, previewView } from './preview/previewView.ts';
import { PromptBox } from './form/promptBox.ts';
import { welcomeView } from './form/welcomeView.ts';
import type { Wording } from './parts/wording.ts';

const DRAFT_PAUSE_MS = 150;

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
  readonly #group: GroupView;
  readonly #options: OptionsFold;
  readonly #saidBefore: ReadonlySet<string>;
  readonly #times = new JobTimes(() => this.#redrawSoon());
  readonly #cancelledIds = new Set<string>();
  #snapshot: Snapshot | undefined;
  #hasHostState = false;
  #said = '';
  #hiddenNotice: number | undefined;
  #brokenUri: string | undefined;
  #isRedrawDue = false;

  constructor(app: HTMLElement, early: EarlyBox, bridge: Bridge, words: Wording) {
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
    }, early);
    const { query, starredOnly } = bridge.kept;
    this.#history = new HistoryList(this.#context, { query, starredOnly }, (filter) => bridge.keep(filter));
    this.#previewControls = createPreviewControls(this.#context);
    this.#group = new GroupView({ page: this.#context, keepFolded: (foldedGroup) => bridge.keep({ foldedGroup }), cancel: (jobId) => this.#cancel(jobId), cancelAll: () => this.#cancelAll() }, bridge.kept.foldedGroup);
    this.#options = new OptionsFold({ keep: (optionsOpen) => bridge.keep({ optionsOpen }), redraw: () => this.#redrawSoon() }, bridge.kept.optionsOpen);
  }

  /** Draws what is remembered at once, so that the form is there before the host answers. */
  showRemembered(snapshot: Snapshot | undefined): void {
    if (!snapshot || this.#hasHostState) return;
    this.#snapshot = snapshot;
    this.#redraw();
  }

  receive(snapshot: Snapshot): void {
    const before = this.#hasHostState ? this.#snapshot : undefined;
    this.#times.receive(snapshot, !before);
    this.#snapshot = snapshot;
    this.#hasHostState = true;
    this.#keeper.receive(snapshot.draft);
    this.#history.receive(snapshot.history);
    if (before) {
      const changes = announceChanges(before, snapshot, this.#cancelledIds);
      if (changes.length > 0) this.#say(changes.map((change) => wordsFor(change, this.#words, this.#times.nowMs)).join(' '));
    }
    this.#bridge.rememberForm(snapshot);
    this.#rememberFailures(snapshot);
    this.#redraw();
    if (this.#keeper.takeWanted()) this.generate();
  }

  /** Sends the host what it has not seen, before the page may go away. */
  flush(): void {
    this.#keeper.flush();
  }

  /** Nobody is in the page: what makes room for the image may do so now. */
  readonly tidy = (): void => {
    if (this.#snapshot) this.#options.tidy(this.#snapshot);
  };

  /** Whatever took the focus away, such as a question, lies between two presses: the next one is meant. */
  readonly forgetPresses = (): void => this.#guard.forget();

  measure(): void {
    fitMessages();
    this.#history.measure();
  }

  generate(): void {
    const draft = this.#keeper.value;
    if (!draft || !this.#snapshot || this.#snapshot.needsSetUp) return;
    if (promptProblem(draft, this.#snapshot)) return document.querySelector<HTMLElement>('#prompt')?.focus();
    if (!this.#hasHostState) return this.#keeper.want();
    // Another wish within the half second is no double click.
    this.#context.press(`generate ${JSON.stringify(draft)}`, (intentId) => this.#bridge.post({ type: 'generate', intentId, ...this.#keeper.takeNext(draft) }));
  }

  readonly keepTime = (): void => this.#times.keepTime(this.#snapshot);

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
    if (!snapshot || !this.#promptBox.takeOver()) return;
    this.#group.update(snapshot, this.#times.isDue);
    const hasStage = !snapshot.needsSetUp || snapshot.current !== null;
    render(
      html`<main class="page" @keydown=${(event: KeyboardEvent) => event.key === 'Escape' && this.#group.shrink()}>
        <h1 class="unseen">${this.#words.text('title')}</h1>
        <div class="asking">${snapshot.needsSetUp ? welcomeView(this.#context) : this.#formView(snapshot)}</div>
        <div class="having">
          ${hasStage ? this.#previewView(snapshot) : nothing}
          ${messagesView({
            page: this.#context, words: this.#words, snapshot, nowMs: this.#times.nowMs, said: this.#said,
            notice: snapshot.notice?.id === this.#hiddenNotice ? null : snapshot.notice,
            hideNotice: (id) => {
              this.#hiddenNotice = id;
              this.#redrawSoon();
            },
            wasSaid: (jobId) => this.#saidBefore.has(jobId),
          })}
          ${snapshot.history.keptTotal > 0 ? (this.#history.view(snapshot.current?.id) ?? nothing) : nothing}
        </div>
      </main>`,
      this.#app,
    );
    this.#promptBox.showDraft();
    this.keepTime();
    this.measure();
  }

  #formView(snapshot: Snapshot): unknown {
    const draft = this.#keeper.value ?? snapshot.draft.value;
    const change = (part: Partial<Draft>): void => {
      this.#keeper.change(part);
      this.#redrawSoon();
    };
    const isOpen = this.#options.isOpen(snapshot);
    return formView({
      page: this.#context,
      snapshot,
      draft,
      promptBox: this.#promptBox.view(promptProblem(draft, snapshot)?.kind === 'tooLong'),
      options: optionsView({ page: this.#context, snapshot, draft, isOpen, change, toggle: () => this.#options.toggle(isOpen), writePrompt: (text) => this.#promptBox.write(text) }),
      slot: this.#slotView(snapshot, draft),
      change,
      generate: () => this.generate(),
    });
  }

  #slotView(snapshot: Snapshot, draft: Draft): TemplateResult {
    const job = snapshot.jobs.find((one) => isActive(one) && this.#times.isDue(one.id) && !this.#group.has(one.id));
    return slotView({ words: this.#words, idle: idleWords(draft, snapshot, this.#words), nowMs: this.#times.nowMs, job, line: this.#group.line(), cancel: (jobId) => this.#cancel(jobId) });
  }

  #previewView(snapshot: Snapshot): unknown {
    const isGrid = this.#group.isShown && !this.#group.isLarge;
    const image = this.#group.isShown ? this.#group.chosen : snapshot.current;
    return previewView({
      page: this.#context,
      snapshot,
      image: image ?? snapshot.current,
      grid: isGrid ? this.#group.grid(this.#times.nowMs) : undefined,
      isIdle: !image,
      controls: this.#previewControls,
      isBroken: image?.uri === this.#brokenUri,
      onBroken: (uri) => {
        this.#brokenUri = uri;
        this.#redrawSoon();
      },
      compareWith: (imageId) => this.#history.selectFrom(imageId),
    });
  }

  #cancel(jobId: string): void {
    this.#guard.forget();
    this.#cancelledIds.add(jobId);
    this.#bridge.post({ type: 'cancel', jobId });
  }

  #cancelAll(): void {
    this.#guard.forget();
    for (const { id } of this.#snapshot?.jobs ?? []) this.#cancelledIds.add(id);
    this.#bridge.post({ type: 'cancelAll' });
  }

  #rememberFailures(snapshot: Snapshot): void {
    const saidJobs = snapshot.jobs.filter(({ state }) => state.phase === 'failed').map(({ id }) => id);
    if (saidJobs.join() !== this.#bridge.kept.saidJobs.join()) this.#bridge.keep({ saidJobs });
  }
}
