// Turns what someone typed or selected into the text that is asked for, and counts it as the service does.

/** Characters as the service counts them: one per code point, so a Han character and an emoji are one each. */
export function countCharacters(text: string): number {
  let count = text.length;
  for (let at = 0; at < text.length - 1; at++) if (text.codePointAt(at)! > 0xffff) count--;
  return count;
}

/** A selection as one line: trimmed, with each run of line breaks and the blanks around it folded to one space. */
export function foldLineBreaks(text: string): string {
  return text.replace(/[^\S\r\n\u2028\u2029]*[\r\n\u2028\u2029]+\s*/g, ' ').trim();
}

export type PromptProblem = { kind: 'empty' } | { kind: 'tooLong'; characters: number; max: number };

/** What is wrong with a prompt, or undefined; `max` 0 means no limit. Text is never cut. */
export function checkPrompt(text: string, max: number): PromptProblem | undefined {
  if (text.trim() === '') return { kind: 'empty' };
  const characters = countCharacters(text.trim());
  return max > 0 && characters > max ? { kind: 'tooLong', characters, max } : undefined;
}
