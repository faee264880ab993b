// Bundles the extension for Node and the panel's page for the browser; --production minifies, --watch rebuilds.
import { build, context } from 'esbuild';
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, constants } from 'node:zlib';

const { version } = JSON.parse(readFileSync('package.json', 'utf8'));
const production = process.argv.includes('--production');
const watch = process.argv.includes('--watch');

const common = {
  bundle: true,
  minify: production,
  sourcemap: production ? false : 'linked',
  legalComments: 'none',
  logLevel: 'info',
  logOverride: { 'import-is-undefined': 'error' },
};

/** What an editor that is made of VS Code adds to its API. */
const ADDED = ['cursor'];

/** What of VS Code's API the sources name, types among them. */
function namesOfVsCode() {
  const sources = readdirSync('src', { recursive: true }).filter((name) => name.endsWith('.ts')).map((name) => readFileSync(join('src', name), 'utf8'));
  return new Set([...ADDED, ...sources.flatMap((source) => Array.from(source.matchAll(/\bvscode\.([A-Za-z]\w*)/g), ([, name]) => name))]);
}

/** Reads VS Code's API once a bundle: else esbuild copies all of it, some 500 getters, for each module that imports it. */
const vscodeOnce = {
  name: 'vscode-once',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^vscode$/ }, ({ kind }) => (kind === 'require-call' ? { path: 'vscode', external: true } : { path: 'vscode', namespace: 'vscode-once' }));
    onLoad({ filter: /.*/, namespace: 'vscode-once' }, () => ({ contents: `const api = require('vscode');\n${Array.from(namesOfVsCode(), (name) => `export const ${name} = api.${name};`).join('\n')}` }));
  },
};

const bundles = [
  {
    ...common,
    entryPoints: ['src/extension.ts'],
    outfile: 'out/extension.cjs',
    platform: 'node',
    format: 'cjs',
    target: 'node22',
    plugins: [vscodeOnce],
  },
  {
    ...common,
    entryPoints: ['src/node/product.ts'],
    outfile: 'out/product.cjs',
    platform: 'node',
    format: 'cjs',
    target: 'node22',
    // node-fetch asks for the polyfill only where Node itself has no web streams: no VS Code that this runs in.
    external: ['web-streams-polyfill'],
    plugins: [vscodeOnce],
    // The other build of this package asks for its parts by names that no bundle can follow.
    alias: { 'jsonc-parser': 'jsonc-parser/lib/esm/main.js' },
  },
  {
    ...common,
    entryPoints: ['src/node/worker.ts'],
    outfile: 'out/worker.cjs',
    alias: { 'decode-named-character-reference': './src/missing/namedReference.ts' },
    platform: 'node',
    format: 'cjs',
    target: 'node22',
    // The codecs ask where they lie, which a bundle cannot tell; they are handed their WebAssembly.
    define: { 'import.meta.url': JSON.stringify('file:///') },
  },
  {
    ...common,
    // Copied to a place of its own and started by an agent's Node, which may be an older one.
    entryPoints: ['src/node/agents/mcp.ts'],
    outfile: 'out/mcp.cjs',
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    define: { VERSION: JSON.stringify(version) },
    sourcemap: false,
  },
  ...[['src/panel/early.ts', 'out/early.js'], ['src/panel/panel.ts', 'out/page/panel.js'], ['media/panel.css', 'out/panel.css']].map(([source, outfile]) => ({
    ...common,
    entryPoints: [source],
    outfile,
    platform: 'browser',
    format: 'iife',
    target: 'chrome134',
    // What stands in the page itself has no address that a map could be looked for beside.
    sourcemap: production ? false : 'inline',
  })),
];

/** WebAssembly as the worker loads it, packed tighter than the zip of the package would. */
const codecs = { webpEncoder: '@jsquash/webp/codec/enc/webp_enc_simd.wasm', webpDecoder: '@jsquash/webp/codec/dec/webp_dec.wasm' };

/** The README without what leads to files that are not in the package: as long as `repository` is not set, no address could stand in for them. */
function readmeOfPackage(readme) {
  const [page = ''] = readme.split('\n## More\n');
  const isRelative = String.raw`\((?!https?:)[^)]*\)`;
  return page.replace(/ \[[^\]]*\]\(README[^)]*\)/, '').replace(new RegExp(String.raw`^!\[[^\]]*\]${isRelative}\n\n`, 'gm'), '').replace(new RegExp(String.raw`\[([^\]]*)\]${isRelative}`, 'g'), '$1');
}

mkdirSync('out', { recursive: true });
writeFileSync('out/readme.md', readmeOfPackage(readFileSync('README.md', 'utf8')));
for (const [name, file] of Object.entries(codecs)) {
  const bytes = readFileSync(fileURLToPath(import.meta.resolve(file)));
  writeFileSync(`out/${name}.wasm.br`, brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length, [constants.BROTLI_PARAM_LGWIN]: 22 } }));
}

if (watch) {
  for (const bundle of bundles) await (await context(bundle)).watch();
} else {
  for (const name of ['extension', 'product', 'worker', 'mcp']) rmSync(`out/${name}.cjs.map`, { force: true });
  await Promise.all(bundles.map((bundle) => build(bundle)));
}
