// Refusals as servers of other makes write them, by public reports and their own pages; ids and names are replaced.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { FailureReason } from '../../../../src/request/failures/failure.ts';
import { failureOf } from '../../../../src/request/failures/failureOf.ts';

const sentFields = ['model', 'prompt', 'size', 'n', 'watermark', 'prompt_extend', 'response_format', 'seed'];
const tell = (status: number, body: unknown, more: object = {}): ReturnType<typeof failureOf> =>
  failureOf(typeof body === 'string' ? body : JSON.stringify(body), { status, secrets: [], sentFields, sentTexts: ['qwen-image-max', 'a red fox in the snow'], sentKey: true, ...more });

type Row = readonly [from: string, status: number, body: unknown, reason: FailureReason, says?: string];
const openai = (message: string, code: unknown = null, type: unknown = 'invalid_request_error', param: unknown = null): unknown => ({ error: { message, type, param, code } });

const MONEY: readonly Row[] = [
  ['Gemini, prepaid', 429, [{ error: { code: 429, message: 'Your prepayment credits are depleted. Please go to AI Studio to manage your project and billing.', status: 'RESOURCE_EXHAUSTED' } }], 'quotaUsedUp', 'Your prepayment'],
  ['Gemini, no free tier for this model', 429, [{ error: { code: 429, message: 'You exceeded your current quota, please check your plan and billing details.\n* Quota exceeded for metric: generate_content_free_tier_requests, limit: 0, model: image\nPlease retry in 34.07s.', status: 'RESOURCE_EXHAUSTED' } }], 'quotaUsedUp'],
  ['Gemini, a day', 429, [{ error: { code: 429, message: 'You exceeded your current quota, please check your plan and billing details.', status: 'RESOURCE_EXHAUSTED', details: [{ violations: [{ quotaId: 'GenerateRequestsPerDayPerProjectPerModel-FreeTier' }] }] } }], 'quotaUsedUp'],
  ['xAI', 429, { code: 'Some resource has been exhausted', error: 'Your team 0000 has either used all available credits or reached its monthly spending limit. To continue making API requests, please purchase more credits or raise your spending limit.' }, 'quotaUsedUp', 'Your team'],
  ['xAI at 403', 403, { code: 'The caller does not have permission to execute the specified operation', error: 'Your team 0000 has either used all available credits or reached its monthly spending limit.' }, 'quotaUsedUp', 'Your team'],
  ['SiliconFlow', 403, { code: 30011, message: 'The selected model requires paid balance. Your paid balance is insufficient. Please top up and try again.', data: null }, 'quotaUsedUp', 'The selected model'],
  ['LiteLLM, budget', 400, openai('Budget has been exceeded! Current cost: 0.3759, Max budget: 0.35', '400', 'budget_exceeded'), 'quotaUsedUp', 'Budget'],
  ['LiteLLM, budget of a user', 429, openai('ExceededBudget: User=u over budget. Spend=1.2, Budget=1.0', '429', 'budget_exceeded'), 'quotaUsedUp'],
  ['ModelScope, a day', 429, { errors: { message: "You have exceeded today's quota for model Qwen/Qwen-Image, please try again tomorrow" }, request_id: '' }, 'quotaUsedUp', 'You have exceeded'],
  ['upstream, postpaid', 429, { code: 'PostpaidBillOverdue', message: 'The postpaid bill is overdue.', request_id: 'r' }, 'accountOverdue'],
  ['upstream, prepaid', 429, { code: 'PrepaidBillOverdue', message: 'The prepaid bill is overdue.', request_id: 'r' }, 'accountOverdue'],
  ['upstream, not bought', 429, { code: 'CommodityNotPurchased', message: 'Commodity has not purchased yet.', request_id: 'r' }, 'quotaUsedUp'],
  ['upstream, free tier', 403, { code: 'AllocationQuota.FreeTierOnly', message: 'The free tier of the model has been exhausted. If you wish to continue access the model on a paid basis, please disable the free tier only mode.', request_id: 'r' }, 'quotaUsedUp'],
  ['Fireworks', 412, { error: { message: 'Account x is suspended, possibly due to reaching the monthly spending limit or failure to pay past invoices.', param: null, code: 'PRECONDITION_FAILED', type: 'error' } }, 'accountOverdue'],
  ['Huawei', 401, { error_code: 'ModelArts.81005', error_msg: 'The free quota has been used up.' }, 'quotaUsedUp', 'The free quota'],
  ['Novita', 400, { code: 400, reason: 'BILLING_BALANCE_NOT_ENOUGH', message: 'balance not enough', metadata: {} }, 'quotaUsedUp', 'balance not enough'],
  ['ZenMux', 402, openai('Insufficient balance', '402', 'reject_no_credit'), 'quotaUsedUp'],
  ['402 with the words of a key', 402, openai('Unauthorized: API key invalid for payment'), 'quotaUsedUp'],
  ['402 with nothing', 402, '', 'quotaUsedUp'],
  ['OpenAI', 429, openai('You exceeded your current quota, please check your plan and billing details.', 'insufficient_quota', 'insufficient_quota'), 'quotaUsedUp'],
  ['OpenAI, hard limit', 400, openai('Billing hard limit has been reached', 'billing_hard_limit_reached'), 'quotaUsedUp'],
  ['OpenAI, a day', 429, openai('Rate limit reached for gpt-image-1 in organization org-x on requests per day (RPD): Limit 100, Used 100, Requested 1. Please try again in 14m24s.', 'rate_limit_exceeded', 'requests'), 'quotaUsedUp'],
  ['Anthropic-like', 400, { type: 'error', error: { type: 'invalid_request_error', message: 'Your credit balance is too low to access the API. Please go to Plans & Billing to upgrade or purchase credits.' } }, 'quotaUsedUp'],
  ['OpenRouter', 402, { error: { message: 'Insufficient credits. Add more using the credits page', code: 402 } }, 'quotaUsedUp'],
  ['new-api, tokens of a user', 403, { error: { message: '用户额度不足, 剩余额度: ¥0.000000', type: 'new_api_error', param: '', code: 'insufficient_user_quota' } }, 'quotaUsedUp'],
  ['new-api, a token', 401, { error: { message: '该令牌额度已用尽 (request id: 1)', type: 'new_api_error', param: '', code: '' } }, 'quotaUsedUp'],
  ['Zhipu', 429, { error: { code: '1113', message: '余额不足或无可用资源包,请充值。' } }, 'quotaUsedUp'],
  ['Zhipu, in debt', 429, { error: { code: '1112', message: '您的账户已被锁定，账户已欠费，请充值后重试' } }, 'accountOverdue'],
  ['Zhipu, a day', 429, { error: { code: '1304', message: '该API今日调用次数已达上限' } }, 'quotaUsedUp'],
  ['Volcengine', 403, { error: { code: 'AccountOverdueError', message: 'The request failed because your account has an overdue balance.', type: 'Forbidden' } }, 'accountOverdue'],
  ['DeepSeek-like', 402, openai('Insufficient Balance', 'invalid_request_error', 'unknown_error'), 'quotaUsedUp'],
  ['an upstream inside a 502', 502, openai('upstream error: 400 {"errorKey":"insufficient_balance","errorMessage":"Insufficient credit balance"}', 'upstream_error', 'server_error'), 'quotaUsedUp', 'Insufficient credit balance'],
  ['tokens as money', 403, { error: 'Insufficient token balance. You need at least 1,000 tokens.' }, 'quotaUsedUp'],
  ['a trial', 403, { message: 'Your free trial has ended.' }, 'quotaUsedUp'],
  ['inside a stream', 400, 'data: {"error":{"message":"Insufficient balance","type":"server_error"}}\n\ndata: [DONE]\n\n', 'quotaUsedUp', 'Insufficient balance'],
];

