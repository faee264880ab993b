// Turns any text into one line: what goes into a link never breaks the line it stands on.

/** The text trimmed, each run of blanks, line breaks and control characters made one space, lone surrogates replaced. */
export function toSingleLine(text: string): string {
  return text.replace(/\p{Cs}/gu, '\uFFFD').replace(/[ \p{Cc}\u2028\u2029\uFEFF]+/gu, ' ').trim();
}
