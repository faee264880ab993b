// Turns a refusal into the status, headers and body that a gateway of the chosen make would send.
import type { ErrorFields } from './steps.ts';

export interface Whole {
  status: number;
  headers: Record<string, string>;
  body: Buffer;
}

/** A complete response. `key` is what the request carried, for services that echo it. */
export function refusal(fields: ErrorFields, key = ''): Whole {
  const { shape = 'openai', status = 500, param = null, type = 'invalid_request_error', headers = {} } = fields;
  const code = fields.code === undefined ? 'InternalError' : fields.code;
  const message = (fields.message ?? 'The request could not be served.').replaceAll('{key}', key);
  const requestId = '7574ee8f-38a3-4b1e-9280-11c33ab46e51';
  const bodies: Record<typeof shape, () => unknown> = {
    openai: () => ({ error: { message, type, param, code } }),
    upstream: () => ({ code, message, request_id: requestId }),
    fastapi: () => ({ detail: message }),
    fastapiList: () => ({ detail: [{ type: 'value_error', loc: ['body', param ?? 'prompt'], msg: message, input: null }] }),
    errorText: () => ({ error: message }),
    message: () => ({ message }),
    wrapped: () => ({ code, msg: message, data: null }),
    list: () => [{ error: { code: status, message, status: code } }],
    codeAndText: () => ({ code: String(code), error: message }),
    errors: () => ({ errors: { message }, request_id: requestId }),
    errorList: () => ({ success: false, result: [], messages: [], error: [{ code, message }] }),
    errorMsg: () => ({ error_code: code, error_msg: message }),
    htmlMessage: () => ({ code, 'html-message': `<p>${message}</p>` }),
    validation: () => ({ code, validation: [{ message }] }),
    text: () => message,
    html: () => `<!DOCTYPE html>\n<html><head><title>${status}</title></head><body><center><h1>${message}</h1></center><hr><center>nginx</center></body></html>\n`,
    xml: () => `<?xml version="1.0" encoding="UTF-8"?>\n<Error>\n  <Code>${code}</Code>\n  <Message>${message}</Message>\n  <RequestId>${requestId}</RequestId>\n</Error>\n`,
  };
  const body = bodies[shape]();
  const contentType = typeof body === 'string' ? { text: 'text/plain', html: 'text/html', xml: 'application/xml' }[shape as 'text'] : 'application/json';
  return {
    status,
    headers: { 'content-type': `${contentType}; charset=utf-8`, ...headers },
    body: Buffer.from(typeof body === 'string' ? body : JSON.stringify(body)),
  };
}
