// Puts the product's request code before servers of others, as a person would use them, and prints what that person is told.
import { writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, request as forward, type IncomingMessage, type ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startStandIn } from '../endpoint/server.ts';
import { KEY, listen } from '../unit/request/loopback.ts';
import { installServers, startServer, VERSIONS } from './foreignServer.ts';
import { Checks, tell } from './tell.ts';

const PIXEL = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAADElEQVR4nGNgYGAAAAAEAAH2FzhVAAAAAElFTkSuQmCC';
/** So many requests to each mood of the mock. */
const TRIES = 10;
/** What the mock can be made to do, and how that has to end. */
const CHAOS: readonly [flag: string, ends: string, words: RegExp, never: readonly string[]][] = [
  ['--chaos-drop', 'serviceFailed', /may have charged/, ['setApiKey']],
  ['--chaos-malformed', 'answerUnreadable', /may have charged/, ['generateAgain', 'setApiKey']],
  ['--chaos-disconnect', 'connectionLost', /may have charged/, ['setApiKey']],
  ['--chaos-ratelimit', 'rateLimited', /Wait a minute/, ['setApiKey']],
];

/** What lies behind a gateway may refuse for many reasons; none may be told as another, and none is sent twice. */
const REFUSALS: readonly [what: string, status: number, body: unknown, end: string, never: readonly string[]][] = [
  ['no money', 403, { error: { message: 'insufficient balance', type: 'insufficient_user_quota', code: 'insufficient_user_quota' } }, 'quotaUsedUp', ['setApiKey', 'generateAgain']],
  ['content', 400, { error: { message: 'Input data may contain inappropriate content.', code: 'data_inspection_failed' } }, 'contentRefused', ['setApiKey', 'generateAgain']],
  ['a model that is not there', 404, { error: { message: 'The model `qwen-image-max` does not exist', code: 'model_not_found' } }, 'modelNotFound', ['setApiKey', 'generateAgain']],
  ['a task', 200, { created: 1, data: [{ status: 'submitted', task_id: 'task-7' }] }, 'takenAsTask', ['generateAgain', 'setApiKey']],
  ['a failure', 500, { error: { message: 'InternalError', code: 'InternalError' } }, 'serviceFailed', ['setApiKey']],
];

const checks = new Checks();
const servers = installServers();
const folder = await mkdtemp(join(tmpdir(), 'gi-servers-'));
try {
  await tryMock();
  await tryGateway();
  await tryStrictMock();
} finally {
  await rm(folder, { recursive: true, force: true });
}
console.log(`${checks.right} right, ${checks.wrong} wrong`);
process.exitCode = checks.wrong === 0 ? 0 : 1;

/** A mock of OpenAI's API that can be told to fail. */
async function tryMock(): Promise<void> {
  console.log(`\n@copilotkit/aimock ${VERSIONS['@copilotkit/aimock']}`);
  const fixtures = join(folder, 'fixtures.json');
  writeFileSync(fixtures, JSON.stringify({ fixtures: [{ match: { userMessage: 'a cat', endpoint: 'image' }, response: { image: { b64Json: PIXEL, revisedPrompt: 'a ginger cat' } } }] }));
  const start = (...flags: string[]): ReturnType<typeof startServer> => startServer(servers, '@copilotkit/aimock/dist/cli.js', (port) => ['--port', String(port), '--fixtures', fixtures, '--log-level', 'silent', '--strict', ...flags]);
  {
    await using mock = await start();
    for (const address of [mock.origin, `${mock.origin}/v1`, `${mock.origin}/v1/`, `${mock.origin}/v1/images/generations`]) checks.check(`address ${new URL(address).pathname}`, await tell(address), 'image 1x1 png');
    checks.check('a prompt that it does not know', await tell(mock.origin, { prompt: 'something else' }), 'serviceBusy', /no fixture matched/, ['setApiKey']);
  }
  for (const [flag, end, words, never] of CHAOS) {
    await using mock = await start(flag, '1');
    for (let number = 1; number <= TRIES; number++) checks.check(`${flag}, ${number} of ${TRIES}`, await tell(mock.origin), end, words, never);
  }
  {
    await using mock = await start('--chaos-latency', '3000');
    checks.check('slower than allowed', await tell(mock.origin, {}, { timeoutMs: 1000 }), 'timedOut', /within 1 seconds.*may have charged/, ['setApiKey']);
    checks.check('slow', await tell(mock.origin), 'image 1x1 png');
  }
}

