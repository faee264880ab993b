// Tells by which rules a document's image links are written: by its language, else by its file's ending.

export type ImageLinkLanguage = 'markdown' | 'mdx' | 'html' | 'vue' | 'jsx' | 'svelte' | 'astro' | 'asciidoc' | 'rest' | 'latex' | 'typst' | 'org' | 'css';

/** By VS Code's language ids. */
const BY_ID: Readonly<Record<string, ImageLinkLanguage>> = {
  markdown: 'markdown', quarto: 'markdown', rmd: 'markdown', mdx: 'mdx', html: 'html', php: 'html', vue: 'vue',
  javascriptreact: 'jsx', typescriptreact: 'jsx', svelte: 'svelte', astro: 'astro', asciidoc: 'asciidoc', restructuredtext: 'rest',
  latex: 'latex', tex: 'latex', typst: 'typst', org: 'org', css: 'css', scss: 'css', less: 'css',
};

const BY_ENDING: Readonly<Record<string, ImageLinkLanguage>> = {
  md: 'markdown', markdown: 'markdown', mdown: 'markdown', mkd: 'markdown', qmd: 'markdown', rmd: 'markdown', mdx: 'mdx', html: 'html', htm: 'html', xhtml: 'html',
  vue: 'vue', jsx: 'jsx', tsx: 'jsx', svelte: 'svelte', astro: 'astro', adoc: 'asciidoc', asciidoc: 'asciidoc', asc: 'asciidoc',
  rst: 'rest', rest: 'rest', tex: 'latex', ltx: 'latex', typ: 'typst', org: 'org', css: 'css', scss: 'css', less: 'css',
};

/** VS Code's ids of the languages whose image links are read. */
export const DOCUMENT_IDS: readonly string[] = Object.keys(BY_ID);
/** Their files' endings, without the dot: a language's extension need not be installed. */
export const DOCUMENT_ENDINGS: readonly string[] = Object.keys(BY_ENDING);

/** What every text with an image link holds. */
export const LANGUAGE_MARKS: Readonly<Record<ImageLinkLanguage, RegExp>> = {
  markdown: /!\[|<im/i,
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
  const id = languageId.toLowerCase();
  if (Object.hasOwn(BY_ID, id)) return BY_ID[id];
  const ending = /\.([^./]+)$/.exec(path)?.[1]?.toLowerCase() ?? '';
  return Object.hasOwn(BY_ENDING, ending) ? BY_ENDING[ending] : undefined;
}
