// Says which room of the source may import which: the table of CONTRIBUTING.md, for the linter.
/** The folders of `src` that run in Node and in browsers alike. */
export const PURE = ['prompt', 'request', 'image', 'jobs', 'history', 'insert', 'missing', 'agents', 'services', 'protocol'];

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
  'agents': { imports: ['prompt', 'insert'] },
  'services': { imports: ['prompt'] },
  'protocol': { types: ['prompt', 'image', 'jobs', 'history', 'insert', 'missing', 'request/failures', 'request/send', 'request/download'] },
  'panel/parts': { imports: ['protocol', 'prompt'] },
  'panel/jobs': { imports: ['protocol', 'prompt', 'panel/parts'] },
  'panel/form': { imports: ['protocol', 'prompt', 'panel/parts', 'panel/jobs'] },
  'panel/preview': { imports: ['protocol', 'prompt', 'panel/parts'] },
  'panel/group': { imports: ['protocol', 'prompt', 'panel/parts', 'panel/jobs'] },
  'panel/history': { imports: ['protocol', 'prompt', 'panel/parts'] },
  'panel': { imports: ['protocol', 'prompt', 'panel/parts', 'panel/form', 'panel/jobs', 'panel/preview', 'panel/group', 'panel/history'] },
};
const PURE_ROOMS = Object.keys(ROOMS).filter((room) => PURE.includes(room.split('/')[0]));
/** The rooms of the host, each with the ones that it stands on; `window` is the ground. */
const HOST_ROOMS = {
  window: [],
  failures: ['window'],
  prompt: ['window'],
  history: ['window'],
  connection: ['window', 'failures'],
  insert: ['window', 'history'],
  jobs: ['window', 'failures', 'prompt', 'connection', 'history', 'insert'],
  missing: ['window', 'failures', 'prompt', 'history', 'insert', 'jobs'],
  links: ['window', 'failures', 'prompt', 'connection', 'history', 'insert', 'jobs', 'missing'],
  panel: ['window', 'failures', 'prompt', 'connection', 'history', 'insert', 'jobs'],
  agents: ['window', 'failures', 'prompt', 'connection', 'history', 'insert', 'jobs'],
};
const inHost = (names) => names.map((name) => `host/${name}`);
const ALL_OF_HOST = inHost(Object.keys(HOST_ROOMS));
for (const [name, below] of Object.entries(HOST_ROOMS)) {
  ROOMS[`host/${name}`] = { imports: [...PURE_ROOMS, ...inHost(below)], types: ['host/platform.ts'], packages: ['vscode'] };
}
ROOMS['host/commands'] = { imports: [...PURE_ROOMS, ...ALL_OF_HOST], types: ['host', 'host/platform.ts'], packages: ['vscode'] };
ROOMS['host/platform.ts'] = { types: PURE_ROOMS };
ROOMS['host'] = { imports: [...PURE_ROOMS, ...ALL_OF_HOST, 'host/commands'], types: ['host/platform.ts'], packages: ['vscode'] };
ROOMS['node'] = { imports: PURE_ROOMS, types: ['host/platform.ts'], packages: ['node:', 'node-fetch'] };
ROOMS['node/product.ts'] = { imports: ['host', 'node'], types: ['host/platform.ts'], packages: ['node:'] };
ROOMS['extension.ts'] = { imports: ['host/window', 'host/insert', 'host/missing', 'host/links', 'host/jobs', 'host/panel', 'host/agents'], types: ['host'], packages: ['vscode', 'node:'] };

const GROUPS = { 'the pure rooms': PURE_ROOMS, 'every room of `host`': [...ALL_OF_HOST, 'host/commands'], 'the rooms of `host` above': ALL_OF_HOST };

/** What a room may import, as CONTRIBUTING.md writes it. */
export function describeImports({ imports = [], types = [] }) {
  const describe = (names) => {
    let rest = names;
    const groups = Object.entries(GROUPS).flatMap(([group, rooms]) => {
      if (!rooms.every((room) => rest.includes(room))) return [];
      rest = rest.filter((room) => !rooms.includes(room));
      return [group];
    });
    return [...groups, ...rest.map((name) => `\`${name}\``)];
  };
  return [...describe(imports), ...describe(types).map((name) => `types of ${name}`)].join(', ') || 'nothing of ours';
}

/** What runs neither in a browser nor without VS Code, and the transport. */
export const CLOSED_PACKAGES = /^(node:.*|vscode|node-fetch|fs|path|os|http|https|crypto|net|child_process|worker_threads)$/;
