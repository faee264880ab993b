// Turns lines of the Model Context Protocol into calls of our tools, and their answers into lines.
// Specification: https://modelcontextprotocol.io/specification/2025-11-25
import * as v from 'valibot';
import { TOOLS } from './toolSchemas.ts';

/** The newest published revision and those before it that say the same of all that is used here. */
export const MCP_VERSIONS: readonly string[] = ['2025-11-25', '2025-06-18', '2025-03-26', '2024-11-05'];

/** One part of an answer: text, or a small image in base64. */
export type AnswerPart = { readonly type: 'text'; readonly text: string } | { readonly type: 'image'; readonly data: string; readonly mimeType: string };

export interface ToolAnswer {
  readonly parts: readonly AnswerPart[];
  readonly isError: boolean;
}

/** Who calls, as the client says of itself. */
export interface McpClient {
  readonly name: string;
  readonly version: string;
}

export interface ToolCall {
  readonly tool: string;
  readonly arguments: unknown;
  readonly client: McpClient;
  /** `file:` addresses of the folders that the client works in, as far as it tells: asked anew, at most a few seconds. */
  readonly roots: () => Promise<readonly string[]>;
  readonly signal: AbortSignal;
  /** `done` of `total`; ignored unless the client asked to hear of it. */
  readonly progress: (done: number, total: number, message: string) => void;
}

export interface McpServerParts {
  /** Version of this server, for people. */
  readonly version: string;
  /** Writes one message; the line break is added by the caller. */
  readonly send: (line: string) => void;
  /** Resolves after so many milliseconds. */
  readonly pause: (ms: number) => Promise<void>;
  /** Never rejects with what a model should not read. */
  readonly call: (call: ToolCall) => Promise<ToolAnswer>;
}

const INSTRUCTIONS =
  'Makes image files inside the folder that is open in VS Code. Look with findImageFile first, it is free; generateImageFile is a paid request for each image and asks the person when needed. ' +
  'Look at the small image in the answer before you use the file.';

const idSchema = v.union([v.string(), v.number()]);
const messageSchema = v.object({ jsonrpc: v.literal('2.0'), id: v.optional(idSchema), method: v.optional(v.string()), params: v.optional(v.unknown()), result: v.optional(v.unknown()) });
const rootsSchema = v.object({ roots: v.array(v.object({ uri: v.string() })) });
const initializeSchema = v.object({ protocolVersion: v.string(), capabilities: v.optional(v.object({ roots: v.optional(v.unknown()) })), clientInfo: v.optional(v.object({ name: v.string(), version: v.optional(v.string(), '') })) });
const callSchema = v.object({
  name: v.string(),
  arguments: v.optional(v.unknown()),
  _meta: v.optional(v.object({ progressToken: v.optional(idSchema) })),
});
const cancelledSchema = v.object({ requestId: idSchema });

type Id = v.InferOutput<typeof idSchema>;

/** Codes of JSON-RPC 2.0: https://www.jsonrpc.org/specification#error_object */
const PARSE_ERROR = -32700;
const INVALID_REQUEST = -32600;
const METHOD_NOT_FOUND = -32601;
const INVALID_PARAMS = -32602;
const INTERNAL_ERROR = -32603;

/** A client that promised to tell its roots and does not answer is not waited for longer. */
const LONGEST_ROOTS_MS = 3000;

/** One client's server: hand it each line that the client writes. */
export class McpServer {
  readonly #parts: McpServerParts;
  readonly #running = new Map<Id, AbortController>();
  readonly #asked = new Map<Id, (result: unknown) => void>();
  #client: McpClient = { name: '', version: '' };
  #tellsRoots = false;
  #questions = 0;

  constructor(parts: McpServerParts) {
    this.#parts = parts;
  }

  /** @param line one message; undefined for one that was too long to be read */
  take(line: string | undefined): void {
    if (line === undefined) return this.#fail(null, INVALID_REQUEST, 'The message is too long.');
    if (line.trim() === '') return;
    let value: unknown;
    try {
      value = JSON.parse(line);
    } catch {
      return this.#fail(null, PARSE_ERROR, 'The message is no JSON.');
    }
    const read = v.safeParse(messageSchema, value);
    if (!read.success) return this.#fail(idOf(value), INVALID_REQUEST, 'The message is no request of JSON-RPC 2.0.');
    const { id, method, params, result } = read.output;
    if (method === undefined) {
      if (id !== undefined) this.#asked.get(id)?.(result);
      return;
    }
    if (id === undefined) return this.#note(method, params);
    this.#answer(id, method, params);
  }

