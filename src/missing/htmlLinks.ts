// Finds the image links of HTML, wherever a browser would see a tag: not in comments, scripts or other plain text.
import { QuoteType, Tokenizer } from 'htmlparser2';
import { captionBehind, giveHeadings, tagHeadings } from './headings.ts';
import { type ImageLink, linkOfTag, withWords } from './imageLink.ts';

/** Vue's components that stand for `<img>`: of Nuxt, Vuetify, Quasar and others. */
const VUE_TAG = /^(?:img|nuxt-?img|v-img|q-img|b-img|el-image|ion-img)$/i;

/** The links of an HTML document, or of Vue's single file, in order, with headings and captions. */
export function findPageLinks(text: string, isVue = false): ImageLink[] {
  const links = findHtmlLinks(text, 0, isVue ? VUE_TAG : /^img$/i);
  giveHeadings(links, tagHeadings(text));
  for (const link of links) Object.assign(link, withWords({ caption: captionBehind(text, link.rawEnd) }));
  return links;
}

/** The links of `html`, in order. `offset` is where `html` starts in the document. */
export function findHtmlLinks(html: string, offset = 0, tag = /^img$/i): ImageLink[] {
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
      isImage = tag.test(html.slice(start, end));
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
