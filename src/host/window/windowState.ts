// Owns what the panel shows besides draft, jobs and history: the image in front, the notice, the counts and the range drawn.
import type { SnapshotAction } from '../../protocol/snapshot.ts';

export interface HistoryQuery {
  offset: number;
  count: number;
  query: string;
  starredOnly: boolean;
}

export interface Notice {
  id: number;
  text: string;
  actions: SnapshotAction[];
  run: (action: string) => void;
}

/** Images asked for together, in their order; a job has its images once it is kept. */
export interface AskedGroup {
  id: string;
  members: readonly { jobId: string; imageIds: readonly string[] }[];
}

export class WindowState {
  readonly #changed: () => void;
  #currentImageId: string | undefined;
  #group: AskedGroup | undefined;
  #notice: Notice | undefined;
  #noticeId = 0;
  #askedCount = 0;
  #doneCount = 0;
  #isRestored = false;
  #range: HistoryQuery = { offset: 0, count: 60, query: '', starredOnly: false };

  /** @param currentImageId the image that was in front before a reload */
  constructor(currentImageId: string | undefined, changed: () => void) {
    this.#currentImageId = currentImageId;
    this.#changed = changed;
  }

  get currentImageId(): string | undefined {
    return this.#currentImageId;
  }

  /** What was last asked for, if that was more than one image. */
  get group(): AskedGroup | undefined {
    return this.#group;
  }

  get notice(): Notice | undefined {
    return this.#notice;
  }

  /** Images that this window asked for. */
  get askedCount(): number {
    return this.#askedCount;
  }

  /** Jobs that ended with their image kept. */
  get doneCount(): number {
    return this.#doneCount;
  }

  get range(): HistoryQuery {
    return this.#range;
  }

  setRange(range: HistoryQuery): void {
    this.#range = range;
    this.#changed();
  }

  showImage(id: string | undefined): void {
    this.#currentImageId = id;
    this.#changed();
  }

  showGroup(group: AskedGroup | undefined): void {
    this.#group = group;
    this.#changed();
  }

  /** Once: images that stood together before a reload do so again, unless this window has asked for others. Never rejects. */
  async restoreGroup(find: (imageId: string) => Promise<AskedGroup | undefined>): Promise<void> {
    const imageId = this.#currentImageId;
    if (this.#isRestored || imageId === undefined || this.#askedCount > 0) return;
    this.#isRestored = true;
    const group = await find(imageId).catch(() => undefined);
    if (group && this.#askedCount === 0 && this.#currentImageId === imageId) this.showGroup(group);
  }

  /** Takes an image that an earlier window asked for into its group, if that is in front. */
  joinGroup(groupId: string, jobId: string, imageIds: readonly string[]): void {
    const group = this.#group;
    if (group?.id !== groupId || group.members.some((member) => member.jobId === jobId || member.imageIds.some((id) => imageIds.includes(id)))) return;
    this.showGroup({ ...group, members: [...group.members, { jobId, imageIds }] });
  }

  /** What became of a member: its images, or the job that is another try of it. */
  changeMember(jobId: string, change: { jobId?: string; imageIds?: readonly string[] }): void {
    if (!this.#group) return;
    const members = this.#group.members.map((member) => (member.jobId === jobId ? { ...member, ...change } : member));
    this.showGroup({ ...this.#group, members });
  }

  /** A failure that was put away leaves no hole among the others. */
  dropMember(jobId: string): void {
    if (this.#group) this.showGroup({ ...this.#group, members: this.#group.members.filter((member) => member.jobId !== jobId) });
  }

  countDone(): void {
    this.#doneCount++;
    this.#changed();
  }

  countAsked(images: number): void {
    this.#askedCount += images;
    this.#changed();
  }

  tell(text: string, actions: SnapshotAction[] = [], run: (action: string) => void = () => undefined): void {
    this.#notice = { id: ++this.#noticeId, text, actions, run };
    this.#changed();
  }

  clearNotice(id: number): void {
    if (this.#notice?.id !== id) return;
    this.#notice = undefined;
    this.#changed();
  }
}
