// Turns the name of a character reference into its characters, for the Markdown parser: one table of HTML's names serves both parsers.
import { decodeHTMLStrict } from 'entities';

/**
 * Stands in for the package of this function's name when the worker is bundled; that one brings 35 kB of its own.
 * @param name without `&` and `;`
 * @returns false if HTML knows no such name
 */
export function decodeNamedCharacterReference(name: string): string | false {
  if (!/^[A-Za-z\d]+$/.test(name)) return false;
  const reference = `&${name};`;
  const decoded = decodeHTMLStrict(reference);
  return decoded === reference ? false : decoded;
}
