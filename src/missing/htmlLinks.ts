// Finds the image links of HTML, wherever a browser would see a tag: not in comments, scripts or other plain text.
import { QuoteType, Tokenizer } from 'htmlparser2';
import { type ImageLink, linkOfTag } from './imageLink.ts';

/** The links of `html`, in order. `offset` is where `html` starts in the document. */
export function findHtmlLinks(html: string, offset = 0): ImageLink[] {
  const links: ImageLink[] = [];
  let attributes = new Map<string, { value: string; start: number; end: number }>();
  let isImage = false;
  let tagStart = 0;
  let name = '';
  let nameEnd = 0;
  let value = '';

  const endTag = (endIndex: number): void => {
    const link = isImage ? linkOfTag({ syntax: 'html', rawStart: offset + tagStart, rawEnd: offset + endIndex + 1, attributes }) : undefined;
    if (link) links.push(link);
    isImage = false;
  };
  const ignore = (): void => undefined;
  const tokenizer = new Tokenizer({ decodeEntities: true }, {
    onopentagname(start, end) {
      isImage = html.slice(start, end).toLowerCase() === 'img';
      tagStart = start - 1;
      attributes = new Map();
    },
    onattribname(start, end) {
      [name, nameEnd, value] = [html.slice(start, end).toLowerCase(), end, ''];
    },
    onattribdata(start, end) {
      value += html.slice(start, end);
    },
    onattribentity(codePoint) {
      value += String.fromCodePoint(codePoint);
    },
    onattribend(quote, afterQuote) {
      if (!isImage || quote === QuoteType.NoValue || attributes.has(name)) return;
      // The tokenizer tells no place for a reference such as `&amp;`, so the start of the value is found from its name.
      const end = quote === QuoteType.Unquoted ? afterQuote : afterQuote - 1;
      const start = nameEnd + (/^\s*=\s*["']?/.exec(html.slice(nameEnd, end))?.[0].length ?? 0);
      attributes.set(name, { value, start: offset + start, end: offset + end });
    },
    onopentagend: endTag,
    onselfclosingtag: endTag,
    oncdata: ignore,
    onclosetag: ignore,
    oncomment: ignore,
    ondeclaration: ignore,
    onend: ignore,
    onprocessinginstruction: ignore,
    ontext: ignore,
    ontextentity: ignore,
  });
  tokenizer.write(html);
  tokenizer.end();
  return links;
}
