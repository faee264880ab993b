// Finds the name of the request field that a server refused, where leaving it out can help.
import type { ErrorWords } from './errorWords.ts';

const UNKNOWN_FIELD = /unknown_?(parameter|field|argument)|unrecogni[sz]ed (request )?(argument|parameter|field)|unsupported_?param|(unknown|unsupported|unexpected|unrecogni[sz]ed|extra|additional|extraneous)[ _](parameter|argument|field|property|properties|inputs?|keyword)|extra_?forbidden|extra (inputs|fields) (are )?not permitted|additional properties are not allowed|(parameter|field|argument|property)\b[^.;]{0,80}(is |was |are )?(not supported|unsupported|unexpected|not permitted|not allowed|unknown)|does not support (the )?param|got an unexpected keyword/i;

/** Where such messages name the field, by quotes or by what stands before it. */
const NAMES = [
  /["'`‘“]([A-Za-z_][\w.-]{0,63})["'`’”]/g,
  /(?:parameters?|fields?|arguments?|property|properties|inputs?)(?: supplied)?\s*[:=]?\s+\[?([A-Za-z_][\w.-]{0,63})/gi,
];

/** Without these there is no request. */
const NEEDED = ['model', 'prompt'];

/** Undefined where no field was refused by name, or one that was not sent or cannot be spared. */
export function fieldOf(words: ErrorWords, sentFields: readonly string[] | undefined): string | undefined {
  const said = [...words.codes, words.message.slice(0, 2000)].join(' \n ');
  if (!UNKNOWN_FIELD.test(said)) return undefined;
  const candidates = [words.param, ...NAMES.flatMap((pattern) => [...words.message.slice(0, 2000).matchAll(pattern)].map((match) => match[1] ?? ''))];
  const usable = (name: string): boolean => (sentFields ? sentFields.includes(name) : /^[A-Za-z_][\w-]{0,63}$/.test(name)) && !NEEDED.includes(name);
  return candidates.map((name) => name.replace(/^(body|request)[.]/, '').trim()).find(usable);
}
