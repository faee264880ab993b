// Writes the settings that a service decides, and says in a sentence what they are.
import * as vscode from 'vscode';
import { readEndpoint } from '../../request/send/endpointUrl.ts';
import { formatPrice, knownModelAt, priceOfImage } from '../../services/findKnown.ts';
import type { KnownService } from '../../services/knownService.ts';
import { settingsOfKnown, type ServiceSettings } from '../../services/savedService.ts';
import { readSetting, writeSetting } from '../window/settings.ts';

const t = vscode.l10n.t;

/** What is set now, as a person set it. */
export function currentSettings(): ServiceSettings {
  return {
    endpoint: readSetting('endpoint'),
    model: readSetting('model'),
    sizes: readSetting('sizes'),
    requestFields: readSetting('requestFields'),
    maxPromptCharacters: readSetting('maxPromptCharacters'),
  };
}

/** Of a service that nobody knows only the address is decided. */
export function settingsFor(service: KnownService | undefined, endpoint: string, model: string | undefined): ServiceSettings {
  return service && model !== undefined ? settingsOfKnown(service, endpoint, model) : { ...currentSettings(), endpoint };
}

/** Writes only what differs, the address last: until then nothing goes to it. */
export async function applySettings(settings: ServiceSettings): Promise<void> {
  const current = currentSettings();
  const differs = (name: keyof ServiceSettings): boolean => JSON.stringify(settings[name]) !== JSON.stringify(current[name]);
  if (differs('model')) await writeSetting('model', settings.model);
  if (differs('sizes')) await writeSetting('sizes', settings.sizes);
  if (differs('requestFields')) await writeSetting('requestFields', settings.requestFields);
  if (differs('maxPromptCharacters')) await writeSetting('maxPromptCharacters', settings.maxPromptCharacters);
  if (differs('endpoint')) await writeSetting('endpoint', settings.endpoint);
}

/** "about US$ 0.23" for so many images of the endpoint and model that are set; undefined if no list price is known. */
export function priceOfImages(images: number): string | undefined {
  const result = readEndpoint(readSetting('endpoint'));
  const price = 'endpoint' in result ? priceOfImage(result.endpoint.host, readSetting('model')) : undefined;
  return price && t('about {0}', formatPrice({ ...price, amount: price.amount * images }));
}

/** "Set: qwen-image-max, 5 sizes, at most 800 characters, about US$ 0.08 each (list price of 2026-11-25)." */
export function describeSettings({ model }: ServiceSettings, host: string): string {
  const fields = readSetting('requestFields');
  const removed = Object.keys(fields).filter((name) => fields[name] === null);
  const added = Object.keys(fields).filter((name) => fields[name] !== null);
  const max = readSetting('maxPromptCharacters');
  const price = priceOfImage(host, model);
  // Told, not kept to: a gateway may allow more, and one that allows less says so with a 429.
  const aMinute = knownModelAt(host, model)?.model.requestsPerMinute;
  const parts = [
    model,
    t('sizes {0}', readSetting('sizes').join(', ')),
    max > 0 ? t('at most {0} characters', String(max)) : t('no limit of characters'),
    ...(removed.length > 0 ? [t('without {0}', removed.join(', '))] : []),
    ...(added.length > 0 ? [t('with {0}', added.join(', '))] : []),
    ...(aMinute === undefined ? [] : [t('{0} requests a minute as documented', String(aMinute))]),
    ...(price ? [t('about {0} each (list price of {1})', formatPrice(price), price.read)] : []),
  ];
  return t('Set: {0}.', parts.join('; '));
}
