// Where an image may be fetched from, and how long a link lives.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { downloadImage } from '../../../../src/request/download/download.ts';
import type { Fetch } from '../../../../src/request/transport/fetch.ts';
import { allowedUrl, urlExpiresMs } from '../../../../src/request/download/resultUrl.ts';
import { makeFastClock } from '../../systemClock.ts';
import { endpointAt, failureFrom, never } from '../loopback.ts';

/** A transport that answers from a table of redirects; every other address holds the image. */
function makeFetch(redirects: Record<string, string>): { fetch: Fetch; asked: string[] } {
  const asked: string[] = [];
  const fetch: Fetch = (url, init) => {
    asked.push(url);
    assert.equal(Object.keys(init.headers).some((name) => /authorization|cookie/i.test(name)), false);
    const location = redirects[url];
    const headers = new Headers(location === undefined ? {} : { location });
    const body = (async function* () {
      await Promise.resolve();
      yield new TextEncoder().encode('image');
    })();
    return Promise.resolve({ status: location === undefined ? 200 : 302, headers, body });
  };
  return { fetch, asked };
}

const HTTPS = 'https://api.example.com';
const HTTP = 'http://gpu.lan:8000';
const ROUTES: readonly (readonly [name: string, endpoint: string, route: readonly string[], allowed: boolean])[] = [
  ['https of any host', HTTPS, ['https://oss.example.net/a.png'], true],
  ['https of any host, for an http endpoint', HTTP, ['https://oss.example.net/a.png'], true],
  ['redirects that stay on https', HTTPS, ['https://a.example/1', 'https://b.example/2', 'https://c.example/3'], true],
  ['five redirects', HTTPS, ['1', '2', '3', '4', '5', '6'].map((name) => `https://a.example/${name}`), true],
  ['six redirects', HTTPS, ['1', '2', '3', '4', '5', '6', '7'].map((name) => `https://a.example/${name}`), false],
  ['http of the endpoint\'s host', HTTP, ['http://gpu.lan:8000/a.png'], true],
  ['http of the endpoint\'s host, another port', HTTP, ['http://gpu.lan:9000/a.png'], true],
  ['http of the endpoint\'s host, then https', HTTP, ['http://gpu.lan/a.png', 'https://oss.example.net/a.png'], true],
  ['http of the endpoint\'s host, redirected to itself', HTTP, ['http://gpu.lan/a.png', 'http://gpu.lan:1/b.png'], true],
  ['http of an IPv6 endpoint', 'http://[fd00::5]:80', ['http://[fd00::5]:90/a.png'], true],
  ['http of another host', HTTP, ['http://oss.example.net/a.png'], false],
  ['http of a name that ends alike', HTTP, ['http://evil-gpu.lan/a.png'], false],
  ['http of this machine', HTTP, ['http://127.0.0.1/a.png'], false],
  ['http of a name that ends like an https endpoint', HTTPS, ['http://evil-api.example.com/a.png'], false],
  ['https to http', HTTPS, ['https://oss.example.net/a.png', 'http://oss.example.net/a.png'], false],
  ['https back to the http endpoint', HTTP, ['https://oss.example.net/a.png', 'http://gpu.lan/a.png'], false],
  ['http to another host over http', HTTP, ['http://gpu.lan/a.png', 'http://169.254.169.254/latest'], false],
  ['file:', HTTPS, ['file:///etc/passwd'], false],
  ['a redirect to file:', HTTPS, ['https://a.example/1', 'file:///etc/passwd'], false],
  ['a redirect to data:', HTTPS, ['https://a.example/1', 'data:image/png;base64,AAAA'], false],
  ['a redirect to nothing', HTTPS, ['https://a.example/1', ''], false],
  ['user info', HTTPS, ['https://me:secret@a.example/1'], false],
  ['a redirect with user info', HTTPS, ['https://a.example/1', 'https://me@a.example/2'], false],
  ['ftp:', HTTPS, ['ftp://a.example/1'], false],
  ['no URL', HTTPS, ['a.png'], false],
];
for (const [name, endpoint, route, allowed] of ROUTES) {
  test(`${name}: ${allowed ? 'allowed' : 'refused'}`, async () => {
    const redirects = Object.fromEntries(route.slice(1).map((to, index) => [route[index]!, to]));
    const { fetch, asked } = makeFetch(redirects);
    const done = downloadImage(route[0]!, endpointAt(endpoint), { fetch, clock: makeFastClock(100) }, { signal: never });
    if (allowed) {
      assert.equal(new TextDecoder().decode(await done), 'image');
      assert.deepEqual(asked, route);
    } else {
      const failure = await failureFrom(done);
      // A redirect to nowhere points at itself, and so runs into the limit.
      assert.equal(failure.reason, 'downloadRefused');
      assert.ok(!asked.includes(route.at(-1)!));
    }
  });
}

