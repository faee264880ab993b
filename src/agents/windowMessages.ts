// Says what the server that an agent starts and a VS Code window may say to each other, and parses it.
import * as v from 'valibot';

/** Raised if an older side could misread a message. */
export const BRIDGE_VERSION = 1;

/** The most characters of one message; four small images in base64 fit well. */
export const MOST_MESSAGE_CHARACTERS = 4_000_000;

const text = (most: number) => v.pipe(v.string(), v.maxLength(most));

/** What a window writes into a file that only its user can read, so that a server finds it. */
export const windowFileSchema = v.object({
  bridge: v.number(),
  /** Of the extension, for a sentence. */
  version: text(40),
  pid: v.pipe(v.number(), v.integer()),
  /** Socket or named pipe. */
  address: text(400),
  /** Whoever can read this file may talk to the window. */
  token: text(200),
  /** Absolute paths as this system writes them. */
  folders: v.array(text(4000)),
  /** When the window had the focus last, in milliseconds since 1970. */
  focusedMs: v.number(),
});
export type WindowFile = v.InferOutput<typeof windowFileSchema>;

/** What a server says to a window. */
export const serverMessageSchema = v.variant('type', [
  v.object({ type: v.literal('hello'), bridge: v.number(), token: text(200), client: v.object({ name: text(200), version: text(100) }) }),
  v.object({ type: v.literal('call'), id: v.number(), tool: text(100), arguments: v.unknown() }),
  v.object({ type: v.literal('cancel'), id: v.number() }),
]);
export type ServerMessage = v.InferOutput<typeof serverMessageSchema>;

const partSchema = v.variant('type', [
  v.object({ type: v.literal('text'), text: v.string() }),
  v.object({ type: v.literal('image'), data: v.string(), mimeType: v.string() }),
]);

/** What a window says to a server. */
export const windowMessageSchema = v.variant('type', [
  v.object({ type: v.literal('welcome') }),
  v.object({ type: v.literal('refused'), sentence: v.string() }),
  v.object({ type: v.literal('progress'), id: v.number(), done: v.number(), total: v.number(), message: v.string() }),
  v.object({ type: v.literal('answer'), id: v.number(), isError: v.boolean(), parts: v.array(partSchema) }),
]);
export type WindowMessage = v.InferOutput<typeof windowMessageSchema>;

/** A message read from a line, or undefined for anything else. */
export function parseMessage<S extends v.GenericSchema>(schema: S, line: string | undefined): v.InferOutput<S> | undefined {
  if (line === undefined) return undefined;
  try {
    const read = v.safeParse(schema, JSON.parse(line));
    return read.success ? read.output : undefined;
  } catch {
    return undefined;
  }
}