/** A gateway before the stand-in; it is told by headers where to go, which whoever runs it has a proxy add. */
async function tryGateway(): Promise<void> {
  console.log(`\n@portkey-ai/gateway ${VERSIONS['@portkey-ai/gateway']}`);
  const standIn = await startStandIn({ key: KEY, accept: 'anything', image: 'flat' });
  await using gateway = await startServer(servers, '@portkey-ai/gateway/build/start-server.js', (port) => [`--port=${port}`, '--headless']);
  const added = { 'x-portkey-provider': 'openai', 'x-portkey-custom-host': `${standIn.baseUrl}/v1` };
  await using proxy = await listen(createServer((incoming, outgoing) => pass(incoming, outgoing, gateway.origin, added)));
  const posts = (): number => standIn.requests.filter(({ method }) => method === 'POST').length;
  try {
    checks.check('without its headers', await tell(gateway.origin), 'requestRefused', /x-portkey-config or x-portkey-provider/, ['setApiKey', 'generateAgain']);
    checks.checkThat('nothing went on', posts() === 0, `${posts()} POSTs`);
    checks.check('by URL', await tell(proxy.origin, { fields: { watermark: null, prompt_extend: null } }), 'image 1328x1328 png');
    standIn.set({ answer: 'base64' });
    checks.check('by base64', await tell(proxy.origin, { fields: { watermark: null, prompt_extend: null } }), 'image 1328x1328 png');
    checks.check('a wrong key', await tell(proxy.origin, {}, { key: 'sk-wrong-0123456789' }), 'keyRefused', /refused the API key/);
    for (const [kind, status, body, end, never] of REFUSALS) {
      standIn.plan({ kind: 'raw', status, headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });
      const before = posts();
      checks.check(kind, await tell(proxy.origin), end, /./, never);
      checks.checkThat(`${kind}: sent`, posts() === before + 1, `${posts() - before} POSTs`);
    }
  } finally {
    await standIn.close();
  }
}

/** A server that holds every request against an OpenAPI description. */
async function tryStrictMock(): Promise<void> {
  console.log(`\n@stoplight/prism-cli ${VERSIONS['@stoplight/prism-cli']}`);
  await using mock = await startServer(servers, '@stoplight/prism-cli/dist/index.js', (port) => ['mock', join(import.meta.dirname, 'contract.openapi.json'), '-h', '127.0.0.1', '-p', String(port)]);
  checks.check('the request keeps the contract', await tell(mock.origin), 'image 1x1 png');
  for (const size of ['1664x928', '928x1664']) checks.check(`size ${size}`, await tell(mock.origin, { size }), 'image 1x1 png');
  checks.check('a field that it does not know', await tell(mock.origin, { fields: { negative_prompt: 'blurry' } }), 'fieldRefused', /“negative_prompt”/, ['setApiKey', 'generateAgain']);
  checks.check('a size that it does not know', await tell(mock.origin, { size: '1x1' }), 'requestRefused', /size must be equal to one of the allowed values/, ['setApiKey', 'generateAgain']);
  checks.check('a field left out', await tell(mock.origin, { fields: { watermark: null } }), 'requestRefused', /required property 'watermark'/, ['setApiKey', 'generateAgain']);
  checks.check('no key', await tell(mock.origin, {}, { key: undefined }), 'keyMissing', /./, ['generateAgain']);
  checks.check('an address that is none', await tell(`${mock.origin}/other/v1`), 'wrongAddress', /./, ['setApiKey', 'generateAgain']);
}

function pass(incoming: IncomingMessage, outgoing: ServerResponse, to: string, added: Record<string, string>): void {
  const onward = forward(new URL(incoming.url ?? '/', to), { agent: false, method: incoming.method, headers: { ...incoming.headers, ...added, host: new URL(to).host } }, (answer) => {
    outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
    answer.pipe(outgoing);
  });
  onward.on('error', () => outgoing.destroy());
  incoming.pipe(onward);
}
