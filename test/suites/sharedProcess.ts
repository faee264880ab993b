// Runs several test files in one process, each as a suite of its own, with its own hooks.
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { describe } from 'node:test';
import { ROOT } from '../vscode/codeServer.ts';

const require = createRequire(import.meta.url);

// At once, not awaited: what a file says at its top belongs to the suite that is being described.
for (const file of process.argv.slice(2)) describe(file, () => void require(join(ROOT, file)));
