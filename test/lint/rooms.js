// Says which room of the source may import which: the table of CONTRIBUTING.md, for the linter.
/** The folders of `src` that run in Node and in browsers alike. */
export const PURE = ['prompt', 'request', 'image', 'jobs', 'history', 'insert', 'missing', 'protocol'];

/** The rooms of `src` and what each may import of ours; `types` may be imported as types only, `packages` are outer modules. */
export const ROOMS = {
  'prompt': {},
  'image': { imports: ['prompt'] },
  'request/transport': { imports: ['prompt'] },
  'request/failures': { imports: ['prompt'], types: ['request/send'] },
  'request/answer': { imports: ['prompt', 'image', 'request/transport', 'request/failures'] },
  'request/send': { imports: ['prompt', 'image', 'request/transport', 'request/failures', 'request/answer'] },
  'request/download': { imports: ['prompt', 'image', 'request/transport', 'request/failures', 'request/answer', 'request/send'] },
  'insert': { imports: ['prompt', 'image'] },
  'history': { imports: ['prompt', 'image'] },
  'missing': { imports: ['prompt', 'insert'] },
  'jobs': { imports: ['prompt', 'image', 'history', 'request/transport', 'request/failures', 'request/answer', 'request/send', 'request/download'] },
  'protocol': { types: ['prompt', 'image', 'jobs', 'history', 'insert', 'missing', 'request/failures', 'request/send', 'request/download'] },
  'panel/parts': { imports: ['protocol', 'prompt'] },
  'panel/jobs': { imports: ['protocol', 'prompt', 'panel/parts'] },
  'panel/form': { imports: ['protocol', 'prompt', 'panel/parts', 'panel/jobs'] },
  'panel/preview': { imports: ['protocol', 'prompt', 'panel/parts'] },
  'panel/history': { imports: ['protocol', 'prompt', 'panel/parts'] },
  'panel': { imports: ['protocol', 'prompt', 'panel/parts', 'panel/form', 'panel/jobs', 'panel/preview', 'panel/history'] },
};
const PURE_ROOMS = Object.keys(ROOMS).filter((room) => PURE.includes(room.split('/')[0]));
ROOMS['node'] = { imports: PURE_ROOMS, types: ['host'], packages: ['node:', 'node-fetch'] };
ROOMS['host'] = { imports: [...PURE_ROOMS, 'node'], packages: ['vscode', 'node:'] };
ROOMS['extension.ts'] = { imports: ['host'], packages: ['vscode', 'node:'] };

/** What runs neither in a browser nor without VS Code, and the transport. */
export const CLOSED_PACKAGES = /^(node:.*|vscode|node-fetch|fs|path|os|http|https|crypto|net|child_process|worker_threads)$/;
