// Turns a document's text into its image links, by a parser or a scanner of its language.
import { findAsciidocLinks } from './asciidocLinks.ts';
import { findCssLinks } from './cssLinks.ts';
import type { ImageLinkLanguage } from './documentLanguage.ts';
import { captionBehind, giveHeadings, tagHeadings } from './headings.ts';
import { findPageLinks } from './htmlLinks.ts';
import { type ImageLink, mayHoldLinks, withWords } from './imageLink.ts';
import { findLatexLinks } from './latexLinks.ts';
import { findMarkdownLinks, findMdxLinks } from './markdownLinks.ts';
import { findMarkupLinks } from './markupLinks.ts';
import { findOrgLinks } from './orgLinks.ts';
import { findRestLinks } from './restLinks.ts';
import { findTypstLinks } from './typstLinks.ts';

/** Image links in the order of the text, not those in code, comments and front matter. Never throws on any text. */
export function findImageLinks(text: string, language: ImageLinkLanguage): ImageLink[] {
  if (!mayHoldLinks(text, language)) return [];
  switch (language) {
    case 'markdown': return findMarkdownLinks(text);
    case 'mdx': return findMdxLinks(text);
    case 'html': return findPageLinks(text);
    case 'vue': return findPageLinks(text, true);
    case 'jsx': case 'svelte': case 'astro': return withSurroundings(text, findMarkupLinks(text, language));
    case 'asciidoc': return findAsciidocLinks(text);
    case 'rest': return findRestLinks(text);
    case 'latex': return findLatexLinks(text);
    case 'typst': return findTypstLinks(text);
    case 'org': return findOrgLinks(text);
    case 'css': return findCssLinks(text);
  }
}

/** Headings and captions of markup, which the scanner of its tags does not read. */
function withSurroundings(text: string, links: ImageLink[]): ImageLink[] {
  giveHeadings(links, tagHeadings(text));
  for (const link of links) Object.assign(link, withWords({ caption: captionBehind(text, link.rawEnd) }));
  return links.sort((one, other) => one.rawStart - other.rawStart);
}
