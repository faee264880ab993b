// Reads Markdown and MDX by micromark: its tokens, and a form of the document that two texts can be compared by.
import { compile, parse, postprocess, preprocess } from 'micromark';
import { directive } from 'micromark-extension-directive';
import { frontmatter } from 'micromark-extension-frontmatter';
import { gfmFootnote } from 'micromark-extension-gfm-footnote';
import { gfmTable, gfmTableHtml } from 'micromark-extension-gfm-table';
import { math } from 'micromark-extension-math';
import { mdxExpression } from 'micromark-extension-mdx-expression';
import { mdxJsx } from 'micromark-extension-mdx-jsx';
import { mdxMd } from 'micromark-extension-mdx-md';
import type { CompileContext, Event, Extension, Handle, HtmlExtension, Token } from 'micromark-util-types';

const { flow } = directive();

// What site generators and VS Code's own preview read besides CommonMark. A single `$` is money as often as mathematics.
const MARKDOWN: Extension[] = [frontmatter(['yaml', 'toml']), gfmTable(), gfmFootnote(), math({ singleDollarTextMath: false }), ...(flow ? [{ flow }] : [])];
const MDX: Extension[] = [...MARKDOWN, mdxJsx(), mdxMd(), mdxExpression()];

/** Stands in for the link of an image while places are tried. */
const ADDRESS = 'generate-image-tries-this-place';
const TAG = `<img src="${ADDRESS}" alt="x" />`;
export const TRIAL = { markdown: `![x](${ADDRESS})`, html: TAG };

/** The tokens of a text. Throws for MDX that does not parse. */
export function readTokens(text: string, isMdx: boolean): Event[] {
  // A byte order mark would be dropped, and with it every offset moved.
  const kept = text.replace(/^\uFEFF/, ' ');
  return postprocess(parse({ extensions: isMdx ? MDX : MARKDOWN }).document().write(preprocess()(kept, undefined, true)));
}

/** What the document says, as HTML: equal for two texts that differ in blanks alone. */
export function compileTokens(events: Event[]): string {
  return tidy(compile({ allowDangerousHtml: true, allowDangerousProtocol: true, htmlExtensions: [gfmTableHtml(), AS_WRITTEN] })(events));
}

/** What a document with one trial image says besides it; undefined if the image is not read as one. */
export function compileWithout(events: Event[]): string | undefined {
  const html = compile({ allowDangerousHtml: true, allowDangerousProtocol: true, htmlExtensions: [gfmTableHtml(), AS_WRITTEN] })(events);
  const [before, after, ...more] = html.split(TAG);
  if (before === undefined || after === undefined || more.length > 0) return undefined;
  // Within code the tag would have been escaped, so it was read as an image.
  return tidy(before + after);
}

function tidy(html: string): string {
  return html
    .replace(/[ \t]+\n/g, '\n')
    .replace(/<p>\s*<\/p>\n?/g, '')
    .replace(/\s+(?=<\/(?:p|li|h[1-6]|t[dh]|blockquote|fn)>)/g, '')
    .replace(/(<(?:p|li|h[1-6]|t[dh]|blockquote|fn)>)\s+/g, '$1')
    .trim();
}

const asWritten: Handle = function (this: CompileContext, token: Token) {
  this.tag(this.sliceSerialize(token));
};

/** A block of its own in which paragraphs are marked, as in a loose list. */
const openBlock: Handle = function (this: CompileContext) {
  this.getData('tightStack')?.push(false);
  this.tag('<fn>');
};

const closeBlock: Handle = function (this: CompileContext) {
  this.getData('tightStack')?.pop();
  this.tag('</fn>');
};

/** Constructs that HTML has no word for are compared letter by letter. */
const AS_WRITTEN: HtmlExtension = {
  enter: { gfmFootnoteDefinition: openBlock, directiveContainer: openBlock },
  exit: {
    gfmFootnoteDefinition: closeBlock,
    directiveContainer: closeBlock,
    ...Object.fromEntries([
      'yaml', 'toml', 'gfmFootnoteDefinitionLabelString', 'gfmFootnoteCall', 'mathFlow', 'mathText', 'directiveContainerFence', 'directiveLeaf',
      'mdxJsxFlowTag', 'mdxJsxTextTag', 'mdxFlowExpression', 'mdxTextExpression',
    ].map((type) => [type, asWritten])),
  },
};
