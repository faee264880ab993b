// Chooses where an image goes in a document, so that the document says the same afterwards and shows one image more.
import { placeInAsciidoc } from './asciidoc.ts';
import { placeInCss } from './css.ts';
import { placeInHtml } from './html.ts';
import { placeInJsx } from './jsx.ts';
import { placeInLatex } from './latex.ts';
import { placeInMarkdown } from './markdown.ts';
import { placeInOrg } from './org.ts';
import { type ImagePlace, placeInAny, type PlaceQuestion } from './place.ts';
import { placeInRest } from './rest.ts';
import { placeInTypst } from './typst.ts';

/** Linear in the text but for Markdown, which is read once for each place that is tried. Never throws on any text. */
export function choosePlace(question: PlaceQuestion): ImagePlace {
  switch (question.languageId) {
    case 'markdown': case 'mdx': case 'quarto': case 'rmd': return placeInMarkdown(question);
    case 'html': case 'vue': case 'svelte': case 'astro': case 'php': return placeInHtml(question);
    case 'javascriptreact': case 'typescriptreact': return placeInJsx(question);
    case 'css': case 'scss': case 'less': return placeInCss(question);
    case 'asciidoc': return placeInAsciidoc(question);
    case 'restructuredtext': return placeInRest(question);
    case 'latex': case 'tex': return placeInLatex(question);
    case 'typst': return placeInTypst(question);
    case 'org': return placeInOrg(question);
    default: return placeInAny(question);
  }
}
