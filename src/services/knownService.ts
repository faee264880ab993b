// Describes what is known of a public service or a server of one's own, each fact with the pages that say it.
import * as v from 'valibot';
import { requestFieldsSchema } from '../prompt/json.ts';

const webPage = v.pipe(v.string(), v.url(), v.startsWith('https://'));
const size = v.pipe(v.string(), v.regex(/^[1-9]\d{1,4}x[1-9]\d{1,4}$/));

const priceSchema = v.strictObject({
  amount: v.pipe(v.number(), v.minValue(0)),
  currency: v.picklist(['USD', 'CNY']),
});

/** Whatever no page says is left out, and nothing is assumed of it. */
const modelSchema = v.strictObject({
  /** As the field `model` wants it. */
  id: v.pipe(v.string(), v.nonEmpty()),
  sizes: v.optional(v.pipe(v.array(size), v.nonEmpty())),
  maxPromptCharacters: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1))),
  requestsPerMinute: v.optional(v.pipe(v.number(), v.minValue(1))),
  /** What one image takes without fields of one's own; of a range the longer end. */
  usualSeconds: v.optional(v.pipe(v.number(), v.integer(), v.minValue(2))),
  /** Of one image at the service's own list price. */
  price: v.optional(priceSchema),
});

export const knownServiceSchema = v.strictObject({
  name: v.pipe(v.string(), v.nonEmpty()),
  /** `gateway`: sells the models of others; `service`: its own; `ownMachine`: a program that one runs oneself. */
  kind: v.picklist(['gateway', 'service', 'ownMachine']),
  /** Base URL; left out if each person has one of their own. */
  endpoint: v.optional(v.string()),
  /** Looks like the address that is asked for. */
  example: v.optional(v.string()),
  /** Known to draw, the usual one first; none if the person names them. */
  models: v.array(modelSchema),
  /** For the setting of that name: what to leave out or to send besides. */
  requestFields: v.optional(requestFieldsSchema),
  /** Where a key is made, or the maker's own page that says where. */
  keyPage: v.optional(webPage),
  /** Only for a program on one's own machine that asks for one all the same. */
  needsKey: v.optional(v.boolean()),
  sources: v.pipe(v.array(webPage), v.nonEmpty()),
  /** The day on which the pages were read. */
  read: v.pipe(v.string(), v.isoDate()),
});

export type KnownService = v.InferOutput<typeof knownServiceSchema>;
export type KnownModel = v.InferOutput<typeof modelSchema>;
export type Price = v.InferOutput<typeof priceSchema>;
