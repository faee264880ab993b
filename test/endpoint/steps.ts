// The vocabulary of plans: what the stand-in can be told to do with the next request, as plain JSON.

/** Bodies of refusals seen in the wild; `wrapped` is `{code, msg, data: null}`, `xml` is object storage. */
export type ErrorShape = 'openai' | 'upstream' | 'fastapi' | 'fastapiList' | 'errorText' | 'message' | 'wrapped' | 'text' | 'html' | 'xml'
  /** A list around the object; a code beside a text; `errors`; a list under `error`; `error_code`, `error_msg`; `html-message`; `validation[].message`. */
  | 'list' | 'codeAndText' | 'errors' | 'errorList' | 'errorMsg' | 'htmlMessage' | 'validation';

/** A refusal. In `message`, `{key}` becomes the key that the request carried, as some services echo it. */
export interface ErrorFields {
  shape?: ErrorShape;
  /** Default 500. 200 is allowed: some gateways do that. */
  status?: number;
  code?: string | number | null;
  message?: string;
  /** The field that is meant, for `openai` and `fastapiList`. */
  param?: string | null;
  type?: string;
  headers?: Record<string, string>;
}

/** What the image bytes are. `small` is `flat` at a sixteenth of the size that was asked for; `claims60000` is a PNG whose header lies; `text` and `html` are no images. */
export type Image = 'landscape' | 'flat' | 'small' | 'jpeg' | 'webp' | 'gif' | 'avif' | 'claims60000' | 'text' | 'html' | 'empty';

/** How a good answer looks. */
export interface AnswerFields {
  /** `dataUrl` puts a data: URL into `url`, `dataUrlBase64` into `b64_json`; `both` sets both fields. */
  answer?: 'url' | 'base64' | 'dataUrl' | 'dataUrlBase64' | 'both' | 'neither';
  /** What stands in the field that holds no image. Default `empty`: `""`. */
  unused?: 'empty' | 'null' | 'absent';
  /** Length of `data`, default 1. 0 is the empty array that some gateways send. */
  items?: number;
  /** Under which name the images stand, default `data`. */
  list?: 'data' | 'images';
  /** How a result URL is written: whole (default), from the root of this server, in a list of one, or as a path of the server's own disk. */
  urlForm?: 'whole' | 'relative' | 'inList' | 'onDisk';
  /** Server-sent events around the JSON, or only the line that ends them. */
  around?: 'events' | 'done';
  /** Puts the answer inside `{code: 200, msg, data: …}`. */
  wrapper?: boolean;
  created?: 'number' | 'string' | 'absent';
  revisedPrompt?: string;
  image?: Image;
  /** Which of several images of one prompt: they differ, as those of a service do. */
  variant?: number;
  /** Bytes of a private PNG chunk, to make a file large. */
  paddingBytes?: number;
  /** Text chunks that "the service" wrote into the PNG. */
  texts?: { keyword: string; text: string; chunk?: 'tEXt' | 'iTXt' }[];
  /** Life of the result URL, default a day; negative: expired already. */
  expiresInSeconds?: number;
  /** Host name in result URLs, instead of the one that the request came to. */
  urlHost?: string;
  /** Replaces the result URL altogether. */
  url?: string;
  /** More fields beside `created` and `data`. */
  extra?: Record<string, unknown>;
  status?: number;
  headers?: Record<string, string>;
}

/** Faults of the transport; they do not care what the body is. */
export type Fault =
  /** Never goes on: before any header, after the headers, or within the body (default: half of it). */
  | { kind: 'hang'; when: 'headers' | 'body' | 'midBody'; afterBytes?: number }
  /** Promises the whole body, sends a part (default: half) and closes the connection, or resets it. */
  | { kind: 'cut'; afterBytes?: number; how?: 'close' | 'reset'; chunked?: boolean }
  /** `Content-Length` is off by so many bytes; where it promises too much, the connection closes after the body. */
  | { kind: 'wrongLength'; byBytes: number }
  | { kind: 'drip'; bytes?: number; everyMs?: number }
  /** Never ends, as fast as the client reads. */
  | { kind: 'endless' }
  /** gzip of so many bytes of white space before the true body. */
  | { kind: 'gzipBomb'; bytes: number }
  /** The connection is reset without an answer. */
  | { kind: 'reset' }
  | ({ kind: 'error' } & ErrorFields)
  | { kind: 'raw'; status?: number; headers?: Record<string, string>; body?: string; base64?: string }
  | RedirectStep;