const SLOW: readonly Row[] = [
  ['OpenAI, tokens a minute', 429, openai('Rate limit reached for gpt-image-1 in organization org-x on tokens per min (TPM): Limit 30000, Used 29000. Please try again in 8s. You can increase your rate limit by adding a payment method to your account.', 'rate_limit_exceeded', 'tokens'), 'rateLimited'],
  ['Gemini, a minute', 429, [{ error: { code: 429, message: 'You exceeded your current quota, please check your plan and billing details.\n* Quota exceeded for metric: generate_requests_per_minute, limit: 10\nPlease retry in 34.07s.', status: 'RESOURCE_EXHAUSTED' } }], 'rateLimited'],
  ['Azure', 429, { error: { code: '429', message: 'Requests to the Image Generations Operation under Azure OpenAI API have exceeded call rate limit of your current pricing tier. Please retry after 26 seconds.' } }, 'rateLimited'],
  ['upstream, tokens a minute', 429, { code: 'Throttling.AllocationQuota', message: 'Allocated quota exceeded, please increase your quota limit. For details, see: https://help.example/error-code#token-limit', request_id: 'r' }, 'rateLimited'],
  ['SiliconFlow', 429, { message: 'Request was rejected due to rate limiting. Details: IPM limit reached.', code: 50603, data: null }, 'rateLimited'],
  ['Zhipu', 429, { error: { code: '1302', message: '您当前使用该API的并发数过高，请降低并发' } }, 'rateLimited'],
  ['LiteLLM', 429, openai('No deployments available for selected model, Try again in 60 seconds.', '429', 'None'), 'rateLimited'],
  ['nothing', 429, '', 'rateLimited'],
  ['a page', 429, '<html><head><title>429 Too Many Requests</title></head><body><center><h1>429 Too Many Requests</h1></center><hr><center>nginx</center></body></html>', 'rateLimited'],
  ['the same words at 400', 400, openai('Rate limit exceeded: 2 requests per minute'), 'serviceBusy'],
  ['the same words at 403', 403, openai('Requests throttling triggered.', 'Throttling'), 'serviceBusy'],
  ['the same words at 500', 500, { code: 'Throttling.RateQuota', message: 'Requests rate limit exceeded' }, 'serviceBusy'],
];

