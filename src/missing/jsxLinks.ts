// Finds the image links in the JSX tags of MDX, from the parser's tokens.
import { decodeHTMLStrict } from 'entities';
import type { Event } from 'micromark-util-types';
import { type ImageLink, linkOfTag } from './imageLink.ts';

/** Tags that show an image: HTML's own, and the component that site generators name after it. */
const IMAGE_TAGS: ReadonlySet<string> = new Set(['img', 'Image']);

/** The links of the tags named `img` or `Image`; attributes whose value is an expression count only as numbers. */
export function findJsxLinks(events: readonly Event[]): ImageLink[] {
  const links: ImageLink[] = [];
  let attributes = new Map<string, { value: string; start: number; end: number }>();
  let isImage = false;
  let name = '';
  for (const [kind, token, context] of events) {
    const type = token.type.replace(/^mdxJsx(Flow|Text)/, '');
    if (kind === 'enter') {
      if (type === 'Tag') attributes = new Map();
      continue;
    }
    const text = (): string => context.sliceSerialize(token);
    if (type === 'TagName') isImage = IMAGE_TAGS.has(text().trim());
    else if (type === 'TagClosingMarker') isImage = false;
    else if (type === 'TagAttributeName') name = text().trim().toLowerCase();
    else if (type === 'TagAttributeValueExpressionValue' || type === 'TagAttributeValueLiteral') {
      const isLiteral = type === 'TagAttributeValueLiteral';
      const value = isLiteral ? decodeHTMLStrict(text().slice(1, -1)) : text();
      if (attributes.has(name) || (!isLiteral && !/^\s*\d+\s*$/.test(value))) continue;
      const quote = isLiteral ? 1 : 0;
      attributes.set(name, { value, start: token.start.offset + quote, end: token.end.offset - quote });
    } else if (type === 'Tag' && isImage) {
      const link = linkOfTag({ syntax: 'jsx', rawStart: token.start.offset, rawEnd: token.end.offset, attributes });
      if (link) links.push(link);
    }
  }
  return links;
}
