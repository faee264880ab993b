// Turns an image's recipe into the alternative text of its link.
import { toSingleLine } from './singleLine.ts';

const LONGEST_CHARACTERS = 125;

export interface AltTextFacts {
  prompt: string;
  /** Where the service says how it rewrote the prompt; else the prompt stands in. */
  revisedPrompt?: string | undefined;
  /** `1328x1328`. */
  size: string;
  model?: string | undefined;
}

/**
 * Fills the setting `altText` (`${prompt} ${revisedPrompt} ${size} ${model}`; anything else stays as it is) and cuts
 * it at a word, at most 125 code points. One line; not escaped for any language; `''` for an empty template.
 */
export function altTextOf(template: string, facts: AltTextFacts): string {
  const values: Record<string, string> = {
    prompt: facts.prompt,
    revisedPrompt: toSingleLine(facts.revisedPrompt ?? '') || facts.prompt,
    size: facts.size,
    model: facts.model ?? '',
  };
  const filled = template.replace(/\$\{(\w+)\}/g, (whole, name: string) => (Object.hasOwn(values, name) ? (values[name] ?? '') : whole));
  return cutAtWord(toSingleLine(filled));
}

function cutAtWord(text: string): string {
  if ([...text].length <= LONGEST_CHARACTERS) return text;
  // One word may be longer than all there is room for (an address): then the last whole character is the place to cut.
  return fitting(text, 'word') || fitting(text, 'grapheme');
}

function fitting(text: string, granularity: 'word' | 'grapheme'): string {
  let length = 0;
  let end = 0;
  for (const { segment, index } of new Intl.Segmenter('en', { granularity }).segment(text)) {
    length += [...segment].length;
    if (length > LONGEST_CHARACTERS) break;
    end = index + segment.length;
  }
  return text.slice(0, end).replace(/[\s\p{Ps}\p{Pi}]+$/u, '');
}
