// A redirect of the POST: refused always, and offered as the new address if it is plainly the same service.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { redirectRefused } from '../../../../src/request/send/redirect.ts';
import { endpointAt } from '../loopback.ts';

const ROWS: readonly (readonly [base: string, location: string, address: string | undefined])[] = [
  ['https://a.example', '/v1/images/generations/', 'https://a.example/v1/images/generations/#'],
  ['https://a.example', 'https://a.example/v1/images/generations/', 'https://a.example/v1/images/generations/#'],
  ['https://a.example/v1/images/generations/#', '/v1/images/generations', 'https://a.example/v1/images/generations'],
  ['http://a.example/v1', 'https://a.example/v1/images/generations', 'https://a.example/v1/images/generations'],
  ['http://a.example/v1', 'https://a.example/v1/images/generations/', 'https://a.example/v1/images/generations/#'],
  ['http://a.example:8080/v1', 'https://a.example/v1/images/generations', 'https://a.example/v1/images/generations'],
  ['http://localhost:8080', 'https://localhost:8443/v1/images/generations', 'https://localhost:8443/v1/images/generations'],
  ['https://a.example/d?api-version=1', '/d/images/generations/?api-version=1', 'https://a.example/d/images/generations/?api-version=1#'],
  // Anything else is for the person to judge.
  ['https://a.example', 'https://a.example/v1/images/generations', undefined],
  ['https://a.example', 'http://a.example/v1/images/generations/', undefined],
  ['https://a.example', 'https://b.example/v1/images/generations', undefined],
  ['https://a.example', 'https://a.example.evil.example/v1/images/generations/', undefined],
  ['https://a.example', 'https://a.example:8443/v1/images/generations/', undefined],
  ['https://a.example', 'https://me@a.example/v1/images/generations/', undefined],
  ['https://a.example', 'https://a.example/login', undefined],
  ['https://a.example', 'https://a.example/v1/images/generations/?token=1', undefined],
  ['https://a.example', 'https://a.example/v1/images/generations/#x', undefined],
  ['http://a.example', 'https://www.a.example/v1/images/generations', undefined],
  ['https://a.example', 'file:///etc/passwd', undefined],
  ['https://a.example', 'https://[', undefined],
  ['https://a.example', '', undefined],
];
for (const [base, location, address] of ROWS) {
  test(`from ${base} to "${location}": ${address ?? 'no address is offered'}`, () => {
    const endpoint = endpointAt(base);
    const failure = redirectRefused(location, endpoint, { status: 308, secrets: [] });
    assert.deepEqual([failure.reason, failure.billed, failure.facts.address], ['redirectRefused', 'no', address]);
    assert.equal(failure.actions.includes('useAddress'), address !== undefined);
    if (address !== undefined) assert.equal(endpointAt(address).imagesUrl, new URL(location, endpoint.imagesUrl).href);
  });
}
