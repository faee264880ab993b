// Turns a known or saved service into the settings that use it.
import * as v from 'valibot';
import { requestFieldsSchema, type RequestFields } from '../prompt/json.ts';
import type { KnownModel, KnownService } from './knownService.ts';
import { knownModelAt, knownServiceAt } from './findKnown.ts';

const text = v.pipe(v.string(), v.trim(), v.nonEmpty());

/** One of the setting `services`. */
export const savedServiceSchema = v.object({
  name: text,
  endpoint: text,
  model: text,
  sizes: v.optional(v.array(v.string())),
  requestFields: v.optional(requestFieldsSchema),
  maxPromptCharacters: v.optional(v.pipe(v.number(), v.minValue(0))),
});

export type SavedService = v.InferOutput<typeof savedServiceSchema>;

/** The settings that a service decides; undefined means that the default holds. */
export interface ServiceSettings {
  endpoint: string;
  model: string;
  sizes: string[] | undefined;
  requestFields: RequestFields | undefined;
  maxPromptCharacters: number | undefined;
}

/** The defaults of the settings are those of these models; of another they would be guesses. */
const OWN_MODEL = /^qwen-image-(max|plus)\b/i;

export function settingsOfKnown(service: KnownService, endpoint: string, model: string): ServiceSettings {
  return { endpoint, model, ...factsOf(service, service.models.find(({ id }) => id === model), model) };
}

export function settingsOfSaved({ endpoint, model, sizes, requestFields, maxPromptCharacters }: SavedService): ServiceSettings {
  return { endpoint, model, sizes, requestFields, maxPromptCharacters };
}

/** For another model of the endpoint that is set; what is not known of it keeps what the person has set. */
export function settingsOfModel(host: string, current: ServiceSettings, model: string): ServiceSettings {
  const known = knownModelAt(host, model);
  if (known) return { endpoint: current.endpoint, model, ...factsOf(known.service, known.model, model) };
  const service = knownServiceAt(host);
  if (service && service.kind !== 'ownMachine') return { endpoint: current.endpoint, model, ...factsOf(service, undefined, model) };
  return { ...current, model };
}

function factsOf({ requestFields }: KnownService, known: KnownModel | undefined, model: string): Pick<ServiceSettings, 'sizes' | 'requestFields' | 'maxPromptCharacters'> {
  return {
    sizes: known?.sizes && [...known.sizes],
    requestFields,
    maxPromptCharacters: known?.maxPromptCharacters ?? (OWN_MODEL.test(model) ? undefined : 0),
  };
}
