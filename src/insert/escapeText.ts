// Turns one line of plain text into text that each language shows as it was, whatever it holds.

/** Markdown (CommonMark, with tables, footnotes, mathematics, bare URLs, MDX): punctuation that can start something is escaped. */
export function toMarkdownText(text: string): string {
  return text.replace(/[\\`*_[\]<>$~|{}^]|&(?=#|[A-Za-z])|:(?=\/\/)/g, '\\$&');
}

/** Pandoc's Markdown (Quarto, R Markdown): also citations; and no backtick, as knitr runs `` `r …` `` before any parsing. */
export function toPandocText(text: string): string {
  return toMarkdownText(text).replaceAll('\\`', '&#96;').replace(/[@"']/g, '\\$&');
}

/** A quoted attribute of HTML and JSX, also of templates that read braces in it (Svelte, Jinja). */
export function toHtmlAttribute(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/[<>"'{}`]/g, toCharacterReference);
}

/**
 * The alternative text in AsciiDoc's brackets: quotes, backslashes, brackets, attribute references, what parts the cells
 * of a table (of one in a table, for a link within a line) and what would become typographic signs (arrows, dashes,
 * `(C)`) are written as character references. Apostrophes still turn round.
 * @param before the text in front of it: where a comma or an equals sign would part attributes, it is put in quotes
 */
export function toAsciidocText(text: string, before: string): string {
  const safe = text
    // Within a line emphasis, passthroughs, addresses, references and terms of lists are read first, and `!` parts the cells of a table in a table.
    .replace(/(?:^|\W)image:(?!:)[^[]*\[$/.test(before) ? /[!*_`#^~+$<@;]|:(?=[:/])|\((?=\()|&(?=#|[A-Za-z])/g : /&(?=#|[A-Za-z])/g, toCharacterReference)
    .replace(/["\\[\]{}|]|^'|'$|`(?=')|-(?=-)|\.(?=\.\.)|\((?=(?:C|R|TM)\))|[-=](?=>)|<(?=[-=])/g, toCharacterReference);
  return /[,=]/.test(safe) && /[[,=]$/.test(before) ? `"${safe}"` : safe;
}

/** LaTeX text, as in a caption. Straight quotes become typographic ones, as `"` is a command in some languages. */
export function toLatexText(text: string): string {
  return text
    .replace(/[\\{}#$%&_~^<>|`]|-(?=-)|'(?=['"])/g, (character) => LATEX_TEXT[character] ?? `\\${character}`)
    .replace(/(^|[\s([])"/g, '$1``')
    .replaceAll('"', "''");
}

const LATEX_TEXT: Readonly<Record<string, string>> = {
  '\\': '\\textbackslash{}',
  '~': '\\textasciitilde{}',
  '^': '\\textasciicircum{}',
  '<': '\\textless{}',
  '>': '\\textgreater{}',
  '|': '\\textbar{}',
  '`': '\\textasciigrave{}',
  '-': '-{}',
  "'": "'{}",
};

/** Typst content in brackets: markup, comments, dashes and signs of a list, heading or term at its start are escaped. */
export function toTypstText(text: string): string {
  return text
    .replace(/[\\#*_`$<>@~[\]"']|\/(?=[/*])|(?<=[/*])\/|-(?=[-?])|-(?=\d)|\.(?=\.\.)|(?<=^[a-z]+):(?=\/\/)/gi, '\\$&')
    .replace(/^(\d*)([-+=/.])/, '$1\\$2');
}

/** Org text, as in a caption: entities where there are any, elsewhere the zero-width space that Org's manual advises. */
export function toOrgText(text: string): string {
  return text
    .replace(/\\|\[|@(?=@)|\{(?=\{)/g, '$&\u200B')
    .replace(/[_^$<]|(?<=^|[\s\-—('"{\u200B*=~+])[*/=~+](?=\S)/g, (character) => `\\${ORG_ENTITIES[character] ?? ''}{}`);
}

const ORG_ENTITIES: Readonly<Record<string, string>> = {
  _: 'under',
  '^': 'asciicirc',
  $: 'dollar',
  '<': 'lt',
  '*': 'ast',
  '/': 'slash',
  '=': 'equal',
  '~': 'tilde',
  '+': 'plus',
};

function toCharacterReference(character: string): string {
  return `&#${character.charCodeAt(0)};`;
}