export interface RedirectStep {
  kind: 'redirect';
  /** Default 307. */
  status?: number;
  /**
   * `self` and `loop` never end; `otherOrigin` is this machine's second port, `otherHost` the same under another name;
   * `http`, `https` and `file` change the scheme; `result` (downloads) leads to the image after `hops` redirects.
   * Anything else is used as the Location itself.
   */
  to: 'self' | 'loop' | 'otherOrigin' | 'otherHost' | 'http' | 'https' | 'file' | 'result' | (string & {});
  /** For `result`, default 1. */
  hops?: number;
}

/**
 * One POST. Every step may wait first, instead of the stand-in's own delay, or be `held` until `release` lets it go; faults
 * carry the answer's fields along.
 */
export type PostStep = { delayMs?: number; held?: boolean } & (
  | { kind: 'ok' }
  /** A good answer with a field of so many bytes: the image itself, or one that nobody asked for. */
  | { kind: 'bigJson'; bytes: number; where?: 'b64_json' | 'padding' }
  /** No image but a task, as asynchronous services answer; `status` is HTTP's, default 200. */
  | { kind: 'task'; id: string; state?: string; status?: number; where?: 'list' | 'object' | 'output' | 'top' }
  /** A good answer with a field of so many nested arrays. */
  | { kind: 'deepJson'; depth: number }
  | Fault
) & { like?: AnswerFields };

/** How a download behaves besides its fault. */
export interface FileManner {
  delayMs?: number;
  /** Waits until `release` lets it go. */
  held?: boolean;
  /** Default `strong`. */
  etag?: 'strong' | 'weak' | 'none';
  /** `ignored`: answers 200 with the whole file to every range. */
  ranges?: 'honoured' | 'ignored';
  /** `absent`: chunked, without `Content-Length`. */
  length?: 'given' | 'absent';
  /** Compresses, also if the client asked for identity. */
  gzip?: boolean;
  contentType?: string;
  headers?: Record<string, string>;
}

/** One download (GET of a result URL). */
export type DownloadStep = FileManner & (
  | { kind: 'ok' }
  /** The file was replaced: other bytes and another ETag from now on. `force` answers 206 from it even so. */
  | { kind: 'changed'; force?: boolean }
  /** Answers a range that begins so many bytes away from the one asked for, and says so. */
  | { kind: 'wrongRange'; shiftBytes: number }
  | { kind: 'image'; image: Image }
  | Fault
);

/** What holds for every request until it is changed. */
export interface Settings {
  /** Undefined: no key is asked for. */
  key?: string | undefined;
  delayMs: number;
  /** Every POST waits until `release` lets it go. */
  held: boolean;
  answer: 'url' | 'base64';
  models: 'open' | 'closed' | 'missing' | 'html';
  /** `flat` paints in a millisecond, for tests with many images. */
  image: 'landscape' | 'flat' | 'small';
  /** Fields that this server does not know and refuses by name, like servers of another make. */
  refusedFields: string[];
  /** `anything` takes every size, model and extra field: another make of server on the same path. */
  accept: 'contract' | 'anything';
}

/** Body of `POST /__control`; `reset` comes first, `key: null` means that no key is asked for. */
export interface Control extends Partial<Omit<Settings, 'key'>> {
  key?: string | null;
  reset?: boolean;
  plan?: PostStep[];
  planDownload?: DownloadStep[];
  /** Lets so many held requests go: those that wait, then those that are still to come. */
  release?: number;
}
