// Turns foreign text into what VS Code shows as it is: no link, no icon, no turn of the reading direction.

/**
 * Foreign text made safe, in one line, for notifications and progress, which turn `[label](target)` into a link, and
 * for quick picks and the status bar, which turn `$(name)` into an icon: both are set apart. Characters that turn the
 * reading direction or break lines are dropped.
 */
export function plainText(text: string, maxCharacters = 300): string {
  const flat = text
    .replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]+/g, ' ')
    .replace(/[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\ufff9-\ufffb]/g, '')
    .replace(/\]\(/g, '] (')
    .replace(/\$\(/g, '$ (')
    .trim();
  const characters = [...flat];
  return characters.length > maxCharacters ? `${characters.slice(0, maxCharacters - 1).join('')}…` : flat;
}

/** Text that means nothing in Markdown. VS Code's `appendText` joins words by no-break spaces, so that a long line runs out of sight in a narrow chat. */
export function markdownText(text: string): string {
  return text.replace(/[!-/:-@[-`{-~]/g, '\\$&');
}
