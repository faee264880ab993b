// Turns what VS Code calls a document's language, and the file's ending, into the language that its links are written in.
import { hasLinks } from './linkLanguages.ts';
import { nameOf, splitEnding } from './posixPath.ts';

/** A language's extension need not be installed: then its files are plain text to VS Code. */
const BY_ENDING: Readonly<Record<string, string>> = {
  md: 'markdown', markdown: 'markdown', mdown: 'markdown', mkd: 'markdown', mkdn: 'markdown', mdx: 'mdx', qmd: 'quarto', rmd: 'rmd',
  html: 'html', htm: 'html', xhtml: 'html', vue: 'vue', svelte: 'svelte', astro: 'astro', php: 'php', phtml: 'php',
  hbs: 'html', handlebars: 'html', mustache: 'html', njk: 'html', liquid: 'html', jinja: 'html', jinja2: 'html', twig: 'html', erb: 'html', ejs: 'html',
  jsx: 'javascriptreact', tsx: 'typescriptreact', css: 'css', scss: 'scss', less: 'less',
  adoc: 'asciidoc', asciidoc: 'asciidoc', asc: 'asciidoc', rst: 'restructuredtext', rest: 'restructuredtext',
  tex: 'latex', ltx: 'latex', typ: 'typst', org: 'org',
};

/** Names that extensions give to a language of ours. */
const BY_NAME: Readonly<Record<string, string>> = {
  'django-html': 'html', 'jinja-html': 'html', 'jinja': 'html', 'handlebars': 'html', 'nunjucks': 'html', 'liquid': 'html', 'twig': 'html', 'erb': 'html', 'html-eex': 'html', 'blade': 'html', 'razor': 'html',
  'latex-expl3': 'latex', 'rsweave': 'latex', 'mdc': 'markdown', 'rst': 'restructuredtext', 'rmarkdown': 'rmd',
};

/** One of the ids in `linkLanguages.ts`; the id as it is where nobody knows more. */
export function documentLanguage(languageId: string, path: string): string {
  if (hasLinks(languageId)) return languageId;
  if (Object.hasOwn(BY_NAME, languageId)) return BY_NAME[languageId] ?? languageId;
  const ending = splitEnding(nameOf(path))[1].slice(1).toLowerCase();
  return (Object.hasOwn(BY_ENDING, ending) ? BY_ENDING[ending] : undefined) ?? languageId;
}
