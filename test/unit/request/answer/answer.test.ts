// Answers in every shape that servers of this path give.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readAnswer, type AnswerItem } from '../../../../src/request/answer/answer.ts';
import { Failure, type FailureReason } from '../../../../src/request/failures/failure.ts';

const BYTES = Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 0xfb, 0xef, 0xff, 0x3e]);
const B64 = Buffer.from(BYTES).toString('base64');
const URL_TEXT = 'https://images.example.com/a.png?Expires=1&Signature=x';
const asBytes: AnswerItem = { kind: 'bytes', bytes: BYTES };
const asUrl: AnswerItem = { kind: 'url', url: URL_TEXT };

const GOOD: readonly (readonly [name: string, json: unknown, items: AnswerItem[]])[] = [
  ['the page\'s own example', { created: 1763000000, data: [{ url: URL_TEXT, b64_json: '' }] }, [asUrl]],
  ['url only', { created: 1, data: [{ url: URL_TEXT }] }, [asUrl]],
  ['b64_json only', { created: 1, data: [{ b64_json: B64 }] }, [asBytes]],
  ['url null', { created: 1, data: [{ url: null, b64_json: B64 }] }, [asBytes]],
  ['url empty', { created: 1, data: [{ url: '', b64_json: B64 }] }, [asBytes]],
  ['b64_json null', { data: [{ url: URL_TEXT, b64_json: null }] }, [asUrl]],
  ['b64_json of blanks', { data: [{ url: URL_TEXT, b64_json: ' \n' }] }, [asUrl]],
  ['both: the bytes are here already', { data: [{ url: URL_TEXT, b64_json: B64 }] }, [asBytes]],
  ['b64_json that cannot be decoded, with a url', { data: [{ url: URL_TEXT, b64_json: '***' }] }, [asUrl]],
  ['created as text', { created: '1763000000', data: [{ url: URL_TEXT }] }, [asUrl]],
  ['created as anything', { created: { a: 1 }, data: [{ url: URL_TEXT }] }, [asUrl]],
  ['b64_json with a data: prefix', { data: [{ b64_json: `data:image/png;base64,${B64}` }] }, [asBytes]],
  ['url as a data: URL', { data: [{ url: `data:image/png;base64,${B64}` }] }, [asBytes]],
  ['url as a data: URL, percent-encoded', { data: [{ url: 'data:image/svg+xml,%3Csvg%2F%3E' }] }, [{ kind: 'bytes', bytes: new TextEncoder().encode('<svg/>') }]],
  ['plain http', { data: [{ url: 'http://localhost:8080/a.png' }] }, [{ kind: 'url', url: 'http://localhost:8080/a.png' }]],
  ['url with blanks around', { data: [{ url: ` ${URL_TEXT}\n` }] }, [asUrl]],
  ['wrapper', { code: 200, msg: 'ok', data: { data: [{ url: URL_TEXT }] } }, [asUrl]],
  ['wrapper with code 0', { code: 0, message: 'success', data: { created: 1, data: [{ b64_json: B64 }] } }, [asBytes]],
  ['data as one object', { data: { url: URL_TEXT } }, [asUrl]],
  ['several items, one of them empty', { data: [{ url: URL_TEXT }, {}, { b64_json: B64 }] }, [asUrl, asBytes]],
  ['an item that is no object', { data: [null, 5, 'x', { url: URL_TEXT }] }, [asUrl]],
  ['revised_prompt of the item', { revised_prompt: 'top', data: [{ url: URL_TEXT, revised_prompt: 'a tabby' }] }, [{ ...asUrl, revisedPrompt: 'a tabby' }]],
  ['revised_prompt at the top', { revised_prompt: 'top', data: [{ url: URL_TEXT }] }, [{ ...asUrl, revisedPrompt: 'top' }]],
  ['revised_prompt in the wrapper', { code: 200, data: { revised_prompt: 'in', data: [{ url: URL_TEXT }] } }, [{ ...asUrl, revisedPrompt: 'in' }]],
  ['revised_prompt null or empty', { revised_prompt: '', data: [{ url: URL_TEXT, revised_prompt: null }] }, [asUrl]],
  ['an image beside an odd code: it is paid for', { code: 'Warning', message: 'slow today', data: [{ url: URL_TEXT }] }, [asUrl]],
  ['other fields', { id: 'x', usage: {}, object: 'list', data: [{ url: URL_TEXT, width: 5 }] }, [asUrl]],
];
for (const [name, json, items] of GOOD) {
  test(`an answer is read: ${name}`, () => assert.deepEqual(readAnswer(json).items, items));
}

const BAD: readonly (readonly [name: string, json: unknown, reason: FailureReason, detail?: string])[] = [
  ['empty data', { created: 1, data: [] }, 'noImageInAnswer'],
  ['empty data, with a word', { created: 1, message: 'nothing today', data: [] }, 'noImageInAnswer', 'nothing today'],
  ['an item with both empty', { data: [{ url: '', b64_json: '' }] }, 'noImageInAnswer'],
  ['data null', { data: null }, 'noImageInAnswer'],
  ['data missing', { created: 1 }, 'noImageInAnswer'],
  ['data a number', { data: 7 }, 'noImageInAnswer'],
  ['wrapper around nothing', { code: 200, msg: 'ok', data: { data: [] } }, 'noImageInAnswer', 'ok'],
  ['wrapper with data null', { code: 200, msg: 'ok', data: null }, 'noImageInAnswer', 'ok'],
  ['base64 that cannot be decoded', { data: [{ b64_json: '***' }] }, 'answerUnreadable'],
  ['base64 that is cut short', { data: [{ b64_json: 'iVBOR' }] }, 'answerUnreadable'],
  ['a data: URL that cannot be decoded', { data: [{ url: 'data:image/png;base64,?' }] }, 'answerUnreadable'],
  ['a url that is none', { data: [{ url: '/images/a.png' }] }, 'answerUnreadable'],
  ['null', null, 'answerUnreadable'],
  ['a number', 5, 'answerUnreadable'],
  ['an error at 200', { error: { message: 'no such key', type: 'authentication_error', code: 'invalid_api_key', param: null } }, 'keyRefused', 'no such key'],
  ['the upstream error at 200', { code: 'DataInspectionFailed', message: 'Input data may contain inappropriate content.', request_id: 'r' }, 'contentRefused', 'Input data may contain inappropriate content.'],
  ['an HTTP status in the wrapper', { code: 401, msg: 'token?', data: null }, 'keyRefused', 'token?'],
  ['a rate limit in the wrapper', { code: 429, msg: 'slow down', data: null }, 'rateLimited', 'slow down'],
  ['a status in the error', { error: { code: 404, message: 'nothing here' } }, 'wrongAddress', 'nothing here'],
  ['success false', { success: false, message: 'hm' }, 'serviceFailed', 'hm'],
  ['a text as the error', { error: 'Insufficient balance' }, 'quotaUsedUp', 'Insufficient balance'],
  ['an unknown code at 200', { code: 'Strange', message: 'odd', data: [] }, 'serviceFailed', 'odd'],
];
for (const [name, json, reason, detail] of BAD) {
  test(`an answer without an image: ${name}`, () => {
    assert.throws(
      () => readAnswer(json),
      (error) => {
        assert.ok(error instanceof Failure, String(error));
        assert.deepEqual([error.reason, error.facts.detail], [reason, detail]);
        return true;
      },
    );
  });
}

test('a list without end is read in part', () => {
  assert.equal(readAnswer({ data: Array.from({ length: 10_000 }, () => ({ url: URL_TEXT })) }).items.length, 64);
});
