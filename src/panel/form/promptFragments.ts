// Turns a prompt and a style's fragment into the prompt with that fragment added or taken away.

const SEPARATOR = ', ';

/** Whether the prompt holds the fragment between separators (or is it). */
export function hasFragment(prompt: string, fragment: string): boolean {
  return findFragment(prompt, fragment) !== undefined;
}

/** Adds the fragment to the end, or takes it away with its separator if it is there. */
export function toggleFragment(prompt: string, fragment: string): string {
  const found = findFragment(prompt, fragment);
  if (found) return prompt.slice(0, found.start) + prompt.slice(found.end);
  const start = prompt.trimEnd();
  if (start === '') return fragment;
  return /[,,、;;]$/.test(start) ? `${start} ${fragment}` : start + SEPARATOR + fragment;
}

function findFragment(prompt: string, fragment: string): { start: number; end: number } | undefined {
  if (fragment.trim() === '') return undefined;
  for (let at = prompt.indexOf(fragment); at >= 0; at = prompt.indexOf(fragment, at + 1)) {
    const before = /(^|[,,、;;])\s*$/.exec(prompt.slice(0, at));
    const after = /^\s*($|[,,、;;]\s*)/.exec(prompt.slice(at + fragment.length));
    if (!before || !after) continue;
    const end = at + fragment.length;
    // In front, the separator after it goes; anywhere else, the one before it.
    if (before[0].trim() === '') return { start: at, end: end + after[0].length };
    return { start: at - before[0].length, end };
  }
  return undefined;
}
