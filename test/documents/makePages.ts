// Writes the tables of docs/ and CONTRIBUTING.md anew: what `npm run docs` does.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../unit/texts/sourceTexts.ts';
import { findPages } from './pages.ts';
import { makeTables } from './pageTables.ts';
import { writeTables } from './writeTables.ts';

for (const { path, language } of findPages()) {
  const file = join(ROOT, path);
  const { text, empty, lost } = writeTables(readFileSync(file, 'utf8'), await makeTables(language));
  writeFileSync(file, text);
  for (const row of lost) console.log(`${path}: this row is gone: ${row}`);
  for (const row of empty) {
    console.error(`${path}: write the last cell of “${row}”`);
    process.exitCode = 1;
  }
}
