// Holds every structure of Typst with an image against Typst's own compiler: the page before and after differ by the image.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { paint } from '../endpoint/paint.ts';
import { TYPST } from '../unit/insert/blocks/components.ts';
import { insertInto, triesOf, type Try } from '../unit/insert/blocks/insertInto.ts';
import { PATH } from '../unit/insert/blocks/readers.ts';
import { findTool } from './tools.ts';

const RANDOM_TRIES = 300;
const frames: readonly ((text: string) => string)[] = [String, (text) => `#block[\n${indented(text)}\n]\n`, (text) => `- item\n\n${indented(text)}`];
const piece = fc.tuple(fc.constantFrom(...TYPST.filter(([what]) => what !== 'rule')), fc.constantFrom(...frames)).map(([[what, marked], frame]) => (what === 'raw block' ? String : frame)(marked.replace(/[«»]/g, '')));
/** A random place of a random document. */
const RANDOM_TRY = fc.tuple(fc.array(piece, { minLength: 1, maxLength: 3 }), fc.double({ min: 0, max: 1, noNaN: true }), fc.constantFrom('cursor' as const, 'behind' as const)).map(([pieces, at, mode]): Try => {
  const before = pieces.join('\n');
  const offset = Math.floor(at * before.length);
  return { name: `${mode} ${offset} of\n${before}`, before, after: insertInto('typst', before, offset, offset, mode) };
});

function indented(text: string): string {
  return text.replace(/^(?=.)/gm, '  ');
}

interface Compiler {
  tryHtml(options: { mainFileContent: string }): { result: { body(): string } | null; takeDiagnostics(): { shortDiagnostics: unknown } | null };
}

const PACKAGE = '@myriaddreamin/typst-ts-node-compiler';

/** The text as a page. @throws with the compiler's words */
export function compileTypst(tool: string, workspace: string, text: string): Promise<string> {
  const { NodeCompiler } = createRequire(join(tool, 'package.json'))(PACKAGE) as { NodeCompiler: { create(options: { workspace: string }): Compiler } };
  const { result, takeDiagnostics } = bound(NodeCompiler.create({ workspace }).tryHtml({ mainFileContent: text }));
  if (!result) throw new Error(JSON.stringify(takeDiagnostics()?.shortDiagnostics));
  return Promise.resolve(result.body());
}

function bound(answer: ReturnType<Compiler['tryHtml']>): { result: { body(): string } | null; takeDiagnostics: () => { shortDiagnostics: unknown } | null } {
  return { result: answer.result, takeDiagnostics: () => answer.takeDiagnostics() };
}

/** Adds to the counts. */
export async function checkTypst(counts: { built: number; failed: number; absent: number }): Promise<void> {
  const tool = findTool({ packages: { [PACKAGE]: '^0.7.0' }, from: `npm: ${PACKAGE}` });
  if (tool === undefined) {
    counts.absent++;
    return console.log('–    Typst, every structure: not on this machine');
  }
  const workspace = mkdtempSync(join(tmpdir(), 'generate-image-typst-'));
  mkdirSync(join(workspace, 'images'));
  writeFileSync(join(workspace, PATH), await paint({ prompt: 'a fox', widthPx: 512, heightPx: 512, watermark: false, style: 'flat' }));
  const problems: string[] = [];
  const tries = [...TYPST.flatMap((structure) => triesOf('typst', structure)), ...fc.sample(RANDOM_TRY, RANDOM_TRIES)];
  for (const { name, before, after } of tries) {
    try {
      const [wanted, found] = [await compileTypst(tool, workspace, before), await compileTypst(tool, workspace, after)];
      if (countImages(found) !== 1 || withoutImage(found) !== withoutImage(wanted)) problems.push(`${name}\n${after}\n${withoutImage(wanted)}\n${withoutImage(found)}`);
    } catch (error) {
      problems.push(`${name}: ${String(error)}\n${after}`);
    }
  }
  rmSync(workspace, { recursive: true, force: true });
  counts[problems.length === 0 ? 'built' : 'failed']++;
  console.log(problems.length === 0 ? `ok   Typst, every structure: ${tries.length} documents` : `FAIL Typst, every structure: ${problems.length} of ${tries.length}\n${problems.slice(0, 5).join('\n')}`);
}

function countImages(html: string): number {
  return (html.match(/<img\b/g) ?? []).length;
}

/** Blanks and the numbers of other figures say nothing, and an item with a figure in it is marked as a paragraph. */
function withoutImage(html: string): string {
  return html
    .replace(/Figure.\d+/g, 'Figure')
    .replace(/<figure>\s*<img[^>]*>\s*(?:<figcaption>[\s\S]*?<\/figcaption>)?\s*<\/figure>/g, '')
    .replace(/<span[^>]*>\s*<img[^>]*>\s*<\/span>|<img[^>]*>/g, '')
    .replace(/<p>\s*<\/p>/g, '')
    .replace(/\s+/g, ' ')
    .replace(/ ?(<[^>]*>) ?/g, '$1')
    .replace(/(<(?:li|dd)>)<p>((?:(?!<\/?(?:p|li|dd)>).)*)<\/p>/g, '$1$2');
}
