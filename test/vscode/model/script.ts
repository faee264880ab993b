// What a test and the scripted model write down for each other, in the model's storage folder.

/** Files: the test writes one for each of its questions. The model writes the others: a line each time that it was asked, and the test's latest question once a new chat is open for it. */
export const SCRIPT = (name: string): string => `${name}.json`;
export const LATEST = 'latest';
export const HEARD = 'heard.jsonl';
export const OPENED = 'opened';

/** What the model says once its calls are answered. */
export const ANSWERED = (name: string): string => `That was ${name}.`;

export interface Script {
  /** `question1`: it stands in what the person asks. */
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
