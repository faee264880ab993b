// Holds every structure of Astro, Svelte, Vue and MDX with an image against the language's own compiler.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ASTRO, SVELTE, VUE } from '../unit/insert/blocks/components.ts';
import { triesOf } from '../unit/insert/blocks/insertInto.ts';
import { PATH } from '../unit/insert/blocks/readers.ts';
import { HTML, MARKDOWN, MDX, type Structure } from '../unit/insert/blocks/structures.ts';
import { findTool } from './tools.ts';

/** May answer later. */
type Parse = (text: string) => unknown;
type Compiler = Record<string, (...args: unknown[]) => unknown>;

interface Rows {
  languageId: string;
  packageName: string;
  version: string;
  structures: readonly Structure[];
  /** `compiler` is what the package exports. Throws, or tells of errors, for what is no document of the language. */
  parser: (compiler: Compiler) => Parse;
}

const fragments = HTML.filter(([, text]) => !/<html|<body|doctype/.test(text));

const ROWS: readonly Rows[] = [
  { languageId: 'astro', packageName: '@astrojs/compiler', version: '^2', structures: [...ASTRO, ...HTML.filter(([, text]) => !text.includes('<html'))], parser: (compiler) => async (text) => ((await compiler['parse']?.(text, { position: false })) as { ast: unknown }).ast },
  { languageId: 'svelte', packageName: 'svelte', version: '^5', structures: [...SVELTE, ...fragments], parser: (compiler) => (text) => compiler['parse']?.(text, { modern: true }) },
  {
    languageId: 'vue',
    packageName: '@vue/compiler-sfc',
    version: '^3',
    structures: [...VUE, ...fragments.filter(([, text]) => !/<script|<style/.test(text)).map(([what, text]) => [what, `<template>\n${text}</template>\n`] as const)],
    parser: (compiler) => (text) => {
      const { descriptor, errors } = compiler['parse']?.(text, { sourceMap: false, ignoreEmpty: false }) as { descriptor: Record<string, { content?: string; ast?: { children: unknown } } & { content: string }[]>; errors: unknown[] };
      return [descriptor['template']?.ast?.children, descriptor['script']?.content, descriptor['scriptSetup']?.content, descriptor['styles']?.map(({ content }) => ({ style: content })), errors.map(String)];
    },
  },
  { languageId: 'mdx', packageName: '@mdx-js/mdx', version: '^3', structures: [...MDX, ...MARKDOWN], parser: (compiler) => (text) => (compiler['createProcessor']?.() as { parse: Parse }).parse(text) },
];

/** Where a node stands says nothing, nor whether a list has blanks between its items. */
const ASIDE = /^(?:position|start|end|loc|parent|source|offset|name_loc|codegenNode|map|character|cached|temps|innerLoc|raw|ast|spread|data|diagnostics)$/;

/** Adds to the counts. */
export async function checkComponents(counts: { built: number; failed: number; absent: number }, wanted: readonly string[]): Promise<void> {
  for (const rows of ROWS) {
    if (wanted.length > 0 && !wanted.includes(rows.languageId)) continue;
    const name = `${rows.packageName}, every structure`;
    const tool = findTool({ packages: { [rows.packageName]: rows.version }, from: 'npm' });
    if (tool === undefined) {
      counts.absent++;
      console.log(`–    ${name}: not on this machine (npm: ${rows.packageName})`);
      continue;
    }
    const parse = rows.parser(await load(tool, rows.packageName));
    const { problems, held } = await compare(rows, parse);
    counts[problems.length === 0 && held > 0 ? 'built' : 'failed']++;
    console.log(problems.length === 0 && held > 0 ? `ok   ${name}: ${held} documents` : `FAIL ${name}: ${problems.length} of ${held}\n${problems.slice(0, 5).join('\n')}`);
  }
}

async function load(tool: string, packageName: string): Promise<Compiler> {
  const folder = join(tool, 'node_modules', packageName);
  const { exports, module, main } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { exports?: Record<string, unknown>; module?: string; main?: string };
  // Svelte's compiler is an entry of its own.
  const entry = exports?.['./compiler'] ?? exports?.['.'];
  const pick = (value: unknown): string | undefined => (typeof value === 'string' ? value : typeof value === 'object' && value !== null ? pick(Object.entries(value).find(([condition]) => /^(?:import|node|default)$/.test(condition))?.[1]) : undefined);
  return (await import(pathToFileURL(join(folder, pick(entry) ?? module ?? main ?? 'index.js')).href)) as Compiler;
}

/** Those that the compiler refuses without an image are left out. */
async function compare({ languageId, structures }: Rows, parse: Parse): Promise<{ problems: string[]; held: number }> {
  const problems: string[] = [];
  let held = 0;
  for (const { name, before, after } of structures.flatMap((structure) => triesOf(languageId, structure))) {
    const wanted = await Promise.resolve().then(() => parse(before)).then(readTree, () => undefined);
    if (!wanted) continue;
    held++;
    try {
      const found = readTree(await parse(after));
      if (found.images !== 1 || found.rest !== wanted.rest) problems.push(`${name} (${found.images} images)\n${after}\n${wanted.rest}\n${found.rest}`);
    } catch (error) {
      problems.push(`${name}: ${String(error)}\n${after}`);
    }
  }
  return { problems, held };
}

/** The tree without its image, and without the paragraph that was there for the image alone. */
function readTree(tree: unknown): { rest: string; images: number } {
  let images = 0;
  const visit = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(visit).filter((node) => node !== undefined);
    if (typeof value !== 'object' || value === null) return value;
    const node = value as Record<string, unknown>;
    if (isImage(node)) {
      images++;
      return undefined;
    }
    const text = node['type'] === 'text' || node['type'] === 'Text' || node['type'] === 2 ? (node['value'] ?? node['data'] ?? node['content']) : undefined;
    if (typeof text === 'string') return text.trim() === '' ? undefined : { text: text.replace(/\s+/g, '') };
    const before = images;
    const made = Object.fromEntries(Object.entries(node).filter(([key]) => !ASIDE.test(key)).map(([key, inner]) => [key, visit(inner)]));
    return node['type'] === 'paragraph' && images > before && (made['children'] as unknown[]).length === 0 ? undefined : made;
  };
  return { rest: JSON.stringify(visit(tree)).replaceAll('"},{"text":"', ''), images };
}

function isImage(node: Record<string, unknown>): boolean {
  if (node['type'] === 'image') return node['url'] === PATH;
  const name = node['name'] ?? node['tag'];
  return name === 'img' && JSON.stringify(node, (key, value: unknown) => (key === 'parent' ? undefined : value)).includes(PATH);
}
