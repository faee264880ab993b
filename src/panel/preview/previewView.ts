// Draws the current image with what can be done with it.
import { html, nothing, type TemplateResult } from 'lit-html';
import type { Snapshot, SnapshotImage } from '../../protocol/snapshot.ts';
import { iconButton, textButton } from '../parts/button.ts';
import { copyImage } from './copyImage.ts';
import { InsertAs } from './insertAs.ts';
import { MoreMenu } from './moreMenu.ts';
import type { PageContext } from '../parts/pageContext.ts';

/** What of the preview opens and closes. */
export interface PreviewControls {
  more: MoreMenu;
  insertAs: InsertAs;
}

export function createPreviewControls(page: PageContext): PreviewControls {
  return { more: new MoreMenu(() => page.redraw(), { id: 'more', icon: 'more' }), insertAs: new InsertAs(page) };
}

export interface PreviewParts {
  page: PageContext;
  snapshot: Snapshot;
  controls: PreviewControls;
  /** What the buttons act on. */
  image: SnapshotImage | null;
  /** In place of the image: the grid of a group. */
  grid: TemplateResult | undefined;
  /** Nothing is there yet to act on. */
  isIdle: boolean;
  /** The image's file could not be loaded. */
  isBroken: boolean;
  onBroken: (uri: string) => void;
  /** Starts choosing a second image to compare with. */
  compareWith: (imageId: string) => void;
}

export function previewView(parts: PreviewParts): TemplateResult {
  const { page, image } = parts;
  const label = page.words.text('preview');
  if (!image && !parts.grid) {
    return html`<section class="preview empty" aria-label=${label}><div class="stage"><p class="quiet">${page.words.text('previewEmpty')}</p></div></section>`;
  }
  return html`<section class="preview" aria-label=${label}>
    <div class="stage">${parts.grid ?? (image ? imageView(parts, image) : nothing)}</div>
    <div class="belowStage" ?inert=${parts.isIdle}>${image ? html`${toolbarView(parts, image)}${parts.controls.insertAs.exactView(image)}` : nothing}</div>
    ${image && !parts.isIdle ? html`<p class="quiet facts">${factsOf(image, page)}</p>${revisedView(page, image)}` : nothing}
  </section>`;
}

function imageView({ page, isBroken, onBroken }: PreviewParts, image: SnapshotImage): TemplateResult {
  if (isBroken) return html`<div class="image missing"><p class="quiet">${page.words.text('imageMissing')}</p></div>`;
  return html`<div class="image">
    <img src=${image.uri} alt=${image.prompt} title=${image.prompt} width=${image.widthPx} height=${image.heightPx} decoding="async" @error=${() => onBroken(image.uri)} />
  </div>`;
}

function toolbarView({ page, snapshot, controls, compareWith }: PreviewParts, image: SnapshotImage): TemplateResult {
  const { words } = page;
  const imageId = image.id;
  const once = (kind: string, act: (intentId: string) => void): void => page.press(`${kind} ${imageId}`, act);
  return html`<div class="toolbar">
    ${controls.insertAs.buttons(image, snapshot.insertAs)}
    ${textButton({ label: words.text('save'), run: () => once('save', (intentId) => page.post({ type: 'save', intentId, imageIds: [imageId] })) })}
    <span class="icons">
      ${iconButton({ label: words.text('copy'), icon: 'copy', run: () => once('copy', () => page.post({ type: 'copy', imageId })) })}
      ${iconButton({ label: words.text('usePrompt'), icon: 'prompt', run: () => page.post({ type: 'usePrompt', imageId }) })}
      ${iconButton({ label: words.text('makeAgain'), icon: 'again', run: () => once('makeAgain', (intentId) => page.post({ type: 'makeAgain', intentId, imageId })) })}
      ${iconButton({ label: words.text('star'), icon: image.starred ? 'starred' : 'star', isPressed: image.starred, run: () => page.post({ type: 'star', imageId, starred: !image.starred }) })}
      ${iconButton({ label: words.text('delete'), icon: 'delete', run: () => page.press('delete', () => page.post({ type: 'delete', imageIds: [imageId] })) })}
      ${controls.more.view(words.text('more'), [
        { label: words.text('copyPrompt'), run: () => page.post({ type: 'copyPrompt', imageId }) },
        { label: words.text('openImage'), run: () => page.post({ type: 'openImage', imageId }) },
        { label: words.text('copyImage'), run: () => void copyImage(image.uri).then(() => true, () => false).then((done) => page.post({ type: 'copiedImage', done })) },
        { label: words.text('reveal'), run: () => page.post({ type: 'reveal', imageId }) },
        { label: words.text('compare'), run: () => compareWith(imageId) },
      ])}
    </span>
  </div>`;
}

function factsOf(image: SnapshotImage, { words }: PageContext): string {
  const size = `${image.widthPx} × ${image.heightPx}`;
  const facts = [size, words.bytes(image.sizeBytes), words.duration(image.durationMs), image.model, words.moment(image.time)];
  return facts.filter((fact) => fact !== '').join(' · ');
}

function revisedView(page: PageContext, image: SnapshotImage): TemplateResult | typeof nothing {
  if (image.revisedPrompt === undefined || image.revisedPrompt === image.prompt) return nothing;
  return html`<div class="revised">
    <p class="quiet">${page.words.text('revisedPrompt')}</p>
    <p class="revisedText" dir="auto" title=${image.revisedPrompt}>${image.revisedPrompt}</p>
    ${textButton({ label: page.words.text('useIt'), run: () => page.post({ type: 'useRevisedPrompt', imageId: image.id }) })}
  </div>`;
}
