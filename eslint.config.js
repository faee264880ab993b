// Lint rules, and the import walls: which folder of src/ may import which (the table of CONTRIBUTING.md).
import tseslint from 'typescript-eslint';

const PURE = ['prompt', 'request', 'image', 'jobs', 'history', 'insert', 'missing', 'protocol'];

/** What each folder may import of ours; a folder that is not listed beside it is an error. */
const MAY_IMPORT = {
  prompt: [],
  image: ['prompt'],
  request: ['prompt', 'image'],
  insert: ['prompt', 'image'],
  history: ['prompt', 'image'],
  missing: ['prompt', 'insert'],
  jobs: ['prompt', 'request', 'image', 'history'],
  protocol: [],
  panel: ['protocol', 'prompt'],
  host: ['prompt', 'request', 'image', 'jobs', 'history', 'insert', 'missing', 'protocol'],
};

/** Folders whose types alone may be imported: the state the page sees is made of them. */
const MAY_IMPORT_TYPES = { protocol: PURE.filter((folder) => folder !== 'protocol') };

const NO_RUNTIME = '^(node:|vscode$|fs$|path$|os$|http$|https$|crypto$|net$|child_process$|worker_threads$)';

function wall(folder) {
  const allowed = MAY_IMPORT[folder];
  const typesOnly = MAY_IMPORT_TYPES[folder] ?? [];
  const known = [...allowed, ...typesOnly, folder].join('|');
  const patterns = [
    {
      regex: `^(\\.\\./)+((?!(${known})/)[\\w-]+/|extension\\.ts)`,
      message: `src/${folder} may import only: ${[...allowed, ...typesOnly].join(', ') || 'nothing of ours'}.`,
    },
  ];
  if (typesOnly.length > 0) {
    patterns.push({ regex: `^\\.\\./(${typesOnly.join('|')})/`, allowTypeImports: true, message: `src/${folder} may import only types from there.` });
  }
  if (folder !== 'host') {
    patterns.push({ regex: NO_RUNTIME, message: `src/${folder} runs in Node and in browsers: what it needs is handed in.` });
  }
  if (folder !== 'host') {
    patterns.push({ regex: '^node-fetch$', message: 'Only the desktop host knows the transport; it is handed in as a parameter.' });
  }
  return {
    files: [`src/${folder}/**/*.ts`],
    rules: { '@typescript-eslint/no-restricted-imports': ['error', { patterns }] },
  };
}

export default tseslint.config(
  { ignores: ['out/', 'node_modules/', '.vscode-test/', 'media/'] },
  ...tseslint.configs.recommendedTypeChecked,
  {
    languageOptions: {
      parserOptions: {
        project: ['src/tsconfig.pure.json', 'src/panel/tsconfig.json', 'src/host/tsconfig.json', 'test/tsconfig.json'],
        tsconfigRootDir: import.meta.dirname,
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
  ...Object.keys(MAY_IMPORT).map(wall),
  { files: ['**/*.js', '**/*.cjs'], extends: [tseslint.configs.disableTypeChecked], rules: { 'no-restricted-syntax': 'off' } },
);
