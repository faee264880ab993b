// Turns a server's own words into one short line of plain text without secrets.
import { CUT } from './cutSecrets.ts';
import { redact } from './redact.ts';

const LONGEST_LINE = 300;
/** Enough of any page to find its words; bounds the work on a huge one. */
const READ_CHARACTERS = 16_384;
const LONGEST_SECRET = 4096;

/** Named references that occur in error pages; the rest stays as it is, which is still plain text. */
const REFERENCES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ' };

/**
 * One line of at most 300 characters (by code point): HTML reduced to its text, control and bidi characters, zero-width
 * ones and line separators removed, keys and the queries of URLs cut out. Empty when nothing is left.
 */
export function plainLine(text: string, secrets: readonly string[]): string {
  const start = readStart(text, secrets);
  const line = foldBlanks(decodeReferences(stripTags(start)));
  // Again: tags, references and invisible characters may have hidden a secret the first time.
  return cutLine(redact(foldBlanks(stripTags(line)), secrets));
}

/** A secret that the first cut halves is dropped with the second. */
function readStart(text: string, secrets: readonly string[]): string {
  const start = redact(text.slice(0, 2 * READ_CHARACTERS), secrets);
  return text.length > 2 * READ_CHARACTERS ? start.slice(0, Math.min(READ_CHARACTERS, Math.max(0, start.length - LONGEST_SECRET))) : start.slice(0, READ_CHARACTERS);
}

/** Whether the text is an HTML page (or XML) rather than a message. */
export function isMarkup(text: string): boolean {
  return /^\s*(<!--[\s\S]{0,2000}?-->\s*)?<(!doctype|html|head|body|\?xml|h1|center|title)\b/i.test(text.slice(0, 4096));
}

function stripTags(text: string): string {
  if (!text.includes('<')) return text;
  return text
    .replace(/<(script|style|svg|noscript)\b[^<]*(?:<(?!\/\1)[^<]*){0,4000}(<\/\1\s*>|$)/gi, ' ')
    .replace(/<!--[\s\S]*?(-->|$)/g, ' ')
    .replace(/<\/?(a|abbr|b|code|em|i|kbd|mark|s|small|span|strong|sub|sup|tt|u|wbr)\b[^<>]*>/gi, '')
    .replace(/<\/?[a-z!?][^<>]*>/gi, ' ')
    .replace(/<+([^<]?)/g, (whole, next: string) => (/[a-z/!?]/i.test(next) ? next : whole));
}

function decodeReferences(text: string): string {
  return text.replace(/&(#x[0-9a-f]{1,6}|#\d{1,7}|[a-z]{2,6});/gi, (whole, name: string) => {
    if (!name.startsWith('#')) return REFERENCES[name.toLowerCase()] ?? whole;
    const code = /^#x/i.test(name) ? parseInt(name.slice(2), 16) : Number(name.slice(1));
    return code <= 0x10ffff ? String.fromCodePoint(code) : '';
  });
}

/** Separators become one space; what has no width or turns the direction of text goes. */
function foldBlanks(text: string): string {
  return text
    .replace(/[\s\u0085\u2028\u2029]+/g, ' ')
    .replace(/[\p{Cc}\p{Cf}\p{Co}\p{Cs}\p{Cn}]/gu, '')
    .replace(/ {2,}/g, ' ')
    .trim();
}

function cutLine(line: string): string {
  if (line.length <= LONGEST_LINE) return line;
  const characters = [...line];
  return characters.length <= LONGEST_LINE ? line : characters.slice(0, LONGEST_LINE - CUT.length).join('').trimEnd() + CUT;
}