const MODELS: readonly Row[] = [
  ['vLLM, a name with a dot', 404, { object: 'error', message: 'The model `Qwen2.5-Image` does not exist.', type: 'NotFoundError', param: null, code: 404 }, 'modelNotFound'],
  ['Groq, a name with a dot', 404, openai('The model `qwen-image-2.0` does not exist or you do not have access to it.'), 'modelNotFound'],
  ['Ollama', 404, openai("model 'z-image.1' not found", null, 'not_found_error'), 'modelNotFound'],
  ['vLLM', 404, openai('The model `Qwen-Image` does not exist.', 404, 'NotFoundError', 'model'), 'modelNotFound'],
  ['Volcengine', 404, openai('Your account 2100 has not activated the model doubao-seedream-4-0. Please activate the model service in the Ark Console.', 'ModelNotOpen', 'NotFound'), 'modelNotFound'],
  ['SiliconFlow', 400, { code: 20012, message: 'Model does not exist. Please check it carefully.', data: null }, 'modelNotFound'],
  ['SiliconFlow, off', 403, { code: 30003, message: 'Model disabled.', data: null }, 'modelNotFound'],
  ['Zhipu', 400, { error: { code: '1211', message: '模型不存在，请检查模型代码。' } }, 'modelNotFound'],
  ['Azure', 404, { error: { code: 'DeploymentNotFound', message: 'The API deployment for this resource does not exist. If you created the deployment within the last 5 minutes, please wait a moment and try again.' } }, 'modelNotFound'],
  ['LiteLLM', 400, openai("litellm.BadRequestError: Invalid model name passed in model=qwen-image-2.0. Call `/v1/models` to view available models for your key."), 'modelNotFound'],
  ['new-api', 503, openai('当前分组 default 下对于模型 qwen-image-max 无可用渠道', '', 'new_api_error'), 'modelNotFound'],
  ['a model that is paused', 429, { error: 'The model qwen-image is paused by its owner.' }, 'modelNotFound'],
  ['OpenAI, no access', 403, openai('Project `proj_x` does not have access to model `gpt-image-1`', 'model_not_found'), 'accessDenied'],
  ['LiteLLM, no access at 401', 401, openai("key not allowed to access model. This key can only access models=['a']. Tried to access qwen-image-2.0", '401', 'key_model_access_denied', 'model'), 'accessDenied'],
  ['new-api, no access', 403, { error: { message: '该令牌无权使用模型：qwen-image-max', type: 'new_api_error', code: '' } }, 'accessDenied'],
  ['upstream, not bought', 403, { code: 'AccessDenied.Unpurchased', message: 'Access to model denied. Please make sure you are eligible for using the model.', request_id: 'r' }, 'accessDenied'],
];

