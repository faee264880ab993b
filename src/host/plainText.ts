// Turns foreign text into what VS Code shows as it is: no link, no icon, no turn of the reading direction.

/** Characters that turn the direction of what follows, or that nobody sees. */
const UNSEEN = /[\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb\u{e0000}-\u{e007f}]/gu;
/** A picture of a family is several people, joined unseen. */
const JOINED = /\p{Extended_Pictographic}\ufe0f?\p{Emoji_Modifier}?\u200d(?=\p{Extended_Pictographic})/gu;

/**
 * Foreign text made safe for notifications, progress, quick picks and the status bar, in one line. Of these the first
 * turn `[label](target)` into a link and the others `$(name)` into an icon, so both are set apart.
 */
export function plainText(text: string, maxCharacters = 300): string {
  const flat = text
    .replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]+/g, ' ')
    .replace(UNSEEN, (unseen, at: number) => (unseen === '\u200d' && isJoin(text, at) ? unseen : ''))
    .replace(/\]\(/g, '] (')
    .replace(/\$\(/g, '$ (')
    .trim();
  const characters = [...flat];
  return characters.length > maxCharacters ? `${characters.slice(0, maxCharacters - 1).join('')}…` : flat;
}
