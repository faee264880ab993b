// Base URLs in every form, and the addresses they lead to.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { mayCarryKey, readEndpoint } from '../../../../src/request/send/endpointUrl.ts';
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
for (const [text, imagesUrl, modelsUrl] of ADDRESSES) {
  test(`"${text}" leads to ${imagesUrl}`, () => {
    const endpoint = endpointAt(text);
    assert.deepEqual([endpoint.imagesUrl, endpoint.modelsUrl], [imagesUrl, modelsUrl]);
    assert.equal(endpoint.origin, new URL(imagesUrl).origin);
    assert.equal(endpoint.host, new URL(imagesUrl).host);
  });
}

const PROBLEMS = [
  ['', 'empty'], ['   ', 'empty'], ['api.example.com', 'notAUrl'], ['https://', 'notAUrl'], ['http://[::1', 'notAUrl'],
  ['ftp://api.example.com', 'notHttp'], ['file:///etc/passwd', 'notHttp'], ['localhost:8080', 'notHttp'], ['javascript:alert(1)', 'notHttp'],
  ['https://me@api.example.com', 'hasUserInfo'], ['https://me:secret@api.example.com/v1', 'hasUserInfo'], ['https://:secret@api.example.com', 'hasUserInfo'],
  ['https://api.example.com/v1?key=1', 'hasQuery'], ['https://api.example.com/v1?', 'hasQuery'],
  ['https://api.example.com/v1#top', 'hasFragment'], ['https://api.example.com/v1#', 'hasFragment'],
] as const;
for (const [text, problem] of PROBLEMS) {
  test(`"${text}" is refused: ${problem}`, () => assert.deepEqual(readEndpoint(text), { problem }));
}

const CARRIERS = [
  ['https://api.example.com', true], ['http://localhost:1', true], ['http://a.localhost', true], ['http://localhost.', true], ['http://127.0.0.1', true],
  ['http://127.255.1.2', true], ['http://127.1', true], ['http://2130706433', true], ['http://[::1]', true], ['http://[0:0:0:0:0:0:0:1]', true],
  ['http://api.example.com', false], ['http://192.168.1.5:8080', false], ['http://localhost.example.com', false], ['http://127.0.0.1.example.com', false],
  ['http://notlocalhost', false], ['http://[::2]', false], ['http://[::ffff:127.0.0.1]', false], ['http://0.0.0.0', false],
] as const;
for (const [text, may] of CARRIERS) {
  test(`a key ${may ? 'may' : 'may not'} travel to ${text}`, () => assert.equal(mayCarryKey(endpointAt(text)), may));
}
