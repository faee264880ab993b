// Turns the table of who may import whom into a lint rule: an import of ours that the table does not list is an error.
import { dirname, relative, resolve, sep } from 'node:path';

/**
 * The room of a file: the longest entry of `rooms` that its path begins with.
 * @param {string} path below `src`, with `/`
 * @param {readonly string[]} rooms
 */
function roomOf(path, rooms) {
  return rooms.filter((room) => path === room || path.startsWith(`${room}/`)).sort((a, b) => b.length - a.length)[0];
}

/**
 * @param {string} src absolute path of the source folder
 * @param {Readonly<Record<string, { imports?: readonly string[], types?: readonly string[], packages?: readonly string[] }>>} rooms by path
 *   below `src`: a folder, or a single file; `imports` and `types` (types only) name rooms, `packages` the outer modules of a
 *   closed list that it may use
 * @param {RegExp} closedPackages modules that only the rooms which list them may import
 */
export function createWalls(src, rooms, closedPackages) {
  const names = Object.keys(rooms);
  return {
    meta: { type: 'problem', schema: [] },
    create(context) {
      const path = relative(src, context.filename).split(sep).join('/');
      const room = roomOf(path, names);
      if (path.startsWith('..') || room === undefined) return {};
      const { imports = [], types = [], packages = [] } = rooms[room];

      function check(node, isTypeOnly) {
        const specifier = node.source?.value;
        if (typeof specifier !== 'string') return;
        if (!specifier.startsWith('.')) {
          const name = specifier.startsWith('node:') ? 'node:' : specifier;
          if (closedPackages.test(specifier) && !packages.includes(name)) context.report({ node, message: `src/${room} may not import ${specifier}: what it needs is handed in.` });
          return;
        }
        const target = relative(src, resolve(dirname(context.filename), specifier)).split(sep).join('/');
        const other = roomOf(target, names);
        if (other === room || imports.includes(other) || (isTypeOnly && types.includes(other))) return;
        const onlyTypes = types.includes(other) ? ' other than types' : '';
        context.report({ node, message: `src/${room} may not import ${specifier}${onlyTypes}; it may import: ${[...imports, ...types.map((name) => `types of ${name}`)].join(', ') || 'nothing of ours'}.` });
      }

      return {
        ImportDeclaration: (node) => check(node, node.importKind === 'type' || (node.specifiers.length > 0 && node.specifiers.every((one) => one.importKind === 'type'))),
        ExportNamedDeclaration: (node) => node.source && check(node, node.exportKind === 'type'),
        ExportAllDeclaration: (node) => check(node, node.exportKind === 'type'),
        ImportExpression: (node) => check(node, false),
        TSImportType: (node) => check({ source: node.argument?.literal ?? node.source, loc: node.loc }, true),
      };
    },
  };
}
