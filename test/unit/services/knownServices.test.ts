// Each known service against the schema and the rules of addresses; what is found of them by host and model.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as v from 'valibot';
import { readEndpoint } from '../../../src/request/send/endpointUrl.ts';
import { buildRequestBody } from '../../../src/request/send/requestBody.ts';
import { formatPrice, knownModelAt, knownServiceAt, priceOfImage } from '../../../src/services/findKnown.ts';
import { knownServiceSchema } from '../../../src/services/knownService.ts';
import { KNOWN_SERVICES } from '../../../src/services/knownServices.ts';
import { REQUEST } from '../request/loopback.ts';

test('every entry has its name, its pages, the day they were read, and nothing that the schema does not know', () => {
  for (const service of KNOWN_SERVICES) {
    const result = v.safeParse(knownServiceSchema, service);
    assert.ok(result.success, `${service.name}: ${JSON.stringify(result.issues?.map(({ message, path }) => [message, path?.map(({ key }) => key)]))}`);
    assert.ok(service.endpoint !== undefined || service.example !== undefined, `${service.name} has neither an address nor an example of one`);
  }
  const names = KNOWN_SERVICES.map(({ name }) => name);
  assert.deepEqual([...new Set(names)], names);
});

/** Whose pages a fact may come from. Ark's own page shows its sizes only to a browser; one who sells its models repeats them. */
const MAKERS: Record<string, RegExp> = {
  'Gateway with qwen-image-max (new-api, one-api and others)': /(newapi\.pro|crazyrouter\.com)$/, Crazyrouter: /crazyrouter\.com$/, '302.AI': /^s\.apifox\.cn$/, DMXAPI: /dmxapi\.cn$/, APIYI: /apiyi\.com$/,
  DeepInfra: /deepinfra\.com$/, OpenAI: /openai\.com$/, 'Azure OpenAI': /(microsoft|azure)\.com$/, SiliconFlow: /siliconflow\.cn$/, 'Volcengine Ark': /(volcengine|apiyi)\.com$/,
  'Zhipu (BigModel)': /(bigmodel\.cn|z\.ai)$/, ModelScope: /modelscope(\.cn$|\/)/, 'Gitee AI': /gitee\.com$/, Together: /together\.ai$/, xAI: /x\.ai$/, Gemini: /google\.(dev|com)$/, 'Baidu Qianfan': /baidu\.com$/,
  Recraft: /recraft\.ai$/, LocalAI: /localai\.io$/, 'stable-diffusion.cpp': /\/leejet\//, 'vLLM-Omni': /vllm\.ai$/, SGLang: /sglang\.io$/, Xinference: /^inference\.readthedocs\.io$/, LiteLLM: /\/BerriAI\//,
};

test('every fact comes from a page of its maker, and so does the page where a key is made', () => {
  for (const { name, sources, keyPage, kind } of KNOWN_SERVICES) {
    for (const page of keyPage === undefined ? sources : [...sources, keyPage]) {
      const { host, pathname } = new URL(page);
      assert.match(host === 'github.com' ? pathname : host, MAKERS[name] ?? /^$/, `${name}: ${page}`);
    }
    if (kind === 'service') assert.ok(keyPage, `${name} does not say where a key is made`);
  }
});

test('every address is taken as it stands, goes to an image path, and carries a key safely', () => {
  for (const { name, endpoint, kind } of KNOWN_SERVICES) {
    if (endpoint === undefined) continue;
    const result = readEndpoint(endpoint);
    assert.ok('endpoint' in result, name);
    assert.equal(result.isGuess, false, name);
    assert.equal(result.note, undefined, name);
    assert.match(result.endpoint.imagesUrl, /\/images\/generations$/, name);
    assert.equal(result.endpoint.isLoopback, kind === 'ownMachine', name);
    assert.equal(result.endpoint.isHttps, kind !== 'ownMachine', name);
    // The host alone, as people type it, leads to the same place.
    const { host } = result.endpoint;
    const bare = readEndpoint(host);
    assert.ok('endpoint' in bare && bare.endpoint.imagesUrl === result.endpoint.imagesUrl, `${name}: ${host} leads elsewhere`);
  }
});

test('each host is known once, whatever the case of its letters', () => {
  const hosts = KNOWN_SERVICES.flatMap(({ endpoint }) => (endpoint === undefined ? [] : [new URL(endpoint).host]));
  assert.deepEqual([...new Set(hosts)], hosts);
  for (const host of hosts) assert.equal(knownServiceAt(host.toUpperCase()), knownServiceAt(host));
  assert.equal(knownServiceAt('api.example.com'), undefined);
});

test('what a service wants in place of the standard fields is what is sent to it', () => {
  const bodyFor = (name: string): unknown => {
    const fields = KNOWN_SERVICES.find((service) => service.name === name)?.requestFields ?? {};
    return buildRequestBody({ ...REQUEST, size: '1664x928', fields });
  };
  assert.deepEqual(bodyFor('SiliconFlow'), { model: 'qwen-image-max', prompt: 'a cat', image_size: '1664x928' });
  assert.deepEqual(bodyFor('Together'), { model: 'qwen-image-max', prompt: 'a cat', n: 1, width: 1664, height: 928 });
  assert.deepEqual(bodyFor('xAI'), { model: 'qwen-image-max', prompt: 'a cat', n: 1, aspect_ratio: '16:9' });
  assert.deepEqual(bodyFor('OpenAI'), { model: 'qwen-image-max', prompt: 'a cat', size: '1664x928', n: 1 });
});

test('a price belongs to its host and model, and to qwen-image-max wherever nobody else is known', () => {
  assert.deepEqual(priceOfImage('api.example.com', 'qwen-image-max'), { amount: 0.075, currency: 'USD', read: '2026-11-25' });
  assert.deepEqual(priceOfImage('localhost:8080', 'qwen-image-max')?.amount, 0.075);
  assert.deepEqual(priceOfImage('open.bigmodel.cn', 'glm-image'), { amount: 0.1, currency: 'CNY', read: '2026-11-25' });
  for (const [host, model] of [['api.openai.com', 'qwen-image-max'], ['api.example.com', 'glm-image'], ['api.openai.com', 'gpt-image-2'], ['localhost:8080', 'flux']] as const) {
    assert.equal(priceOfImage(host, model), undefined, `${host} ${model}`);
  }
  assert.equal(knownModelAt('localhost:8000', 'Qwen/Qwen-Image')?.service.name, 'vLLM-Omni');
});

test('a time is known only of a model whose pages tell it', () => {
  const known = KNOWN_SERVICES.flatMap(({ name, models }) => models.flatMap(({ id, usualSeconds }) => (usualSeconds === undefined ? [] : [`${name.split(' ')[0]} ${id} ${usualSeconds}`])));
  assert.deepEqual(known, ['Gateway qwen-image-max 30', 'Crazyrouter qwen-image-max 30', 'Zhipu glm-image 20', 'Zhipu cogview-4-250304 10']);
});

test('a price is written with its currency, rounded as a person would', () => {
  const cases = [[0.075, 'US$ 0.08'], [0.225, 'US$ 0.23'], [0.02, 'US$ 0.02'], [0.014, 'US$ 0.01'], [0.003, 'US$ 0.003'], [1.5, 'US$ 1.50'], [0, 'US$ 0.00']] as const;
  for (const [amount, text] of cases) assert.equal(formatPrice({ amount, currency: 'USD' }), text);
  assert.equal(formatPrice({ amount: 0.1, currency: 'CNY' }), 'CN¥ 0.10');
});
