// Ten requests as people make them: each call fits the schema that a model reads, and the product does what was meant.
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { generateForAgent } from '../../../../src/host/agents/agentImages.ts';
import { findForAgent, type FindParts } from '../../../../src/host/agents/findForAgent.ts';
import { readImageInfo } from '../../../../src/image/imageInfo.ts';
import { type ToolSchema, TOOLS } from '../../../../src/agents/toolSchemas.ts';
import { makeImage } from '../../history/folder.ts';
import { NATURAL_REQUESTS } from '../../agents/naturalRequests.ts';
import { makeAgentGround } from './agentGround.ts';

/** What a client that checks calls against the schema would say; models write whole numbers as texts now and then. */
function mistakesIn(call: Readonly<Record<string, unknown>>, { properties, required }: ToolSchema): string[] {
  const missing = required.filter((name) => !(name in call));
  const wrong = Object.entries(call).filter(([name, value]) => {
    const schema = properties[name];
    if (!schema) return true;
    if (schema.type === 'string') return typeof value !== 'string';
    const number = typeof value === 'string' ? Number(value) : value;
    return !Number.isInteger(number) || Number(number) < (schema.minimum ?? -Infinity) || Number(number) > (schema.maximum ?? Infinity);
  });
  return [...missing, ...wrong.map(([name]) => name)];
}

test('there are ten, and both tools are asked for', () => {
  assert.equal(NATURAL_REQUESTS.length, 10);
  assert.deepEqual(new Set(NATURAL_REQUESTS.map(({ tool }) => tool)), new Set(TOOLS.map(({ name }) => name)));
});

for (const { said, tool, call, asked, answer, files } of NATURAL_REQUESTS) {
  test(said, async (t) => {
    const schema = TOOLS.find(({ name }) => name === tool)?.inputSchema;
    assert.ok(schema);
    // The one call that is wrong is wrong by the schema too; all others fit it.
    const isWrong = asked.length === 0 && tool === 'generateImageFile';
    assert.equal(mistakesIn(call, schema).length > 0, isWrong);
    const ground = makeAgentGround(t, () => makeImage());
    const context = { asker: { kind: 'beside', name: 'test' }, signal: new AbortController().signal, progress: () => undefined } as const;
    const parts = { ...ground.parts, permission: { take: () => Promise.resolve(true), mayLook: () => Promise.resolve(true), left: () => 10 - asked.length, giveBack: () => undefined } } as unknown as typeof ground.parts;
    const find = { ...parts, kept: ground.kept, workspaceImages: { list: () => Promise.resolve([]) } } as unknown as FindParts;
    const { parts: answered, isError } = tool === 'generateImageFile' ? await generateForAgent(call, context, parts) : await findForAgent(call, context, find);
    const lines = answered.flatMap((part) => (part.type === 'text' ? part.text.split('\n') : []));
    for (const line of answer) assert.ok(lines.some((one) => line.test(one)), `${line.source} in:\n${lines.join('\n')}`);
    assert.equal(isError, isWrong);
    assert.deepEqual(ground.asked.map(({ size }) => size), asked);
    assert.ok(ground.asked.every(({ prompt }) => prompt === call['prompt']), 'the prompt goes as it is');
    for (const [path, pixels] of Object.entries(files)) {
      assert.ok(existsSync(join(ground.folder, path)), path);
      const info = readImageInfo(readFileSync(join(ground.folder, path)));
      if (pixels !== '') assert.equal(`${info?.widthPx}x${info?.heightPx}`, pixels);
    }
  });
}
