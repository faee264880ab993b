// Describes how each language writes a link to an image: its template, and how a path and a text are escaped in it.
import type { ImageType } from '../image/imageInfo.ts';
import { toAsciidocTarget, toLatexFileName, toOrgPath, toRestUri, toStylePath, toTypstString, toUrlPath } from './escapePath.ts';
import { toAsciidocText, toHtmlAttribute, toLatexText, toMarkdownText, toOrgText, toPandocText, toTypstText } from './escapeText.ts';

export interface LinkLanguage {
  /** With `${path} ${alt} ${widthPx} ${heightPx}`; its line breaks are `\n`. */
  template: string;
  /** For an empty alternative text, where the template would leave an empty caption. */
  templateWithoutAlt?: string;
  /** Stands on lines of its own, with a blank line on either side. */
  block: boolean;
  /** Within a line of text, such as in the cell of a table; the template itself, if it is no block. */
  inline?: string;
  /** A statement that carries the link where the language takes nothing else. */
  declaration?: string;
  /** Image types that its readers can show; all of them where this is not said. */
  shows?: readonly ImageType[];
  escapePath: (path: string) => string;
  /** What no path can hold, however it is escaped. */
  unwritable?: RegExp;
  /** `before`: the template's text in front of the variable. */
  escapeText: (text: string, before: string) => string;
}

const MARKDOWN: LinkLanguage = { template: '![${alt}](${path})', block: false, escapePath: toUrlPath, escapeText: toMarkdownText };
const PANDOC: LinkLanguage = { ...MARKDOWN, escapeText: toPandocText };
const HTML: LinkLanguage = {
  template: '<img src="${path}" alt="${alt}" width="${widthPx}" height="${heightPx}">',
  block: false,
  escapePath: toUrlPath,
  escapeText: toHtmlAttribute,
};
const JSX: LinkLanguage = { ...HTML, template: '<img src="${path}" alt="${alt}" width="${widthPx}" height="${heightPx}" />' };
const CSS: LinkLanguage = { template: 'url("${path}")', declaration: 'background-image: url("${path}");', block: false, escapePath: toStylePath, escapeText: () => '' };
const LATEX: LinkLanguage = {
  template: '\\begin{figure}[htbp]\n  \\centering\n  \\includegraphics[width=\\linewidth]{${path}}\n  \\caption{${alt}}\n\\end{figure}',
  templateWithoutAlt: '\\begin{figure}[htbp]\n  \\centering\n  \\includegraphics[width=\\linewidth]{${path}}\n\\end{figure}',
  inline: '\\includegraphics[width=0.2\\linewidth]{${path}}',
  block: true,
  // What pdfTeX, XeTeX and LuaTeX read.
  shows: ['png', 'jpeg'],
  escapePath: toLatexFileName,
  unwritable: /"/,
  escapeText: toLatexText,
};

/** By VS Code's language ids. */
const LANGUAGES: ReadonlyMap<string, LinkLanguage> = new Map<string, LinkLanguage>([
  ['markdown', MARKDOWN],
  ['mdx', MARKDOWN],
  ['quarto', PANDOC],
  ['rmd', PANDOC],
  ['html', HTML],
  ['vue', HTML],
  ['svelte', HTML],
  ['astro', HTML],
  ['php', HTML],
  ['javascriptreact', JSX],
  ['typescriptreact', JSX],
  ['css', CSS],
  ['scss', CSS],
  ['less', CSS],
  [
    'asciidoc',
    {
      template: 'image::${path}[${alt}]',
      inline: 'image:${path}[${alt}]',
      block: true,
      escapePath: toAsciidocTarget,
      escapeText: toAsciidocText,
    },
  ],
  [
    'restructuredtext',
    { template: '.. image:: ${path}\n   :alt: ${alt}', templateWithoutAlt: '.. image:: ${path}', block: true, escapePath: toRestUri, unwritable: /[^\S ]/, escapeText: (text) => text },
  ],
  ['latex', LATEX],
  ['tex', LATEX],
  [
    'typst',
    {
      template: '#figure(image("${path}"), caption: [${alt}])',
      templateWithoutAlt: '#figure(image("${path}"))',
      inline: '#box(image("${path}"))',
      block: true,
      // WebP came late, and a document that fails to compile is worse than a larger one.
      shows: ['png', 'jpeg', 'gif'],
      escapePath: toTypstString,
      escapeText: toTypstText,
    },
  ],
  ['org', { template: '#+CAPTION: ${alt}\n[[file:${path}]]', templateWithoutAlt: '[[file:${path}]]', inline: '[[file:${path}]]', block: true, escapePath: toOrgPath, unwritable: /::/, escapeText: toOrgText }],
]);

const BARE: LinkLanguage = { template: '${path}', block: false, escapePath: (path) => path, escapeText: (text) => text };

/** Whether the language has a form of link of its own. */
export function hasLinks(languageId: string): boolean {
  return LANGUAGES.has(languageId);
}

/** What of a path a link of the language cannot hold; undefined if all of it can be written. */
export function unwritableIn(languageId: string, path: string): string | undefined {
  return linkLanguageOf(languageId).unwritable?.exec(path)?.[0];
}

/** How a language writes links; any other one takes the bare path. */
export function linkLanguageOf(languageId: string): LinkLanguage {
  return LANGUAGES.get(languageId) ?? BARE;
}

/**
 * The language whose escaping suits a person's own template: a tag in Markdown is HTML, and a quote may end the
 * parameter of a shortcode there.
 */
export function languageOfTemplate(languageId: string, template: string): LinkLanguage {
  const language = linkLanguageOf(languageId);
  const isMarkdown = language === MARKDOWN || language === PANDOC;
  if (!isMarkdown) return language;
  if (/<[A-Za-z][^>]*\$\{/.test(template)) return HTML;
  return { ...language, escapeText: (text, before) => language.escapeText(text, before).replace(/\\?"/g, '&quot;') };
}
