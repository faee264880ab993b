// What nobody clicked for: who is named, what a yes is worth, and that one question stands at a time.
import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import { Permission } from '../../../../src/host/jobs/permission.ts';
import { UnattendedBudget } from '../../../../src/jobs/budget.ts';
import { resetWorld, world } from '../../../vscodeModule/world.ts';
import { until } from '../../jobs/workbench.ts';

const FOX = { kind: 'beside', name: 'Fox' } as const;
const HEN = { kind: 'beside', name: 'Hen' } as const;

beforeEach(() => void resetWorld());

const asked = (): string[] => world.messages.map(({ text }) => text);

test('each asker is named in its own question', async () => {
  const permission = new Permission(new UnattendedBudget(() => 0));
  for (const asker of [{ kind: 'inVsCode' }, { kind: 'extension' }, FOX] as const) {
    assert.equal(await permission.take(1, asker), false);
    assert.equal(await permission.takeAnother(asker), false);
  }
  const [first, second] = ['An agent in VS Code wants to generate', 'Another extension wants to generate'];
  const wanted = [first, first, second, second, 'A program that calls itself “Fox” wants to make 1 image', 'The service has not made the image that “Fox” asked for'];
  for (const [index, words] of wanted.entries()) assert.ok(asked()[index]?.startsWith(words), asked()[index]);
  assert.equal(world.messages.length, wanted.length);
  assert.ok(world.messages.every(({ modal }) => modal));
});

test('a request that is sent again takes from what its own agent was allowed, and is asked about when that is used up', async () => {
  const permission = new Permission(new UnattendedBudget(() => 10));
  world.answer = ({ buttons }) => buttons[0];
  assert.equal(await permission.take(1, FOX), true);
  assert.deepEqual([asked().length, permission.left(FOX)], [1, 0]);
  world.answer = ({ buttons }) => buttons[1];
  assert.equal(await permission.takeAnother(FOX), true);
  assert.deepEqual([asked().length, permission.left(FOX)], [2, 9]);
  assert.equal(await permission.takeAnother(FOX), true);
  assert.deepEqual([asked().length, permission.left(FOX)], [2, 8]);
  world.answer = () => undefined;
  assert.equal(await permission.take(1, HEN), false, 'another agent has nothing of it');
});

test('one question stands at a time, whoever waits', async () => {
  const permission = new Permission(new UnattendedBudget(() => 0));
  const answers: ((button: string | undefined) => void)[] = [];
  world.answer = () => new Promise((resolve) => answers.push(resolve));
  const calls = [permission.take(1, FOX), permission.take(1, { kind: 'extension' }), permission.mayLook(HEN), permission.takeAnother({ kind: 'inVsCode' })];
  for (let standing = 1; standing <= calls.length; standing++) {
    await until(() => answers.length === standing);
    assert.equal(world.messages.length, standing);
    answers.at(-1)?.(undefined);
  }
  assert.deepEqual(await Promise.all(calls), [false, false, false, false]);
});

test('a look at kept images is asked for once in a window, by name; images are asked for apart', async () => {
  const permission = new Permission(new UnattendedBudget(() => 10));
  assert.equal(await permission.mayLook(FOX), false);
  world.answer = ({ buttons }) => buttons[0];
  assert.deepEqual(await Promise.all([permission.mayLook(FOX), permission.mayLook(FOX)]), [true, true]);
  assert.equal(await permission.mayLook(FOX), true);
  assert.deepEqual(asked().length, 2);
  assert.match(asked()[1] ?? '', /“Fox” wants to look at your kept images/);
  world.answer = () => undefined;
  assert.equal(await permission.mayLook(HEN), false);
  assert.equal(await permission.take(1, FOX), false);
  assert.equal(await permission.mayLook({ kind: 'inVsCode' }), true);
  assert.equal(asked().length, 4);
});
