// Whatever message leads to the log: what happened stands there before the message is shown, and no secret with it.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { FailureReports } from '../../../../src/host/failures/failureReports.ts';
import { Failure, FAILURES, type FailureFacts, type FailureReason } from '../../../../src/request/failures/failure.ts';
import { world } from '../../../vscodeModule/world.ts';
import { makeRequest, until } from '../../jobs/workbench.ts';
import { makeGround } from '../ground.ts';

const PROMPT = 'A secret wedding on the moon';
const KEY = 'sk-Geheim47+11==xy';
const LINK = 'https://files.example/results/a.png?Expires=1767225600&Signature=Zm9vYmFy';
const SECRETS = /wedding|Geheim|Signature|Zm9v/i;
const reasons = (Object.keys(FAILURES) as FailureReason[]).filter((reason) => FAILURES[reason].actions.includes('showLog'));
/** As an answer's words come: with the prompt and the key that the server quotes back. */
const facts = (reason: FailureReason): FailureFacts => ({
  status: 422, code: `Code-${reason}`, cause: Object.assign(new Error(`${LINK} ${KEY}`), { code: 'ECONNRESET' }),
  detail: `Words about ${reason}: “${PROMPT}”, see ${LINK}`, bytes: new TextEncoder().encode(PROMPT),
});

test('a sentence that speaks of the log stands beside the button that shows it', (t) => {
  const reports = new FailureReports(makeGround(t).log);
  const saying = (Object.keys(FAILURES) as FailureReason[]).filter((reason) => reports.sentence(new Failure(reason)).includes('The log has the details'));
  assert.deepEqual(saying, ['answerTooLarge', 'downloadRefused', 'imageTooLarge']);
  for (const reason of saying) assert.ok(reasons.includes(reason), reason);
});

for (const reason of reasons) {
  test(`${reason}: the job's line is in the log when the end is told`, async (t) => {
    const ground = makeGround(t);
    const { queue, posts, downloads, logged, clock, log, lines } = ground;
    log.hide(KEY);
    const told: string[] = [];
    queue.onDidChange((job) => {
      if (job.state.phase === 'failed') told.push(logged.join('\n'));
    });
    const job = queue.add(makeRequest(PROMPT), 'person');
    await until(() => posts.length === 1);
    clock.pass(31_000);
    const isPaid = FAILURES[reason].billed === 'yes';
    if (isPaid) {
      posts[0]?.resolve([{ kind: 'url', url: LINK }]);
      await until(() => downloads.length === 1);
      downloads[0]?.reject(new Failure(reason, facts(reason)));
    } else posts[0]?.reject(new Failure(reason, facts(reason)));
    await job.ended;

    assert.equal(told.length, 1);
    for (const line of told[0]?.split('\n') ?? []) log.info(line);
    const text = lines.join('\n');
    for (const part of [job.id, `failed: ${reason}`, 'HTTP 422', `code code-${reason}`, 'ECONNRESET', `words about ${reason}`, '2026-11-22T00:00:00.000Z', 'qwen-image-max, 1328x1328, sent 1 times', 'endpoint https://api.example.com/v1/images/generations', 'requesting 31.0 s', ...(isPaid ? ['image https://files.example/results/a.png'] : [])]) {
      assert.ok(text.toLowerCase().includes(part.toLowerCase()), `${part}\n${text}`);
    }
    assert.doesNotMatch(text, SECRETS);
  });

  test(`${reason}, met by a command: its line is in the log when the message is shown`, (t) => {
    const { log, lines } = makeGround(t);
    log.hide(KEY);
    let before: string | undefined;
    world.answer = () => {
      before ??= lines.join('\n');
      return undefined;
    };
    new FailureReports(log).showError(new Failure(reason, { ...facts(reason), detail: `The words, see ${LINK} and ${KEY}` }));
    assert.match(before ?? '', new RegExp(`^${reason}, HTTP 422, code .*ECONNRESET.*the service says: The words`));
    assert.doesNotMatch(before ?? '', SECRETS);
  });
}

test('what nobody foresaw is in the log when the message says so, with its stack and without its words', (t) => {
  const { log } = makeGround(t);
  const levels: string[] = [];
  const spied = Object.assign(Object.create(log) as typeof log, { error: (text: string, error?: unknown) => levels.push(`${text}: ${error instanceof Error ? error.name : ''}`) });
  world.answer = ({ text, buttons }) => {
    assert.deepEqual([levels, buttons], [['Something failed: TypeError'], ['Show Log']]);
    assert.match(text, /The log has the details\.$/);
    return 'Show Log';
  };
  new FailureReports(spied).showError(new TypeError(PROMPT));
  assert.equal(world.messages.length, 1);
});
