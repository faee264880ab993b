// Base URLs in every form, and the addresses they lead to.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { addressFor, mayCarryKey, readEndpoint } from '../../../../src/request/send/endpointUrl.ts';
import { endpointAt } from '../loopback.ts';

const ADDRESSES: readonly (readonly [text: string, images: string, models: string])[] = [
  ['https://api.example.com', 'https://api.example.com/v1/images/generations', 'https://api.example.com/v1/models'],
  ['  https://api.example.com/  ', 'https://api.example.com/v1/images/generations', 'https://api.example.com/v1/models'],
  ['https://api.example.com/v1', 'https://api.example.com/v1/images/generations', 'https://api.example.com/v1/models'],
  ['https://api.example.com/v1/', 'https://api.example.com/v1/images/generations', 'https://api.example.com/v1/models'],
  ['https://api.example.com/api/v3', 'https://api.example.com/api/v3/images/generations', 'https://api.example.com/api/v3/models'],
  ['https://api.example.com/x/images/generations', 'https://api.example.com/x/images/generations', 'https://api.example.com/x/models'],
  ['https://api.example.com/x/images/generations/', 'https://api.example.com/x/images/generations', 'https://api.example.com/x/models'],
  ['https://api.example.com/images/generations', 'https://api.example.com/images/generations', 'https://api.example.com/models'],
  ['HTTPS://API.Example.com:443', 'https://api.example.com/v1/images/generations', 'https://api.example.com/v1/models'],
  ['http://localhost:8080', 'http://localhost:8080/v1/images/generations', 'http://localhost:8080/v1/models'],
  ['http://[::1]:8080/v1', 'http://[::1]:8080/v1/images/generations', 'http://[::1]:8080/v1/models'],
  ['https://例え.example/v1', 'https://xn--r8jz45g.example/v1/images/generations', 'https://xn--r8jz45g.example/v1/models'],
];
/** What people type, copy and paste besides. */
const MENDED: readonly (readonly [what: string, texts: readonly string[], images: string])[] = [
  ['another call of the same API', ['chat/completions', 'models', 'images', 'completions', 'embeddings', 'responses', 'Chat/Completions/', 'images/edits', 'images/generation'].map((call) => `https://api.x.ai/v1/${call}`), 'https://api.x.ai/v1/images/generations'],
  ['another call at the root', ['https://api.x.ai/models', 'https://api.x.ai/chat/completions'], 'https://api.x.ai/v1/images/generations'],
  ['the path in capitals', ['https://api.x.ai/V1/Images/Generations'], 'https://api.x.ai/V1/Images/Generations'],
  ['slashes in rows', ['https://api.x.ai//v1//', 'https://api.x.ai/v1///images//generations/'], 'https://api.x.ai/v1/images/generations'],
  ['invisible characters', ['https://api.x.ai/v1\u200b', '\ufeffhttps://api.x.ai/v1', 'https://api.x.ai/\u2060v1\u00a0', '\u202ahttps://api.x.ai/v1\u202c'], 'https://api.x.ai/v1/images/generations'],
  ['punctuation of the sentence around', ['https://api.x.ai/v1,', 'https://api.x.ai/v1。', 'https://api.x.ai/v1；', 'https://api.x.ai/v1.', '(https://api.x.ai/v1)', '（https://api.x.ai/v1）。', '<https://api.x.ai/v1>'], 'https://api.x.ai/v1/images/generations'],
  ['quotes', ['"https://api.x.ai/v1"', "'https://api.x.ai/v1'", '`https://api.x.ai/v1`', '“https://api.x.ai/v1”', '「https://api.x.ai/v1」', '"https://api.x.ai/v1",'], 'https://api.x.ai/v1/images/generations'],
  ['full-width forms', ['https：／／api．x．ai／ｖ１', 'https://api.x.ai/ｖ１', 'https://api。x。ai/v1', 'ｈｔｔｐｓ://api.x.ai/v1'], 'https://api.x.ai/v1/images/generations'],
  ['a scheme twice, or cut short', ['https://https://api.x.ai/v1', 'http://https://api.x.ai/v1', 'https:/api.x.ai/v1', 'https//api.x.ai/v1', 'https:api.x.ai/v1'], 'https://api.x.ai/v1/images/generations'],
  ['a line of a configuration', ['OPENAI_BASE_URL=https://api.x.ai/v1', 'export OPENAI_BASE_URL="https://api.x.ai/v1"', 'base_url: "https://api.x.ai/v1",', 'POST https://api.x.ai/v1/images/generations'], 'https://api.x.ai/v1/images/generations'],
  ['a known host whose API does not lie under /v1', ['https://ark.cn-beijing.volces.com', 'https://ark.cn-beijing.volces.com/'], 'https://ark.cn-beijing.volces.com/api/v3/images/generations'],
  ['another of them', ['https://open.bigmodel.cn', 'open.bigmodel.cn'], 'https://open.bigmodel.cn/api/paas/v4/images/generations'],
  ['a path on a known host stays', ['https://open.bigmodel.cn/proxy'], 'https://open.bigmodel.cn/proxy/images/generations'],
  ['Gemini', ['https://generativelanguage.googleapis.com', 'https://generativelanguage.googleapis.com/v1beta/openai/chat/completions'], 'https://generativelanguage.googleapis.com/v1beta/openai/images/generations'],
  ['the one query that Azure asks for', ['https://x.openai.azure.com/openai/deployments/NAME?api-version=2025-04-01-preview'], 'https://x.openai.azure.com/openai/deployments/NAME/images/generations?api-version=2025-04-01-preview'],
  ['the same with its own call', ['https://x.openai.azure.com/openai/deployments/NAME/chat/completions?api-version=2025-04-01-preview'], 'https://x.openai.azure.com/openai/deployments/NAME/images/generations?api-version=2025-04-01-preview'],
  ['exactly this address', ['https://openrouter.ai/api/v1/images#', ' https://openrouter.ai/api/v1/images# '], 'https://openrouter.ai/api/v1/images'],
  ['exactly this address, with a slash', ['https://api.x.ai/v1/images/generations/#'], 'https://api.x.ai/v1/images/generations/'],
];
for (const [what, texts, imagesUrl] of MENDED) {
  test(`${what}: ${imagesUrl}`, () => {
    for (const text of texts) assert.equal(endpointAt(text).imagesUrl, imagesUrl, text);
  });
}

