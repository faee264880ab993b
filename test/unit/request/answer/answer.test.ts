// Answers in every shape that servers of this path give.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readAnswer, type Answer, type AnswerItem } from '../../../../src/request/answer/answer.ts';
import { Failure, type FailureReason } from '../../../../src/request/failures/failure.ts';

const BYTES = Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 0xfb, 0xef, 0xff, 0x3e]);
const B64 = Buffer.from(BYTES).toString('base64');
const URL_TEXT = 'https://images.example.com/a.png?Expires=1&Signature=x';
const asBytes: AnswerItem = { kind: 'bytes', bytes: BYTES };
const ASKED = 'https://api.example.com/v1/images/generations';
const read = (json: unknown, status = 200): Promise<Answer> => readAnswer(new TextEncoder().encode(typeof json === 'string' ? json : JSON.stringify(json)), { address: ASKED, status });
const LARGE = new Uint8Array(300).map((_, at) => at);
const BIG = Buffer.from(LARGE).toString('base64');
const asBig: AnswerItem = { kind: 'bytes', bytes: LARGE };
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
  ['images instead of data', { images: [{ url: URL_TEXT }], seed: 4, timings: { inference: 2.1 } }, [asUrl]],
  ['images and data, both with the same image', { images: [{ url: URL_TEXT }], data: [{ url: URL_TEXT }], created: 1 }, [asUrl]],
  ['images as texts', { images: [URL_TEXT] }, [asUrl]],
  ['images as base64', { images: [BIG] }, [asBig]],
  ['a url in a list of one', { data: [{ url: [URL_TEXT] }] }, [asUrl]],
  ['a url in an object', { data: [{ image_url: { url: URL_TEXT } }] }, [asUrl]],
  ['a url where base64 belongs', { data: [{ b64_json: URL_TEXT, url: null }] }, [asUrl]],
  ['base64 where a url belongs', { data: [{ url: BIG }] }, [asBig]],
  ['base64 under the name of image', { data: [{ image: BIG }] }, [asBig]],
  ['a relative URL', { data: [{ b64_json: null, url: '/v1/images/9f2c/content', file_path: null }] }, [{ kind: 'url', url: 'https://api.example.com/v1/images/9f2c/content' }]],
  ['a URL relative to the path', { data: [{ url: '../files/a.png' }] }, [{ kind: 'url', url: 'https://api.example.com/v1/files/a.png' }]],
  ['a URL without a scheme', { data: [{ url: '//cdn.example.com/a.png' }] }, [{ kind: 'url', url: 'https://cdn.example.com/a.png' }]],
  ['the upstream service\'s own results', { output: { task_id: 't', task_status: 'SUCCEEDED', results: [{ url: URL_TEXT }] } }, [asUrl]],
  ['output_images as texts', { task_status: 'SUCCEED', output_images: [URL_TEXT] }, [asUrl]],
  ['result.images with a list', { code: 200, data: { status: 'completed', result: { images: [{ url: [URL_TEXT] }] } } }, [asUrl]],
  ['server-sent events', `event: completed\ndata: {"data":[{"url":"${URL_TEXT}"}]}\n\ndata: [DONE]\n\n`, [asUrl]],
  ['events with a carriage return and comments', `: keep-alive\r\n\r\ndata:{"data":[{"url":"${URL_TEXT}"}]}\r\n\r\ndata: [DONE]`, [asUrl]],
  ['JSON, then [DONE]', `{"created":1,"data":[{"url":"${URL_TEXT}"}]}\n\ndata: [DONE]\n\n`, [asUrl]],
  ['JSON in lines, then [DONE]', `${JSON.stringify({ data: [{ url: URL_TEXT }] }, null, 2)}\ndata: [DONE]`, [asUrl]],
  ['partial images before the whole one', `data: {"type":"image_generation.partial_image","b64_json":"AAAA"}\n\ndata: {"type":"image_generation.completed","b64_json":"${B64}"}\n\n`, [asBytes]],
  ['blanks before the JSON, to keep the connection open', `\n\n   \n${JSON.stringify({ data: [{ url: URL_TEXT }] })}`, [asUrl]],
  ['other fields', { id: 'x', usage: {}, object: 'list', data: [{ url: URL_TEXT, width: 5 }] }, [asUrl]],
];
for (const [name, json, items] of GOOD) {
  test(`an answer is read: ${name}`, async () => assert.deepEqual((await read(json)).items, items));
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
  ['a url that is none', { data: [{ url: 'soon' }] }, 'answerUnreadable'],
  ['null', 'null', 'answerUnreadable'],
  ['a number', 5, 'answerUnreadable'],
  ['an error at 200', { error: { message: 'no such key', type: 'authentication_error', code: 'invalid_api_key', param: null } }, 'keyRefused', 'no such key'],
  ['the upstream error at 200', { code: 'DataInspectionFailed', message: 'Input data may contain inappropriate content.', request_id: 'r' }, 'contentRefused', 'Input data may contain inappropriate content.'],
  ['an HTTP status in the wrapper', { code: 401, msg: 'token?', data: null }, 'keyRefused', 'token?'],
  ['a rate limit in the wrapper', { code: 429, msg: 'slow down', data: null }, 'serviceBusy', 'slow down'],
  ['a status in the error', { error: { code: 404, message: 'nothing here' } }, 'wrongAddress', 'nothing here'],
  ['success false', { success: false, message: 'hm' }, 'serviceFailed', 'hm'],
  ['a text as the error', { error: 'Insufficient balance' }, 'quotaUsedUp', 'Insufficient balance'],
  ['an unknown code at 200', { code: 'Strange', message: 'odd', data: [] }, 'serviceFailed', 'odd'],
];
for (const [name, json, reason, detail] of BAD) {
  test(`an answer without an image: ${name}`, async () => {
    await assert.rejects(
      () => read(json),
      (error) => {
        assert.ok(error instanceof Failure, String(error));
        assert.deepEqual([error.reason, error.facts.detail], [reason, detail]);
        return true;
      },
    );
  });
}

