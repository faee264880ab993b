// Turns the TypeScript of test/host into files that VS Code's extension host loads.
import { build } from 'esbuild';
import { globSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './codeServer.ts';

/** Bundles the suite, one file for each test file, and resolves to the path of the one that VS Code is given. */
export async function bundleHostSuite(): Promise<string> {
  const outdir = join(ROOT, 'out', 'test', 'host');
  rmSync(outdir, { recursive: true, force: true });
  const tests = globSync('test/host/**/*.test.ts', { cwd: ROOT }).map((path) => join(ROOT, path));
  await build({
    entryPoints: [join(ROOT, 'test', 'host', 'index.ts'), ...tests],
    outdir,
    outbase: join(ROOT, 'test', 'host'),
    outExtension: { '.js': '.cjs' },
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node22',
    external: ['vscode', 'mocha'],
    define: { 'import.meta.dirname': '__dirname' },
    sourcemap: 'inline',
    logLevel: 'warning',
  });
  return join(outdir, 'index.cjs');
}