test('the list of models lies beside the images, whatever the path', () => {
  assert.equal(endpointAt('https://openrouter.ai/api/v1/images#').modelsUrl, 'https://openrouter.ai/api/v1/models');
  assert.equal(endpointAt('https://api.x.ai/v1/images/generations/#').modelsUrl, 'https://api.x.ai/v1/models');
  assert.equal(endpointAt('https://x.openai.azure.com/openai/deployments/NAME?api-version=2025-04-01-preview').modelsUrl, 'https://x.openai.azure.com/openai/models?api-version=2025-04-01-preview');
});

const WITHOUT_SCHEME: readonly (readonly [text: string, completed: string])[] = [
  ['api.siliconflow.cn/v1', 'https://api.siliconflow.cn/v1'], ['api.example.com', 'https://api.example.com'], ['//api.example.com/v1', 'https://api.example.com/v1'],
  ['api.example.com:8443/v1', 'https://api.example.com:8443/v1'], ['172.32.0.1:80', 'https://172.32.0.1:80'], ['8.8.8.8/v1', 'https://8.8.8.8/v1'],
  ['localhost:8080', 'http://localhost:8080'], ['localhost', 'http://localhost'], ['127.0.0.1:8080/v1', 'http://127.0.0.1:8080/v1'], ['[::1]:8080', 'http://[::1]:8080'],
  ['192.168.1.20:3000', 'http://192.168.1.20:3000'], ['10.0.0.7/v1', 'http://10.0.0.7/v1'], ['172.16.4.1:9000', 'http://172.16.4.1:9000'], ['100.100.1.1:80', 'http://100.100.1.1:80'],
  ['nas:3000', 'http://nas:3000'], ['gpu.local:8000/v1', 'http://gpu.local:8000/v1'], ['host.docker.internal:8080', 'http://host.docker.internal:8080'], ['[fd00::1]:8080', 'http://[fd00::1]:8080'],
];
for (const [text, completed] of WITHOUT_SCHEME) {
  test(`"${text}" is proposed as ${completed}`, () => {
    const result = readEndpoint(text);
    assert.ok('endpoint' in result);
    assert.deepEqual([result.text, result.isGuess], [completed, true]);
    assert.deepEqual(result.endpoint, endpointAt(completed));
  });
}

