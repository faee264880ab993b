// Turns a document's text into its image links, by a real parser of its language.
import { findHtmlLinks } from './htmlLinks.ts';
import { type ImageLink, type ImageLinkLanguage, mayHoldLinks } from './imageLink.ts';
import { findMarkdownLinks, findMdxLinks } from './markdownLinks.ts';

/** Image links in the order of the text, not those in code, comments and front matter. Never throws on any text. */
export function findImageLinks(text: string, language: ImageLinkLanguage): ImageLink[] {
  if (!mayHoldLinks(text)) return [];
  switch (language) {
    case 'markdown':
      return findMarkdownLinks(text);
    case 'mdx':
      return findMdxLinks(text);
    case 'html':
      return findHtmlLinks(text);
  }
}