for (const [endpoint, url, asked] of [
  [HTTPS, 'http://api.example.com/a.png?x=1', 'https://api.example.com/a.png?x=1'],
  ['https://api.example.com:8443', 'http://api.example.com/a.png', 'https://api.example.com:8443/a.png'],
  ['https://api.example.com:8443', 'http://api.example.com:9000/a.png', 'https://api.example.com:9000/a.png'],
  ['https://localhost:8443', 'http://127.0.0.1/a.png', 'https://127.0.0.1:8443/a.png'],
  ['http://localhost:8000', 'http://127.0.0.1:8000/a.png', 'http://127.0.0.1:8000/a.png'],
  ['http://127.0.0.1:8000', 'http://localhost:9000/a.png', 'http://localhost:9000/a.png'],
  ['http://localhost:8000', 'http://[::1]:8000/a.png', 'http://[::1]:8000/a.png'],
  ['http://[::1]:8000', 'http://127.0.0.1:8000/a.png', 'http://127.0.0.1:8000/a.png'],
] as const) {
  test(`${url} of ${endpoint} is fetched from ${asked}`, async () => {
    const transport = makeFetch({});
    await downloadImage(url, endpointAt(endpoint), { fetch: transport.fetch, clock: makeFastClock(100) }, { signal: never });
    assert.deepEqual(transport.asked, [asked]);
  });
}

test('a redirect to http on the https endpoint\'s own host is followed over https', () => {
  assert.equal(allowedUrl('http://api.example.com/b', endpointAt(HTTPS), new URL('https://a.example/1'))?.href, 'https://api.example.com/b');
  assert.equal(allowedUrl('http://localhost/b', endpointAt('http://gpu.lan')), undefined);
});

test('a redirect in circles ends', async () => {
  const { fetch, asked } = makeFetch({ 'https://a.example/1': 'https://a.example/2', 'https://a.example/2': 'https://a.example/1' });
  assert.equal((await failureFrom(downloadImage('https://a.example/1', endpointAt(HTTPS), { fetch, clock: makeFastClock(100) }, { signal: never }))).reason, 'downloadRefused');
  assert.equal(asked.length, 6);
});

test('a relative redirect is read against where it came from', () => {
  assert.equal(allowedUrl('../b?x', endpointAt(HTTPS), new URL('https://a.example/1/2'))?.href, 'https://a.example/b?x');
  assert.equal(allowedUrl('//b.example/x', endpointAt(HTTPS), new URL('https://a.example/1'))?.href, 'https://b.example/x');
});

test('a damaged origin allows no plain http', () => assert.equal(allowedUrl('http://gpu.lan/a', { origin: 'null' }), undefined));

test('a data: URL needs no network', async () => {
  const { fetch, asked } = makeFetch({});
  const options = { signal: never };
  const transport = { fetch, clock: makeFastClock(100) };
  assert.equal(new TextDecoder().decode(await downloadImage('data:image/png;base64,aGVsbG8=', endpointAt(HTTPS), transport, options)), 'hello');
  assert.equal((await failureFrom(downloadImage('data:image/png;base64,*', endpointAt(HTTPS), transport, options))).reason, 'downloadFailed');
  assert.deepEqual(asked, []);
});

test('a transport that ignores its signal, throws nonsense or never ends cannot hold a download', async () => {
  const hanging: Fetch = () => new Promise(() => undefined);
  const nonsense: Fetch = () => Promise.reject(new TypeError('https://a.example/?sig=s3cret'));
  for (const fetch of [hanging, nonsense]) {
    const failure = await failureFrom(downloadImage('https://a.example/1', endpointAt(HTTPS), { fetch, clock: makeFastClock(5000) }, { signal: never }));
    assert.equal(failure.reason, 'downloadFailed');
    assert.ok(!String((failure.cause as Error | undefined)?.stack).includes('s3cret'));
  }
});

const LIVES: readonly (readonly [query: string, expires: string | undefined])[] = [
  ['Expires=1795348800&Signature=x', '2026-11-22T12:00:00.000Z'],
  ['OSSAccessKeyId=a&expires=1795348800', '2026-11-22T12:00:00.000Z'],
  ['X-Amz-Date=20261122T110000Z&X-Amz-Expires=3600', '2026-11-22T12:00:00.000Z'],
  ['x-oss-date=20261122T110000Z&x-oss-expires=3600', '2026-11-22T12:00:00.000Z'],
  ['X-Goog-Date=20261122T110000Z&X-Goog-Expires=3600', '2026-11-22T12:00:00.000Z'],
  ['se=2026-11-22T12%3A00%3A00Z&sig=x', '2026-11-22T12:00:00.000Z'],
  ['Expires=tomorrow', undefined], ['Expires=', undefined], ['X-Amz-Expires=3600', undefined], ['se=soon', undefined], ['', undefined],
];
for (const [query, expires] of LIVES) {
  test(`"${query}" lives until ${expires ?? 'nobody knows when'}`, () => {
    const ms = urlExpiresMs(`https://a.example/x.png?${query}`);
    assert.equal(ms === undefined ? undefined : new Date(ms).toISOString(), expires);
  });
}
test('what is no URL has no end', () => assert.equal(urlExpiresMs('x'), undefined));
