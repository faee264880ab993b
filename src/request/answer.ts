// Turns the endpoint's JSON answer into image items, or names why there is none.

/** One image of an answer: either its bytes, or the signed URL they are fetched from (a secret: never logged). */
export type AnswerItem = ({ kind: 'bytes'; bytes: Uint8Array } | { kind: 'url'; url: string }) & {
  revisedPrompt?: string;
};

export interface Answer {
  /** Every item of `data` that holds an image, in order; at least one. */
  items: AnswerItem[];
}
