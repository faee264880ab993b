// Turns an image's path and alternative text into the link that a document of some language wants.
import type { ImageForm } from './blocks/place.ts';
import { type LinkLanguage, languageOfTemplate, linkLanguageOf } from './linkLanguages.ts';
import { toSingleLine } from './singleLine.ts';

export interface LinkFacts {
  /** VS Code's id of the document's language. */
  languageId: string;
  /** Relative to the document, or from the site's root; not encoded. */
  path: string;
  /** Not escaped. */
  alt: string;
  widthPx: number;
  heightPx: number;
  prompt: string;
  /** The setting `linkTemplates`: by language id, over the built-in ones. */
  templates: Readonly<Record<string, string>>;
  /** Line break of the document; `\n` by default. */
  eol?: string | undefined;
  /** What the place takes; the language's usual form by default. */
  form?: ImageForm | undefined;
}

/** Literal text, or a tab stop with its first content; both are final, ready to be appended to a snippet. */
export type LinkPart = { text: string } | { tabStop: string };

export interface LinkText {
  parts: LinkPart[];
  /** All parts as text. */
  plain: string;
  /** Wants lines of its own, with a blank line on either side. */
  block: boolean;
}

const VARIABLE = /\$\{(path|alt|widthPx|heightPx|prompt|tab)\}/;

/**
 * Fills the built-in template of the language, or the person's own, which knows `${path} ${alt} ${widthPx}
 * ${heightPx} ${prompt} ${tab}`; any other `${…}` stays as it is. The alternative text is a tab stop, filled; in a
 * person's own template with `${tab}`, that is the tab stop.
 */
export function renderLink(facts: LinkFacts): LinkText {
  const alt = toSingleLine(facts.alt);
  const own = Object.hasOwn(facts.templates, facts.languageId) ? facts.templates[facts.languageId] : undefined;
  const fit = templateFor(facts, own, alt);
  const { language, template } = fit;
  const lineBreak = facts.eol ?? '\n';
  const altIsTabStop = !template.includes('${tab}');
  const parts: LinkPart[] = [];
  let before = '';
  template.split(VARIABLE).forEach((piece, index) => {
    if (index % 2 === 0) {
      before += piece;
      return addText(parts, piece.replace(/\r\n|\r|\n/g, () => lineBreak));
    }
    switch (piece) {
      case 'path':
        // Where a language cannot write a control character in a name, its syntax still must hold.
        return addText(parts, language.escapePath(facts.path).replace(/[\p{Cc}\u2028\u2029]/gu, ' '));
      case 'alt':
        return altIsTabStop ? parts.push({ tabStop: language.escapeText(alt, before) }) : addText(parts, language.escapeText(alt, before));
      case 'prompt':
        return addText(parts, language.escapeText(toSingleLine(facts.prompt), before));
      case 'tab':
        return parts.push({ tabStop: '' });
      default:
        return addText(parts, String(piece === 'widthPx' ? facts.widthPx : facts.heightPx));
    }
  });
  return {
    parts,
    plain: parts.map((part) => ('text' in part ? part.text : part.tabStop)).join(''),
    block: fit.block,
  };
}

interface Fit {
  language: LinkLanguage;
  template: string;
  block: boolean;
}

/** A person's own template is taken wherever it can stand. */
function templateFor({ languageId, form }: LinkFacts, own: string | undefined, alt: string): Fit {
  const usual = linkLanguageOf(languageId);
  if (form === 'html' && usual.template !== linkLanguageOf('html').template) {
    const html = linkLanguageOf('html');
    if (own === undefined || languageOfTemplate(languageId, own) !== html) return { language: html, template: html.template, block: false };
  }
  if (form === 'declaration' && usual.declaration !== undefined) return { language: usual, template: usual.declaration, block: false };
  if (form === 'inline' && usual.inline !== undefined && (own === undefined || isBlock(own))) return { language: usual, template: usual.inline, block: false };
  if (own !== undefined) return { language: languageOfTemplate(languageId, own), template: own, block: isBlock(own) };
  return { language: usual, template: alt === '' ? (usual.templateWithoutAlt ?? usual.template) : usual.template, block: usual.block };
}

/** Whether a link can stand on lines of its own only: in the language's usual form, or by the person's own template. */
export function wantsBlock(languageId: string, templates: Readonly<Record<string, string>>): boolean {
  if (linkLanguageOf(languageId).inline !== undefined) return false;
  const own = Object.hasOwn(templates, languageId) ? templates[languageId] : undefined;
  return own === undefined ? linkLanguageOf(languageId).block : isBlock(own);
}

function addText(parts: LinkPart[], text: string): void {
  const last = parts.at(-1);
  if (text === '') return;
  if (last && 'text' in last) last.text += text;
  else parts.push({ text });
}

function isBlock(template: string): boolean {
  return /[\r\n]/.test(template.trim()) || /^\s*(?:image::|\.\. |#\+|\\begin\b)/.test(template);
}
