// Reads reStructuredText with docutils itself, many documents at a time.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import type { Try } from './insertInto.ts';
import { PATH } from './readers.ts';

const DOCUTILS = `
import json, sys
from docutils.core import publish_doctree
from docutils import nodes
def read(source):
    tree = publish_doctree(source, settings_overrides={'report_level': 2, 'warning_stream': False, 'halt_level': 5})
    images = [n for n in tree.findall(nodes.image) if n.get('uri') == '${PATH}']
    for image in images:
        image.parent.remove(image)
    for message in list(tree.findall(nodes.system_message)):
        for name in ('line',):
            message.attributes.pop(name, None)
    return [tree.pformat(), len(images)]
print(json.dumps([read(source) for source in json.load(sys.stdin)]))
`;

/** It is no package of npm. */
export const hasDocutils = spawnSync('python3', ['-c', 'import docutils']).status === 0;

/** What is wrong with those that hold no image, or more than that. */
export function changedInRest(tries: readonly Try[]): string[] {
  const { stdout, stderr } = spawnSync('python3', ['-c', DOCUTILS], { input: JSON.stringify(tries.flatMap(({ before, after }) => [before, after])), encoding: 'utf8', maxBuffer: 2 ** 28, env: { ...process.env, PYTHONIOENCODING: 'utf-8' } });
  assert.equal(stderr, '');
  const read = JSON.parse(stdout) as [rest: string, images: number][];
  return tries.flatMap(({ name, after }, index) => {
    const [wanted, found] = [read[2 * index], read[2 * index + 1]];
    return found?.[1] === 1 && found[0] === wanted?.[0] ? [] : [`${name} (${found?.[1]} images)\n${after}\n${found?.[0]}`];
  });
}