const CONTENT: readonly Row[] = [
  ['Huawei', 403, { error_code: 'ModelArts.81011', error_msg: 'Input text May contain sensitive information, please try again.' }, 'contentRefused'],
  ['StepFun', 451, openai('The content you provided or machine outputted is blocked.', undefined, 'censorship_blocked'), 'contentRefused'],
  ['451 with nothing', 451, '', 'contentRefused'],
  ['fal, a list', 422, [{ loc: ['body', 'prompt'], msg: 'The content was flagged by a content checker.', type: 'content_policy_violation', input: 'x' }], 'contentRefused', 'prompt: The content was flagged'],
  ['upstream, infringement', 400, { code: 'IPInfringementSuspect', message: 'Input data is suspected of being involved in IP infringement.', request_id: 'r' }, 'contentRefused'],
  ['OpenAI', 400, openai('Your request was rejected by the safety system.', 'moderation_blocked', 'image_generation_user_error'), 'contentRefused'],
  ['Azure', 400, { error: { code: 'contentFilter', message: 'Your task failed as a result of our safety system.', inner_error: { code: 'ResponsibleAIPolicyViolation' } } }, 'contentRefused'],
  ['Gemini', 400, [{ error: { code: 400, message: 'The prompt could not be submitted. It contains prohibited content.', status: 'INVALID_ARGUMENT' } }], 'contentRefused'],
  ['Zhipu', 400, { contentFilter: [{ level: 1, role: 'user' }], error: { code: '1301', message: '系统检测到输入或生成内容可能包含不安全或敏感内容，请您避免输入易产生敏感内容的提示语。' } }, 'contentRefused'],
  ['Volcengine', 400, { error: { code: 'InputTextSensitiveContentDetected', message: 'The request failed because the input text may contain sensitive information.', type: 'BadRequest' } }, 'contentRefused'],
  ['Together', 422, { error: { message: 'NSFW content detected in prompt', type: 'invalid_request_error' } }, 'contentRefused'],
];

const NETWORK: readonly Row[] = [
  ['a proxy that wants a password', 407, '<html><title>407 Proxy Authentication Required</title></html>', 'networkRefused'],
  ['the same as JSON, with the words of a key', 407, { error: 'Invalid API key' }, 'networkRefused'],
  ['a network that wants a sign-in', 511, '<html><body>Network Authentication Required</body></html>', 'networkRefused'],
  ['Cloudflare, a challenge', 403, '<!DOCTYPE html><html><head><title>Just a moment...</title></head><body><script>window._cf_chl_opt={}</script></body></html>', 'networkRefused'],
  ['Cloudflare, a challenge at 503', 503, '<!DOCTYPE html><html><head><title>Just a moment...</title></head></html>', 'networkRefused'],
  ['Cloudflare, blocked', 403, '<!DOCTYPE html><html><head><title>Attention Required! | Cloudflare</title></head><body><h1>Sorry, you have been blocked</h1></body></html>', 'networkRefused'],
  ['a hotel, at 200', 200, '<html><head><title>Welcome</title></head><body><form action="/login">Hotel Wi-Fi: please log in to the network to continue</form></body></html>', 'networkRefused'],
  ['a firewall of the office', 403, '<html><body>Zscaler: access to this site is blocked by policy</body></html>', 'networkRefused'],
  ['nginx says no', 403, '<html><head><title>403 Forbidden</title></head><body><center><h1>403 Forbidden</h1></center><hr><center>nginx</center></body></html>', 'accessDenied'],
  ['a service that failed behind the same guard', 524, '<!DOCTYPE html><html><head><title>api.example.com | 524: A timeout occurred</title></head><body><div id="cookie-alert">Please enable cookies.</div></body></html>', 'serviceFailed'],
];

const OTHERS: readonly Row[] = [
  ['Gemini, a key', 400, [{ error: { code: 400, message: 'API key not valid. Please pass a valid API key.', status: 'INVALID_ARGUMENT' } }], 'keyRefused', 'API key not valid'],
  ['Cloudflare, a key', 401, { success: false, result: [], messages: [], error: [{ code: 2009, message: 'Unauthorized' }] }, 'keyRefused', 'Unauthorized'],
  ['new-api, a key', 401, openai('无效的令牌 (request id: 1)', '', 'new_api_error'), 'keyRefused'],
  ['a name beside a sentence', 500, { error: 'Internal Server Error', message: 'No active flux servers available', debug: null }, 'serviceFailed', 'No active flux servers available'],
  ['a name beside a short sentence', 500, { error: 'Internal Server Error', message: 'GPU lost' }, 'serviceFailed', 'GPU lost'],
  ['server_error alone while a message stands beside it', 500, { error: { type: 'server_error', code: 'server_error' }, detail: 'The GPU ran out of memory.' }, 'serviceFailed', 'The GPU ran out of memory.'],
  ['Fastify, a path', 404, { message: 'Route POST:/v1/images/generations not found', error: 'Not Found', statusCode: 404 }, 'wrongAddress', 'Route POST:/v1/images/generations not found'],
  ['502 with words', 502, openai('The image generation tool encountered an error. Please try again.', null, 'server_error'), 'serviceFailed', 'The image generation tool'],
  ['SGLang', 400, { detail: "response_format='url' requires cloud storage to be configured." }, 'requestRefused', "response_format='url' requires"],
  ['errors as a list of texts', 400, { errors: ['The image is too wide for this server.'] }, 'requestRefused', 'The image is too wide for this server.'],
  ['errors as an object of lists', 422, { errors: { message: ['The size must be a multiple of 32.'] } }, 'requestRefused', 'The size must be a multiple of 32.'],
  ['html-message', 400, { code: 'x', 'html-message': '<p>The size is <b>too large</b> for this model.</p>' }, 'requestRefused', 'The size is too large for this model.'],
  ['a long sentence around what was found', 422, { type: 'https://stoplight.io/prism/errors#UNPROCESSABLE_ENTITY', title: 'Invalid request', status: 422, detail: 'Your request is not valid and no HTTP validation response was found in the spec, so Prism is generating this error for you.', validation: [{ location: ['body'], severity: 'Error', code: 'required', message: "Request body must have required property 'watermark'" }] }, 'requestRefused', "Request body must have required property 'watermark'"],
  ['validation', 400, { validation: [{ message: 'size must be at least 512x512 pixels' }] }, 'requestRefused', 'size must be at least'],
  ['message as an object', 400, { message: { msg: 'This size is not offered here.' } }, 'requestRefused', 'This size is not offered here.'],
  ['a hang-up that a proxy notes', 499, 'context canceled', 'serviceFailed'],
  ['Volcengine, a value', 400, { error: { code: 'InvalidParameter', message: 'The parameter `size` specified in the request is not valid: image size must be at least 3686400 pixels.', param: 'size', type: 'BadRequest' } }, 'requestRefused'],
];

