// Chooses what of a link says what its image shows: words for layout and words that say nothing are none.
import type { ImageLink } from './imageLink.ts';

/** Marp's words behind `bg`: https://marpit.marp.app/image-syntax */
const MARP = /^(?:bg|left|right|top|bottom|fit|contain|cover|auto|vertical|horizontal|\d+(?:\.\d+)?(?:%|px|em|rem|cm|mm|in|pt)?)(?::\d+(?:\.\d+)?%?)?$/i;
/** Marp's filters and sizes, docsify's options (https://docsify.js.org/#/helpers), the sizes of others. */
const OPTION = /^(?:(?:w|h|width|height):\S+|(?:blur|brightness|contrast|drop-shadow|grayscale|hue-rotate|invert|opacity|saturate|sepia):\S+|:(?:size|class|id|ignore|no-zoom|target|crop|alt)(?:=\S+)?|=\d*%?x?\d*%?|(?:width|height|size|align|scale|class|style)=\S+)$/i;
const FILTER = /^(?:blur|brightness|contrast|drop-shadow|grayscale|hue-rotate|invert|opacity|saturate|sepia)$/i;
/** Deckset's words: https://docs.deckset.com/English.lproj/Media/01-background-images.html; and those of Obsidian's themes. */
const PLACE = /^(?:inline|original|fill|center|centre|filtered|autoplay|loop|mute|hide|middle|thumb(?:nail)?|small|medium|large|full|no-?zoom)$/i;
/** Obsidian's size, and the places that its themes know: https://help.obsidian.md/embeds */
const BEHIND_BAR = /^(?:\d+(?:px|%)?(?:\s*x\s*\d+(?:px|%)?)?|.*-(?:left|right|center)|)$/i;
/** What people and tools put there when they had nothing to say. */
const SAYS_NOTHING = /^(?:(?:insert |your |add )?(?:alt(?:ernative)?[ -]?(?:text|tag)?|image|img|picture|pic|photo|figure|fig\.?|screenshot|screen shot|logo here|untitled|placeholder|todo|tbd|fixme|caption|description)(?:[ -](?:alt|description|text|title|name|here|goes here|placeholder))*\.?[ -]?\d*|[-–—.…*?!]+|\d+|\S+\.(?:png|jpe?g|gif|webp|svg|avif|bmp|tiff?|pdf|eps))$/i;

/** What a link to a missing file asks for, in one line; undefined where nothing says it. */
export function promptOf(link: ImageLink): string | undefined {
  for (const words of [link.alt, link.caption, link.title, link.heading]) {
    const said = withoutLayout(words ?? '');
    if (said !== '' && !SAYS_NOTHING.test(said)) return said;
  }
  return link.syntax === 'css' ? nameWords(link.path) : undefined;
}

/** The words that are about the image, not about its place on the page. */
export function withoutLayout(text: string): string {
  const [first = '', ...more] = text.replace(/\s+/g, ' ').trim().split('|');
  const parts = [first, ...more.filter((part) => !BEHIND_BAR.test(part.trim()) && !isPlace(part))];
  const tokens = parts.join('|').split(/[\s,]+(?=\S)/).filter((token) => token !== '');
  const isLayout = (token: string): boolean => MARP.test(token) || OPTION.test(token) || FILTER.test(token) || PLACE.test(token);
  if (tokens.some((token) => /^(?:bg|inline|fit)$/i.test(token) || /%$|px$/.test(token) || OPTION.test(token)) && tokens.every(isLayout)) return '';
  if (tokens.length === 1 && isLayout(tokens[0] ?? '')) return '';
  const isBackground = /^bg$/i.test(tokens[0] ?? '');
  if (!isBackground && !tokens.some((token) => OPTION.test(token))) return parts.join('|').trim();
  return tokens.filter((token) => !OPTION.test(token) && !(isBackground && (MARP.test(token) || FILTER.test(token)))).join(' ');
}

/** The size that layout words give in pixels: `w:300 h:200`, `|300x200`, `:size=300x200`. */
export function sizeInWords(text: string): { widthPx: number; heightPx: number } | undefined {
  const pair = /(?:\||:size=|(?:^|\s)=)\s*(\d{1,5})(?:px)?\s*x\s*(\d{1,5})(?:px)?\s*$/i.exec(text);
  const width = pair?.[1] ?? /(?:^|\s)w(?:idth)?:(\d{1,5})(?:px)?(?=\s|$)/i.exec(text)?.[1];
  const height = pair?.[2] ?? /(?:^|\s)h(?:eight)?:(\d{1,5})(?:px)?(?=\s|$)/i.exec(text)?.[1];
  const [widthPx, heightPx] = [Number(width), Number(height)];
  return widthPx > 0 && heightPx > 0 ? { widthPx, heightPx } : undefined;
}

function isPlace(text: string): boolean {
  return /^(?:left|right)$/i.test(text.trim()) || PLACE.test(text.trim());
}

/** The words of a file's name, where it has some: all that a style sheet says of an image. */
function nameWords(path: string): string | undefined {
  const stem = path.replace(/^.*\//, '').replace(/\.\w+$/, '');
  const words = stem.replace(/(?<=\p{Ll})(?=\p{Lu})/gu, ' ').replace(/[-_.+\s]+/g, ' ').trim();
  return /\p{L}{3}/u.test(words) && !SAYS_NOTHING.test(words) ? words : undefined;
}
