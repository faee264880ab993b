// Lists the documents of the project, each with its language.
import { globSync } from 'node:fs';
import { ROOT } from '../unit/texts/sourceTexts.ts';
import type { Language } from './pageTables.ts';

export interface Page {
  /** From the clone's own folder, with `/`. */
  readonly path: string;
  readonly language: Language;
}

export function findPages(): readonly Page[] {
  const docs = globSync('docs/**/*.md', { cwd: ROOT }).map((path) => path.replaceAll('\\', '/')).sort();
  return ['README.md', 'README.zh-CN.md', 'CONTRIBUTING.md', 'CHANGELOG.md', ...docs].map((path) => ({ path, language: path.includes('zh-CN') ? 'zh-CN' : 'en' }));
}
