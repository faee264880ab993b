// What a test and the scripted model write down for each other, in the model's storage folder.

/** Names of the files: the test writes the first; the model the others, `HEARD` a line for each time that it was asked, `OPENED` the name of the script once a new chat is open. */
export const SCRIPT = 'script.json';
export const HEARD = 'heard.jsonl';
export const OPENED = 'opened';

/** What the model says once its calls are answered. */
export const ANSWERED = (name: string): string => `That was ${name}.`;

export interface Script {
  /** Of one question of the person: no other has it. */
  readonly name: string;
  /** All in one turn of the model. */
  readonly calls: readonly { readonly tool: string; readonly input: object }[];
}

export type HeardPart = { readonly text: string; readonly mimeType?: undefined } | { readonly mimeType: string; readonly base64: string };

/** What the model was told with one request. */
export interface Heard {
  readonly tools: readonly { readonly name: string; readonly description: string; readonly inputSchema?: object | undefined }[];
  readonly results: readonly { readonly callId: string; readonly parts: readonly HeardPart[] }[];
  /** Outside of results, in all messages. */
  readonly beside: readonly HeardPart[];
}
