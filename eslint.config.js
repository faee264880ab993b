// Lint rules, and the import walls: which folder of src/ may import which (the table of CONTRIBUTING.md).
import { join } from 'node:path';
import tseslint from 'typescript-eslint';
import { CLOSED_PACKAGES, PURE, ROOMS } from './test/lint/rooms.js';
import { createWalls } from './test/lint/walls.js';

const walls = { rules: { walls: createWalls(join(import.meta.dirname, 'src'), ROOMS, CLOSED_PACKAGES) } };

export default tseslint.config(
  { ignores: ['out/', 'node_modules/', '.vscode-test/', 'media/'] },
  ...tseslint.configs.recommendedTypeChecked,
  {
    languageOptions: {
      parserOptions: {
        // One program for all: the rooms' own settings are the type check's business.
        project: ['test/lint/tsconfig.json'],
        tsconfigRootDir: import.meta.dirname,
        // Which names there are is the type check's business, too: listing them for each file takes two seconds.
        lib: [],
      },
    },
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    rules: {
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      'max-lines': ['error', { max: 250, skipComments: false }],
      'no-restricted-syntax': ['error', { selector: 'ExportDefaultDeclaration', message: 'No default exports.' }],
      eqeqeq: 'error',
    },
  },
  { files: ['test/**/*.ts'], rules: { 'max-lines': ['error', { max: 400 }] } },
  {
    files: ['test/**/*.ts'],
    rules: { '@typescript-eslint/no-floating-promises': ['error', { allowForKnownSafeCalls: [{ from: 'package', package: 'node:test', name: ['test', 'it', 'describe', 'suite'] }] }] },
  },
  {
    files: PURE.map((folder) => `src/${folder}/**/*.ts`),
    rules: {
      'no-restricted-globals': [
        'error',
        ...['fetch', 'setTimeout', 'setInterval', 'crypto', 'process', 'self', 'console'].map((name) => ({ name, message: 'Handed in as a parameter.' })),
      ],
      'no-restricted-properties': [
        'error',
        { object: 'Date', property: 'now', message: 'Time is handed in as a parameter.' },
        { object: 'Math', property: 'random', message: 'Chance is handed in as a parameter.' },
      ],
    },
  },
  { files: ['src/**/*.ts'], plugins: { ours: walls }, rules: { 'ours/walls': 'error' } },
  { files: ['**/*.js', '**/*.cjs'], extends: [tseslint.configs.disableTypeChecked], rules: { 'no-restricted-syntax': 'off' } },
);
