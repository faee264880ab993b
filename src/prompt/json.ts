// Describes JSON values, the form in which extra request fields travel.
import * as v from 'valibot';

export type JsonValue = string | number | boolean | null | JsonValue[] | { [key: string]: JsonValue };

/** Extra request fields by name; `null` removes a standard field from the request. */
export type RequestFields = Record<string, JsonValue>;

export const jsonValueSchema: v.GenericSchema<JsonValue> = v.lazy(() =>
  v.union([v.string(), v.number(), v.boolean(), v.null(), v.array(jsonValueSchema), v.record(v.string(), jsonValueSchema)]),
);

export const requestFieldsSchema: v.GenericSchema<RequestFields> = v.record(v.string(), jsonValueSchema);