test('an address that was typed whole is no guess, and goes into the setting without what stood around it', () => {
  for (const [text, kept] of [['https://api.example.com', 'https://api.example.com'], ['“https://api.example.com/v1”。', 'https://api.example.com/v1'], [' http://localhost:8080 ', 'http://localhost:8080'], ['https://a.example/images#', 'https://a.example/images#']] as const) {
    const result = readEndpoint(text);
    assert.ok('endpoint' in result);
    assert.deepEqual([result.text, result.isGuess], [kept, false]);
    assert.deepEqual(endpointAt(result.text), result.endpoint);
  }
});

test('an address for which no public page shows an image path is taken with a note', () => {
  for (const text of ['https://dashscope.aliyuncs.com/compatible-mode/v1', 'https://dashscope-intl.aliyuncs.com/compatible-mode/v1']) {
    const result = readEndpoint(text);
    assert.ok('endpoint' in result && result.note === 'noImagePath', text);
  }
  const other = readEndpoint('https://api.example.com');
  assert.ok('endpoint' in other && other.note === undefined);
});

test('any address of a POST can be written as a setting', () => {
  for (const url of ['https://a.example/v1/images/generations', 'https://a.example/v1/images/generations/', 'https://a.example/images', 'https://a.example/', 'https://a.example/v1//images/generations', 'https://a.example/draw?api-version=1']) {
    assert.equal(endpointAt(addressFor(url)).imagesUrl, url);
  }
  assert.equal(addressFor('https://a.example/v1/images/generations'), 'https://a.example/v1/images/generations');
});

for (const [text, imagesUrl, modelsUrl] of ADDRESSES) {
  test(`"${text}" leads to ${imagesUrl}`, () => {
    const endpoint = endpointAt(text);
    assert.deepEqual([endpoint.imagesUrl, endpoint.modelsUrl], [imagesUrl, modelsUrl]);
    assert.equal(endpoint.origin, new URL(imagesUrl).origin);
    assert.equal(endpoint.host, new URL(imagesUrl).host);
  });
}

const PROBLEMS = [
  ['', 'empty'], ['   ', 'empty'], ['\u200b""', 'empty'], ['images', 'notAUrl'], ['my server', 'notAUrl'], ['https://', 'notAUrl'], ['http://[::1', 'notAUrl'],
  ['ftp://api.example.com', 'notHttp'], ['file:///etc/passwd', 'notHttp'], ['mailto:me', 'notHttp'], ['javascript:alert(1)', 'notHttp'],
  ['https://me@api.example.com', 'hasUserInfo'], ['https://me:secret@api.example.com/v1', 'hasUserInfo'], ['https://:secret@api.example.com', 'hasUserInfo'],
  ['https://api.example.com/v1?key=1', 'hasQuery'], ['https://api.example.com/v1?', 'hasQuery'],
  ['https://api.example.com/v1#top', 'hasFragment'], ['https://api.example.com/v1#a#', 'hasFragment'],
  ['https://a.example/v1?api-version=1&key=2', 'hasQuery'], ['https://a.example/v1?api-version=', 'hasQuery'], ['https://a.example/v1?api-version=1%26key', 'hasQuery'], ['https://host/v1?key=secret#', 'hasQuery'],
  ['https://api.x.ai/v1/{model}', 'hasPlaceholder'], ['https://<region>.example.com/v1', 'hasPlaceholder'], ['https://${HOST}/v1', 'hasPlaceholder'], ['https://api.x.ai/v1/%7Bmodel%7D', 'hasPlaceholder'],
] as const;
for (const [text, problem] of PROBLEMS) {
  test(`"${text}" is refused: ${problem}`, () => assert.deepEqual(readEndpoint(text), { problem }));
}

const CARRIERS = [
  ['https://api.example.com', true], ['http://localhost:1', true], ['http://a.localhost', false], ['http://localhost./v1', false], ['http://127.0.0.1', true],
  ['http://127.255.1.2', false], ['http://127.1', true], ['http://2130706433', true], ['http://[::1]', true], ['http://[0:0:0:0:0:0:0:1]', true],
  ['http://api.example.com', false], ['http://192.168.1.5:8080', false], ['http://localhost.example.com', false], ['http://127.0.0.1.example.com', false],
  ['http://notlocalhost', false], ['http://[::2]', false], ['http://[::ffff:127.0.0.1]', false], ['http://0.0.0.0', false],
] as const;
for (const [text, may] of CARRIERS) {
  test(`a key ${may ? 'may' : 'may not'} travel to ${text}`, () => assert.equal(mayCarryKey(endpointAt(text)), may));
}
