// Turns the source into the .vsix that ships, and says which files are in it.
import { exec, spawnSync } from 'node:child_process';
import { unzipSync } from 'fflate';
import { readFileSync, rmSync, statSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { ROOT } from '../vscode/codeServer.ts';
import { runChecks, type Suite, type SuiteResult } from './suite.ts';

const VSIX = join(ROOT, 'generate-image.vsix');
const MAX_BYTES = 500_000;

/** Every file that may ship. */
const ALLOWED = [
  /^extension\.vsixmanifest$/,
  /^\[Content_Types\]\.xml$/,
  /^extension\/package(\.nls(\.zh-cn)?)?\.json$/,
  /^extension\/l10n\/bundle\.l10n\.zh-cn\.json$/,
  /^extension\/out\/((extension|product|worker|mcp)\.cjs|early\.js|panel\.css|page\/panel\.js|webp(En|De)coder\.wasm\.br)$/,
  /^extension\/media\/([\w-]+\/)*[\w.-]+\.(svg|png|md)$/,
  /^extension\/(readme|changelog)\.md$/,
  /^extension\/LICENSE\.txt$/,
];

/** What a user misses at once. */
const REQUIRED = ['package.json', 'package.nls.json', 'package.nls.zh-cn.json', 'l10n/bundle.l10n.zh-cn.json', 'out/extension.cjs', 'out/product.cjs', 'out/worker.cjs', 'out/mcp.cjs', 'out/webpEncoder.wasm.br', 'out/webpDecoder.wasm.br', 'out/early.js', 'out/panel.css', 'out/page/panel.js', 'readme.md', 'changelog.md', 'LICENSE.txt'];

/**
 * Builds and packages the extension, as `npm run package` does, and resolves to the file; the other lane goes on meanwhile.
 * @throws Error with what vsce said.
 */
export async function packageExtension(): Promise<string> {
  const { scripts } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { scripts: { package: string } };
  const env = { ...process.env, PATH: join(ROOT, 'node_modules', '.bin') + delimiter + (process.env['PATH'] ?? '') };
  rmSync(VSIX, { force: true });
  await new Promise<void>((resolve, reject) => {
    exec(scripts.package, { cwd: ROOT, env, maxBuffer: 16 * 1024 * 1024 }, (error, stdout, stderr) => (error === null ? resolve() : reject(new Error(`${stdout}${stderr}`, { cause: error }))));
  });
  return VSIX;
}

let packaged: Promise<string> | undefined;

/** The .vsix under test: the one that GENERATE_IMAGE_VSIX names, else one packaged now, once for all that ask: two at a time would write the same file. */
export async function vsixUnderTest(): Promise<string> {
  return process.env['GENERATE_IMAGE_VSIX'] ?? (packaged ??= packageExtension());
}

function listWhere(names: readonly string[], what: string): string | undefined {
  return names.length === 0 ? undefined : `${what}: ${names.join(', ')}`;
}

/** Packages once, tells the suites after it where the file lies, and checks what is in it. */
export const packageSuite: Suite = { name: 'package', works: () => [{ title: 'package', run: checkPackage }] };

async function checkPackage(): Promise<SuiteResult> {
  process.env['GENERATE_IMAGE_VSIX'] = await packageExtension();
  const files = unzipSync(readFileSync(VSIX));
  const names = Object.keys(files).filter((name) => !name.endsWith('/'));
  const text = (name: string): string => new TextDecoder().decode(files[name]);
  return runChecks([
    { title: 'the package holds only files of the allow-list', find: () => listWhere(names.filter((name) => !ALLOWED.some((rule) => rule.test(name))), 'Not allowed') },
    { title: 'the package holds what a user needs', find: () => listWhere(REQUIRED.filter((name) => !names.includes(`extension/${name}`)), 'Missing') },
    {
      title: 'each bundle of the host can be read',
      find: () => listWhere(['extension', 'product'].filter((name) => spawnSync(process.execPath, ['-e', `require('./out/${name}.cjs')`], { cwd: ROOT }).status !== 0), 'Cannot be read'),
    },
    {
      title: 'each bundle of the host asks for VS Code’s API once',
      find: () => listWhere(['extension', 'product'].filter((name) => text(`extension/out/${name}.cjs`).split('require("vscode")').length !== 2), 'Copies it for each module'),
    },
    { title: 'the package holds no source map', find: () => listWhere(names.filter((name) => name.endsWith('.map') || (/\.c?js$/.test(name) && text(name).includes('sourceMappingURL=')), ), 'Mapped') },
    {
      title: 'the page’s first script and style end nowhere but at their end',
      find: () => listWhere(['extension/out/early.js', 'extension/out/panel.css'].filter((name) => /<\/(script|style)|<!--/i.test(text(name))), 'Cannot stand in a page'),
    },
    {
      title: 'the page of the package links to nothing that is not in it',
      find: () => listWhere([...text('extension/readme.md').matchAll(/\]\(((?!https:)[^)]*)\)/g)].map(([, link = '']) => link), 'Leads nowhere'),
    },
    {
      title: 'the package is at most 500 kB',
      find: () => (statSync(VSIX).size <= MAX_BYTES ? undefined : `${statSync(VSIX).size} bytes`),
    },
  ]);
}
