// Writes the prompt box into the page's HTML, so that a person may type before the page's script has begun.
import type { PageStrings } from '../../protocol/pageStrings.ts';

/** It looks as the page itself draws it, which takes its text and its focus over. */
export function formHtml(prompt: string, texts: Pick<PageStrings, 'prompt' | 'promptPlaceholder'>): string {
  // The parser drops a line break right after the tag, which may be the prompt's own first one.
  const box = `<textarea id="prompt" dir="auto" rows="3" placeholder="${escapeHtml(texts.promptPlaceholder)}">\n${escapeHtml(prompt)}</textarea>`;
  return `<main class="page"><div class="asking"><div class="form"><div class="row"><label for="prompt">${escapeHtml(texts.prompt)}</label></div>${box}</div></div></main>`;
}

/** Text as it may stand in an element or in an attribute between double quotes. */
export function escapeHtml(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/"/g, '&quot;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
}
