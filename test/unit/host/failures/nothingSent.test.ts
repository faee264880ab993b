// Failures before anything was sent: the sentence and the buttons that a person reads, and nothing left on the disk.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { FailureReports } from '../../../../src/host/failures/failureReports.ts';
import { createService } from '../../../../src/jobs/service.ts';
import { createNodeFetch } from '../../../../src/node/nodeFetch.ts';
import { systemClock } from '../../../../src/node/systemClock.ts';
import { readEndpoint } from '../../../../src/request/send/endpointUrl.ts';
import { startStandIn } from '../../../endpoint/server.ts';
import { expectPhase, makeRequest, until } from '../../jobs/workbench.ts';
import { makeGround } from '../ground.ts';

test('unreachable, and a certificate that nobody knows: sentence and buttons, nothing sent, nothing on the disk', async (t) => {
  const [gone, secret] = [await startStandIn(), await startStandIn({ tls: true })];
  await gone.close();
  t.after(() => secret.close());
  const expected = [
    [gone, 'unreachable', (place: string) => `${place} cannot be reached. Check the network and the base URL.`, ['Open Settings', 'Generate again']],
    [secret, 'certificateRefused', (place: string) => `The certificate of ${place} cannot be verified, so nothing was sent. Check the base URL and the certificates of this machine.`, ['Open Settings', 'Show Log']],
  ] as const;
  for (const [{ baseUrl }, reason, sentence, actions] of expected) {
    const result = readEndpoint(baseUrl);
    assert.ok('endpoint' in result);
    const { queue, names, log, clock } = makeGround(t, { connectionFor: () => Promise.resolve({ endpoint: result.endpoint, key: undefined, timeoutMs: 60_000 }), service: createService({ fetch: createNodeFetch(), clock: systemClock }) });
    const job = queue.add(makeRequest(), 'person');
    await until(() => {
      if (job.state.phase === 'waiting') clock.pass(1000);
      return job.state.phase === 'failed';
    });
    const { failure } = expectPhase(job, 'failed');
    const reports = new FailureReports(log);
    assert.deepEqual([failure.reason, reports.sentence(failure), reports.actions(failure).map(({ label }) => label)], [reason, sentence(new URL(baseUrl).host), actions]);
    await until(() => names('unfinished').length === 0);
    assert.deepEqual(names('images'), []);
  }
  assert.deepEqual(secret.requests, []);
});