  #note(method: string, params: unknown): void {
    if (method !== 'notifications/cancelled') return;
    const read = v.safeParse(cancelledSchema, params);
    if (!read.success) return;
    this.#running.get(read.output.requestId)?.abort();
    // A cancelled request gets no answer.
    this.#running.delete(read.output.requestId);
  }

  #answer(id: Id, method: string, params: unknown): void {
    switch (method) {
      case 'initialize':
        return this.#initialize(id, params);
      case 'ping':
        return this.#send({ id, result: {} });
      case 'tools/list':
        return this.#send({ id, result: { tools: TOOLS.map(({ name, description, inputSchema }) => ({ name, description, inputSchema })) } });
      case 'tools/call':
        return this.#call(id, params);
      default:
        return this.#fail(id, METHOD_NOT_FOUND, `There is no method “${method}” here.`);
    }
  }

  #initialize(id: Id, params: unknown): void {
    const read = v.safeParse(initializeSchema, params);
    if (!read.success) return this.#fail(id, INVALID_PARAMS, 'initialize needs a protocolVersion.');
    const { protocolVersion, capabilities, clientInfo } = read.output;
    if (clientInfo) this.#client = clientInfo;
    this.#tellsRoots = capabilities?.roots !== undefined;
    this.#send({
      id,
      result: {
        protocolVersion: MCP_VERSIONS.includes(protocolVersion) ? protocolVersion : MCP_VERSIONS[0],
        capabilities: { tools: {} },
        serverInfo: { name: 'generate-image', title: 'Generate Image', version: this.#parts.version },
        instructions: INSTRUCTIONS,
      },
    });
  }

  #call(id: Id, params: unknown): void {
    const read = v.safeParse(callSchema, params);
    if (!read.success) return this.#fail(id, INVALID_PARAMS, 'tools/call needs the name of a tool.');
    const { name, arguments: args, _meta: meta } = read.output;
    if (!TOOLS.some((tool) => tool.name === name)) return this.#fail(id, INVALID_PARAMS, `There is no tool “${name}”.`);
    if (this.#running.has(id)) return this.#fail(id, INVALID_REQUEST, 'A request with this id is still running.');
    const running = new AbortController();
    this.#running.set(id, running);
    const isRunning = (): boolean => this.#running.get(id) === running;
    const progressToken = meta?.progressToken;
    const progress = (done: number, total: number, message: string): void => {
      if (progressToken !== undefined && isRunning()) this.#send({ method: 'notifications/progress', params: { progressToken, progress: done, total, message } });
    };
    this.#parts.call({ tool: name, arguments: args ?? {}, client: this.#client, roots: () => this.#roots(), signal: running.signal, progress }).then(
      ({ parts, isError }) => isRunning() && this.#send({ id, result: { content: parts, isError } }),
      () => isRunning() && this.#fail(id, INTERNAL_ERROR, 'The call failed for a reason that was not foreseen.'),
    ).finally(() => isRunning() && this.#running.delete(id));
  }

  /** https://modelcontextprotocol.io/specification/2025-11-25/client/roots */
  async #roots(): Promise<readonly string[]> {
    if (!this.#tellsRoots) return [];
    const id = `roots-${++this.#questions}`;
    const answer = new Promise<unknown>((resolve) => this.#asked.set(id, resolve));
    this.#send({ id, method: 'roots/list' });
    const result = await Promise.race([answer, this.#parts.pause(LONGEST_ROOTS_MS)]);
    this.#asked.delete(id);
    const read = v.safeParse(rootsSchema, result);
    return read.success ? read.output.roots.map(({ uri }) => uri) : [];
  }

  #fail(id: Id | null, code: number, message: string): void {
    this.#send({ id, error: { code, message } });
  }

  #send(message: object): void {
    this.#parts.send(JSON.stringify({ jsonrpc: '2.0', ...message }));
  }
}

function idOf(value: unknown): Id | null {
  const read = v.safeParse(v.object({ id: idSchema }), value);
  return read.success ? read.output.id : null;
}
