// Holds what package.json promises to agents against the code: names, texts and schemas of the tools, and the skill.
import assert from 'node:assert/strict';
import { basename, dirname } from 'node:path';
import { test } from 'node:test';
import { TOOLS } from '../../../src/agents/toolSchemas.ts';
import { readText } from './packageJson.ts';

interface Tool {
  readonly name: string;
  readonly toolReferenceName: string;
  readonly modelDescription: string;
  readonly canBeReferencedInPrompt: boolean;
  readonly inputSchema: unknown;
}

const { contributes } = JSON.parse(readText('package.json')) as { contributes: { languageModelTools: readonly Tool[]; chatSkills: readonly { path: string }[] } };

test('VS Code is told the same of each tool as the agents beside it', () => {
  assert.deepEqual(
    contributes.languageModelTools.map(({ name, modelDescription, inputSchema }) => ({ name, description: modelDescription, inputSchema })),
    TOOLS.map(({ name, description, inputSchema }) => ({ name, description, inputSchema })),
  );
});

test('each tool can be seen in agent mode, under a name that no other extension is known to use', () => {
  for (const { name, toolReferenceName, canBeReferencedInPrompt } of contributes.languageModelTools) {
    assert.equal(toolReferenceName, name);
    assert.equal(canBeReferencedInPrompt, true);
    assert.doesNotMatch(name, /^(copilot|vscode)_|^(generateImage|editImage)$/);
  }
});

test('schemas are flat: texts and whole numbers, each described', () => {
  for (const { inputSchema } of TOOLS) {
    for (const [name, argument] of Object.entries(inputSchema.properties)) {
      assert.match(argument.type, /^(string|integer)$/, name);
      assert.ok(argument.description.length > 15, name);
      assert.deepEqual(Object.keys(argument).filter((key) => !['type', 'description', 'minimum', 'maximum'].includes(key)), [], name);
    }
    assert.deepEqual(inputSchema.required.filter((name) => !Object.hasOwn(inputSchema.properties, name)), []);
  }
});

test('the skill lies in a folder of its name, says when to use it, and names the tools', () => {
  for (const { path } of contributes.chatSkills) {
    const text = readText(path);
    const [, name] = /^---\nname: ([\w-]+)\ndescription: .{40,}\n---\n/.exec(text) ?? [];
    assert.equal(name, basename(dirname(path)));
    for (const tool of TOOLS) assert.ok(text.includes(`\`${tool.name}\``), tool.name);
    assert.ok(text.split('\n').length <= 70);
  }
});
