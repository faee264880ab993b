// The import walls: which folder of src/ may import which (the table of CONTRIBUTING.md), and what a pure room may not reach for. All other rules: .oxlintrc.json.
import { join } from 'node:path';
import { parser } from 'typescript-eslint';
import { CLOSED_PACKAGES, PURE, ROOMS } from './test/lint/rooms.js';
import { createWalls } from './test/lint/walls.js';

const walls = { rules: { walls: createWalls(join(import.meta.dirname, 'src'), ROOMS, CLOSED_PACKAGES) } };

export default [
  {
    files: ['src/**/*.ts'],
    languageOptions: { parser },
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    plugins: { ours: walls },
    rules: { 'ours/walls': 'error' },
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
];