const TASKS: readonly (readonly [name: string, json: unknown, taskId: string | undefined, status?: number])[] = [
  ['a list with a task', { code: 200, data: [{ status: 'submitted', task_id: 'task_01J9' }] }, 'task_01J9'],
  ['an object with a task', { data: { status: 'submitted', task_id: 'task_01J9' } }, 'task_01J9'],
  ['the upstream service, asynchronous', { request_id: 'r', output: { task_id: 't-1', task_status: 'PENDING' } }, 't-1'],
  ['a task id alone', { task_id: 't-1', request_id: 'r' }, 't-1'],
  ['an id beside a state', { id: 'cgt-2026', status: 'queued' }, 'cgt-2026'],
  ['addresses to ask at', { id: 'p-1', status: 'starting', output: null, urls: { get: 'https://api.example.com/p/p-1' } }, 'p-1'],
  ['an address to poll', { id: 'b-1', polling_url: 'https://api.example.com/poll?id=b-1' }, 'b-1'],
  ['a queue', { status: 'IN_QUEUE', request_id: 'q-1', status_url: 'https://api.example.com/q' }, 'q-1'],
  ['an operation that is not done', { name: 'operations/7', done: false }, 'operations/7'],
  ['a code and an id', { code: 1, description: '提交成功', result: '1712204995849323' }, '1712204995849323'],
  ['success and an id', { code: 'success', message: '', data: 'task_8f2c41aa' }, 'task_8f2c41aa'],
  ['a task whose url is where to ask', { id: 'u-1', status: 'processing', url: 'https://api.example.com/tasks/u-1' }, 'u-1'],
  ['a task with a message', { message: 'Task submitted', task_id: 't-2' }, 't-2'],
  ['HTTP 202 with an id', { id: 'a-1', status: 'accepted' }, 'a-1', 202],
  ['HTTP 202 with nothing', {}, undefined, 202],
  ['HTTP 202 with a message', { message: 'Accepted' }, undefined, 202],
  ['an event with a task', 'data: {"task_id":"t-3","status":"pending"}\n\ndata: [DONE]\n\n', 't-3'],
];
for (const [name, json, taskId, status] of TASKS) {
  test(`an image that comes later is told as a task, and nothing pays again: ${name}`, async () => {
    const failure = await read(json, status).catch((error: unknown) => error);
    assert.ok(failure instanceof Failure);
    assert.deepEqual([failure.reason, failure.facts.taskId, failure.billed], ['takenAsTask', taskId, 'maybe']);
    assert.ok(!failure.actions.includes('generateAgain'));
  });
}

for (const json of [{ task_id: 't', error: { message: 'Insufficient balance' } }, { code: 'InsufficientBalance', message: 'Insufficient balance', task_id: 't' }, { task_id: 't', status: 'failed', message: 'Insufficient balance' }]) {
  test(`a task that failed is its error: ${JSON.stringify(json)}`, async () => assert.rejects(read(json), { reason: 'quotaUsedUp' }));
}

const ON_DISK = ['/root/.xinference/image/605d2f.jpg', '/tmp/a.png', '/home/me/out/a.png', 'C:\\\\images\\\\a.png'.replaceAll('\\\\', '\\'), 'D:/a.png', 'file:///srv/a.png', '\\\\nas\\share\\a.png', '~/a.png', 's3://bucket/a.png', 'gs://bucket/a.png'];
for (const path of ON_DISK) {
  test(`an image on the server's own disk is told as that: ${path}`, async () => {
    const failure = await read({ created: 1, data: [{ url: path, b64_json: null }] }).catch((error: unknown) => error);
    assert.ok(failure instanceof Failure);
    assert.equal(failure.reason, 'fileOnServer');
    assert.deepEqual(failure.actions, ['askForBase64', 'showLog']);
  });
}

test('JSON that cannot be parsed is told from an answer without an image', async () => {
  for (const text of ['', 'fine', '{"data":[', 'data: not json\n\n']) await assert.rejects(read(text || ' '), SyntaxError);
});

test('of a list without end eight images are read', async () => {
  assert.equal((await read({ data: Array.from({ length: 10_000 }, () => ({ url: URL_TEXT })) })).items.length, 8);
});

test('a key that a service puts into its revised prompt, in whole or in part, is not kept', async () => {
  const secrets = ['sk-orange-cat-4711'];
  for (const said of ['a cat, sk-orange-cat-4711', 'a cat, ORANGE-CAT', `a cat, ${btoa('Bearer sk-orange-cat-4711')}`]) {
    const body = new TextEncoder().encode(JSON.stringify({ data: [{ url: URL_TEXT, revised_prompt: said }] }));
    const { items } = await readAnswer(body, { address: ASKED, secrets });
    assert.match(items[0]?.revisedPrompt ?? '', /^a cat, .*…/);
    assert.doesNotMatch(items[0]?.revisedPrompt ?? '', /orange|4711/i);
  }
});