for (const [title, rows] of Object.entries({ 'no money': MONEY, 'a rate limit': SLOW, 'a model': MODELS, content: CONTENT, 'the network': NETWORK, 'other words': OTHERS })) {
  for (const [from, status, body, reason, says] of rows) {
    test(`${title}, ${from}: ${reason}`, () => {
      const failure = tell(status, body);
      assert.equal(failure.reason, reason, failure.facts.detail);
      if (says !== undefined) assert.ok(failure.facts.detail?.startsWith(says), failure.facts.detail);
      if (title === 'no money') assert.ok(!failure.actions.includes('setApiKey') && failure.billed === 'no');
    });
  }
}

const FIELDS: readonly (readonly [from: string, body: unknown, field: string])[] = [
  ['xAI', { code: '400', error: 'Argument not supported: size' }, 'size'],
  ['Gemini', [{ error: { code: 400, message: 'Invalid JSON payload received. Unknown name "watermark": Cannot find field.', status: 'INVALID_ARGUMENT' } }], 'watermark'],
  ['vLLM, Python in a message', { object: 'error', message: "[{'type': 'extra_forbidden', 'loc': ('body', 'watermark'), 'msg': 'Extra inputs are not permitted', 'input': {'size': 1}}]", type: 'BadRequestError', param: null, code: 400 }, 'watermark'],
  ['LiteLLM', openai('litellm.UnsupportedParamsError: Setting `response_format` is not supported by openai, sd3.5-large. To drop it from the call, set `litellm.drop_params = True`.'), 'response_format'],
  ['OpenAI', openai("Unknown parameter: 'response_format'.", 'unknown_parameter', 'invalid_request_error', 'response_format'), 'response_format'],
  ['Zod', { error: { issues: [{ code: 'unrecognized_keys', keys: ['watermark'], message: "Unrecognized key(s) in object: 'watermark'" }] } }, 'watermark'],
  ['Joi', { statusCode: 400, error: 'Bad Request', message: '"prompt_extend" is not allowed', validation: { keys: ['prompt_extend'] } }, 'prompt_extend'],
  ['class-validator', { statusCode: 400, message: ['property watermark should not exist'], error: 'Bad Request' }, 'watermark'],
  ['AJV', { message: 'must NOT have additional properties', params: { additionalProperty: 'seed' } }, 'seed'],
  ['a path', openai('Unknown field', 'unknown_field', 'x', 'body.watermark'), 'watermark'],
  ['Chinese', { code: 400, msg: '不支持参数：prompt_extend' }, 'prompt_extend'],
  ['Chinese, turned round', { code: 400, msg: '参数 watermark 不支持' }, 'watermark'],
  ['a model beside it', openai("For model qwen-image-2.0, parameter 'watermark' is not supported."), 'watermark'],
];
for (const [from, body, field] of FIELDS) {
  test(`a refused field, ${from}: ${field}`, () => {
    const failure = tell(400, body);
    assert.deepEqual([failure.reason, failure.facts.field, failure.actions], ['fieldRefused', field, ['leaveFieldOut']], failure.facts.detail);
  });
}
