// Turns what VS Code calls a document's language, and the file's ending, into the language that its links are written in.
import { hasLinks } from './linkLanguages.ts';
import { nameOf, splitEnding } from './posixPath.ts';

/** Endings of documents. A language's extension need not be installed: then its files are plain text to VS Code. */
const DOCUMENTS: Readonly<Record<string, string>> = {
  md: 'markdown', markdown: 'markdown', mdown: 'markdown', mkd: 'markdown', mkdn: 'markdown', mdx: 'mdx', qmd: 'quarto', rmd: 'rmd',
  html: 'html', htm: 'html', xhtml: 'html', vue: 'vue', svelte: 'svelte', astro: 'astro',
  jsx: 'javascriptreact', tsx: 'typescriptreact', css: 'css', scss: 'scss', less: 'less',
  adoc: 'asciidoc', asciidoc: 'asciidoc', asc: 'asciidoc', rst: 'restructuredtext', rest: 'restructuredtext',
  tex: 'latex', ltx: 'latex', typ: 'typst', org: 'org',
};

/** Endings of what a server makes pages of. */
const TEMPLATES: Readonly<Record<string, string>> = {
  php: 'php', phtml: 'php',
  hbs: 'html', handlebars: 'html', mustache: 'html', njk: 'html', liquid: 'html', jinja: 'html', jinja2: 'html', twig: 'html', erb: 'html', ejs: 'html',
};

/** Names that extensions give to a language of ours. */
const BY_NAME: Readonly<Record<string, string>> = {
  'django-html': 'html', 'jinja-html': 'html', 'jinja': 'html', 'handlebars': 'html', 'nunjucks': 'html', 'liquid': 'html', 'twig': 'html', 'erb': 'html', 'html-eex': 'html', 'blade': 'html', 'razor': 'html',
  'latex-expl3': 'latex', 'rsweave': 'latex', 'mdc': 'markdown', 'rst': 'restructuredtext', 'rmarkdown': 'rmd',
};

/** The endings of documents, without the dot; a template's paths are counted from the pages that are made of it. */
export const DOCUMENT_ENDINGS: readonly string[] = Object.keys(DOCUMENTS);
/** VS Code's ids that stand for a language of ours under another name. */
export const OTHER_IDS: readonly string[] = Object.keys(BY_NAME);

/** One of the ids in `linkLanguages.ts`; the id as it is where nobody knows more. */
export function documentLanguage(languageId: string, path: string): string {
  return languageOfId(languageId) ?? languageOfEnding(path) ?? languageOfTemplate(path) ?? languageId;
}

/** By the id alone. */
export function languageOfId(languageId: string): string | undefined {
  return hasLinks(languageId) ? languageId : lookUp(BY_NAME, languageId);
}

/** By the ending of a document. */
export function languageOfEnding(path: string): string | undefined {
  return lookUp(DOCUMENTS, endingOf(path));
}

function languageOfTemplate(path: string): string | undefined {
  return lookUp(TEMPLATES, endingOf(path));
}

function endingOf(path: string): string {
  return splitEnding(nameOf(path))[1].slice(1).toLowerCase();
}

function lookUp(table: Readonly<Record<string, string>>, name: string): string | undefined {
  return Object.hasOwn(table, name) ? table[name] : undefined;
}
