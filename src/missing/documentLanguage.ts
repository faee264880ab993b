// Tells by which rules a document's image links are read: those of the language that they are written in.
import { DOCUMENT_ENDINGS as ENDINGS, languageOfEnding, languageOfId, OTHER_IDS } from '../insert/documentLanguage.ts';

export type ImageLinkLanguage = 'markdown' | 'mdx' | 'html' | 'vue' | 'jsx' | 'svelte' | 'astro' | 'asciidoc' | 'rest' | 'latex' | 'typst' | 'org' | 'css';

/** By the language that links are written in, see `insert/linkLanguages.ts`. */
const RULES: Readonly<Record<string, ImageLinkLanguage>> = {
  markdown: 'markdown', quarto: 'markdown', rmd: 'markdown', mdx: 'mdx', html: 'html', php: 'html', vue: 'vue',
  javascriptreact: 'jsx', typescriptreact: 'jsx', svelte: 'svelte', astro: 'astro', asciidoc: 'asciidoc', restructuredtext: 'rest',
  latex: 'latex', tex: 'latex', typst: 'typst', org: 'org', css: 'css', scss: 'css', less: 'css',
};

/** VS Code's ids of the languages whose image links are read. */
export const DOCUMENT_IDS: readonly string[] = [...Object.keys(RULES), ...OTHER_IDS];
/** Their files' endings, without the dot: a language's extension need not be installed. */
export const DOCUMENT_ENDINGS: readonly string[] = ENDINGS;

/** What every text with an image link holds. */
export const LANGUAGE_MARKS: Readonly<Record<ImageLinkLanguage, RegExp>> = {
  markdown: /!\[|<im|\{\{[<%]\s*figure/i,
  mdx: /!\[|<im/i,
  html: /<im/i,
  vue: /<[\w:-]*im/i,
  jsx: /<[\w.:-]*im/i,
  svelte: /<[\w:-]*im/i,
  astro: /<[\w.:-]*im/i,
  asciidoc: /image:/,
  rest: /(?:image|figure)::/i,
  latex: /\\includegraphics/,
  typst: /image\s*\(/,
  org: /\[\[/,
  css: /url\(/i,
};

/** Undefined for a document whose image links are not read. A language that VS Code knows is believed before the ending. */
export function imageLinkLanguageOf(languageId: string, path: string): ImageLinkLanguage | undefined {
  const language = languageOfId(languageId) ?? languageOfId(languageId.toLowerCase()) ?? languageOfEnding(path);
  return language !== undefined && Object.hasOwn(RULES, language) ? RULES[language] : undefined;
}
