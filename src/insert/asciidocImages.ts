// Reads where AsciiDoc looks for the images of a document: in its `imagesdir`, or in the folder that Antora keeps for them.
import { normalizePath } from './posixPath.ts';

/** Their text is taken as it is: https://docs.asciidoctor.org/asciidoc/latest/blocks/delimited/ */
const VERBATIM = /^(?:-{4,}|\.{4,}|\+{4,}|\/{4,}|`{3}.*)$/;
/** https://docs.asciidoctor.org/asciidoc/latest/attributes/attribute-entries/ */
const ENTRY = /^:(!?)([\w][\w-]*)(!?):(?:[ \t]+(.*))?$/;
/** https://docs.asciidoctor.org/asciidoc/latest/directives/conditionals/ */
const CONDITION = /^(ifdef|ifndef|ifeval)::([^[]*)\[(.*)\]$/;

/**
 * The value of `imagesdir` for an image at `offset`, as it is written; undefined where there is none, or where its value
 * cannot be known. What a viewer alone defines (`env-github`, …) counts as not defined.
 * https://docs.asciidoctor.org/asciidoc/latest/macros/images-directory/
 */
export function imagesDirAt(text: string, offset: number, documentDir: string): string | undefined {
  const attributes = new Map<string, string>([['docdir', documentDir]]);
  const open: boolean[] = [];
  let fence: string | undefined;
  let isHead = true;
  for (const { index, 0: line } of text.matchAll(/[^\r\n]+|\n(?=\r?\n)/g)) {
    const trimmed = line.trimEnd();
    if (trimmed === '') isHead = index === 0 && isHead;
    if (!isHead && index >= offset) break;
    if (fence !== undefined) {
      if (trimmed === fence) fence = undefined;
      continue;
    }
    if (VERBATIM.test(trimmed)) fence = trimmed.startsWith('```') ? '```' : trimmed;
    else readLine(trimmed, attributes, open);
  }
  const folder = attributes.get('imagesdir')?.trim() ?? '';
  return folder === '' || folder.includes('{') ? undefined : folder;
}

function readLine(line: string, attributes: Map<string, string>, open: boolean[]): void {
  if (/^endif::/.test(line)) open.pop();
  const condition = CONDITION.exec(line);
  if (condition) {
    const [, kind, names = '', content = ''] = condition;
    const isDefined = names.split(',').some((name) => name.split('+').every((part) => attributes.has(part)));
    const holds = kind === 'ifdef' ? isDefined : kind === 'ifndef' && !isDefined;
    if (content === '' || kind === 'ifeval') open.push(holds);
    else if (holds && !open.includes(false)) readLine(content, attributes, open);
    return;
  }
  const entry = ENTRY.exec(line);
  if (!entry || open.includes(false)) return;
  const [, unset, name = '', alsoUnset, value = ''] = entry;
  if (unset || alsoUnset) attributes.delete(name);
  else attributes.set(name, value.replace(/\{([\w-]+)\}/g, (reference, other: string) => attributes.get(other) ?? reference));
}

/**
 * The folder of the images of a page's module, which their names are counted from there; undefined outside of Antora's
 * layout. https://docs.antora.org/antora/latest/page/image-resource-id-examples/
 */
export function antoraImages(documentPath: string): { componentPath: string; imagesPath: string } | undefined {
  const found = /^(.*)\/modules\/([^/]+)\/(?:pages|partials)\/.*[^/]$/.exec(normalizePath(documentPath));
  return found ? { componentPath: found[1] ?? '', imagesPath: `${found[1]}/modules/${found[2]}/images` } : undefined;
}
