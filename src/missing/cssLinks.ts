// Finds the images that CSS, SCSS and Less name with url(); a comment just above says what they show.
import { type ImageLink, pathOfUrl, withWords } from './imageLink.ts';

/** Comments, strings and `url()` as CSS reads them: https://www.w3.org/TR/css-syntax-3/#consume-url-token */
const TOKEN = /\/\*(?<comment>(?:[^*]|\*(?!\/))*)\*\/|(?<![:/\w])\/\/(?<line>[^\n]*)|(?<import>@(?:import|use|namespace|charset)\b[^;{}]*)|url\(\s*(?:"(?<double>[^"\n]*)"|'(?<single>[^'\n]*)'|(?<bare>[^\s"'()]*))\s*\)|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'/giu;
/** So far above an image a comment still speaks of it. */
const NEAR_CHARACTERS = 200;

export function findCssLinks(text: string): ImageLink[] {
  const links: ImageLink[] = [];
  let comment = { words: '', end: -1 };
  for (const { 0: raw, index, groups } of text.matchAll(TOKEN)) {
    const words = groups?.['comment'] ?? groups?.['line'];
    if (words !== undefined) comment = { words: words.replace(/^[\s*!=-]+|[\s*=-]+$/g, ''), end: index + raw.length };
    const url = groups?.['double'] ?? groups?.['single'] ?? groups?.['bare'];
    if (!url) continue;
    const pathStart = index + raw.indexOf(url, 4);
    const between = comment.end < 0 ? '}' : text.slice(comment.end, Math.min(index, comment.end + NEAR_CHARACTERS + 1));
    const isNear = between.length <= NEAR_CHARACTERS && !between.includes('}');
    links.push({
      alt: '',
      ...(isNear ? withWords({ caption: comment.words }) : {}),
      url: url.replace(/\\(.)/g, '$1').trim(),
      path: pathOfUrl(url.replace(/\\(.)/g, '$1').trim()),
      rawStart: index,
      rawEnd: index + raw.length,
      pathStart,
      pathEnd: pathStart + url.length,
      syntax: 'css',
    });
  }
  return links;
}
