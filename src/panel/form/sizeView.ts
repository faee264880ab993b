// Draws the sizes as radio buttons that look like the image's outline, to scale.
import { html, type TemplateResult } from 'lit-html';
import { live } from 'lit-html/directives/live.js';
import { parseSize, ratioOf } from '../../prompt/size.ts';

export interface OfferedSize {
  value: string;
  ratio: string;
}

const LONGEST_SIDE_PX = 26;
const SHORTEST_SIDE_PX = 5;

/** The sizes offered; the chosen one is among them even when it is not on the list. */
export function withChosen(sizes: readonly OfferedSize[], chosen: string): readonly OfferedSize[] {
  if (sizes.some(({ value }) => value === chosen)) return sizes;
  const parsed = parseSize(chosen);
  return parsed ? [...sizes, { value: chosen, ratio: ratioOf(parsed) }] : sizes;
}

export function sizeView(sizes: readonly OfferedSize[], chosen: string, label: string, choose: (size: string) => void): TemplateResult {
  return html`<div class="row">
      <span id="sizeLabel">${label}</span><span class="quiet" aria-hidden="true"><bdi>${chosen.replace('x', ' × ')}</bdi></span>
    </div>
    <div class="sizes" role="radiogroup" aria-labelledby="sizeLabel">
      ${withChosen(sizes, chosen).map((size) => sizeTile(size, size.value === chosen, choose))}
    </div>`;
}

function sizeTile({ value, ratio }: OfferedSize, isChosen: boolean, choose: (size: string) => void): TemplateResult {
  return html`<label class="sizeTile" title="${ratio} ${value}">
    <input type="radio" name="size" aria-label="${ratio} ${value}" .value=${value} .checked=${live(isChosen)} @change=${() => choose(value)} />
    <span class="outlineRoom" aria-hidden="true"><span class="outline" .style=${outlineStyle(value)}></span></span>
    <span class="ratio" aria-hidden="true">${ratio}</span>
  </label>`;
}

/** Written to the element's style object, which the page's content security policy allows; a style attribute is not. */
function outlineStyle(size: string): string {
  const { widthPx, heightPx } = parseSize(size) ?? { widthPx: 1, heightPx: 1 };
  const scale = LONGEST_SIDE_PX / Math.max(widthPx, heightPx);
  const side = (px: number): number => Math.max(SHORTEST_SIDE_PX, Math.round(px * scale));
  return `width:${side(widthPx)}px;height:${side(heightPx)}px`;
}
