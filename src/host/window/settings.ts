// Turns VS Code's configuration into checked values; a value of the wrong type counts as not set.
import * as vscode from 'vscode';
import * as v from 'valibot';
import { requestFieldsSchema } from '../../prompt/json.ts';
import { CONTRACT_SIZES, DEFAULT_SIZE, formatSize, parseSize } from '../../prompt/size.ts';
import { savedServiceSchema } from '../../services/savedService.ts';
import { PREFIX } from './ids.ts';

const styleSchema = v.object({ label: v.string(), text: v.string() });

const shapes = {
  endpoint: v.fallback(v.string(), ''),
  model: v.fallback(v.pipe(v.string(), v.trim(), v.minLength(1)), 'qwen-image-max'),
  size: v.fallback(v.string(), DEFAULT_SIZE),
  sizes: v.fallback(v.array(v.string()), [...CONTRACT_SIZES]),
  promptExtend: v.fallback(v.boolean(), true),
  watermark: v.fallback(v.boolean(), false),
  maxPromptCharacters: v.fallback(v.pipe(v.number(), v.minValue(0)), 800),
  requestFields: v.fallback(requestFieldsSchema, {}),
  services: v.fallback(v.pipe(v.array(v.unknown()), v.transform((list) => list.flatMap((entry) => {
    const result = v.safeParse(savedServiceSchema, entry);
    return result.success ? [result.output] : [];
  }))), []),
  timeoutSeconds: v.fallback(v.pipe(v.number(), v.minValue(5)), 300),
  concurrency: v.fallback(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(8)), 2),
  fileFormat: v.fallback(v.picklist(['original', 'webp', 'jpeg']), 'original'),
  fileQuality: v.fallback(v.pipe(v.number(), v.minValue(1), v.maxValue(100)), 82),
  fileMaxWidth: v.fallback(v.pipe(v.number(), v.integer(), v.minValue(0)), 0),
  fileMaxKB: v.fallback(v.pipe(v.number(), v.minValue(0)), 0),
  saveTo: v.fallback(v.string(), '${documentDir}/images/${slug}.${ext}'),
  linkBase: v.fallback(v.string(), ''),
  altText: v.fallback(v.string(), '${prompt}'),
  linkTemplates: v.fallback(v.record(v.string(), v.string()), {}),
  embedRecipe: v.fallback(v.boolean(), true),
  'missingImages.hints': v.fallback(v.boolean(), false),
  'missingImages.highDensity': v.fallback(v.boolean(), false),
  styles: v.fallback(v.array(styleSchema), []),
  notifications: v.fallback(v.boolean(), true),
  unattendedImages: v.fallback(v.pipe(v.number(), v.minValue(0)), 10),
  agentTools: v.fallback(v.boolean(), true),
  'history.maxSizeMB': v.fallback(v.pipe(v.number(), v.minValue(0)), 2048),
} as const;

export type SettingName = keyof typeof shapes;
export type SettingValue<Name extends SettingName> = v.InferOutput<(typeof shapes)[Name]>;

/** One setting's value, for a document or folder if its scope allows that. */
export function readSetting<Name extends SettingName>(name: Name, scope?: vscode.ConfigurationScope): SettingValue<Name> {
  const value: unknown = vscode.workspace.getConfiguration(PREFIX, scope ?? null).get(name);
  return v.parse(shapes[name], value);
}

/** Sizes to offer, normalised to `WxH`, unreadable ones left out. */
export function offeredSizes(scope?: vscode.ConfigurationScope): string[] {
  const sizes = readSetting('sizes', scope).flatMap((text) => {
    const size = parseSize(text);
    return size ? [formatSize(size)] : [];
  });
  return sizes.length > 0 ? [...new Set(sizes)] : [...CONTRACT_SIZES];
}

/** Sizes in the order of use: `lastSize`, else the setting's, then the others. */
export function sizesInOrder(lastSize: string | undefined, scope?: vscode.ConfigurationScope): string[] {
  const preferred = parseSize(lastSize ?? '') ?? parseSize(readSetting('size', scope));
  const first = preferred ? [formatSize(preferred)] : [];
  return [...new Set([...first, ...offeredSizes(scope)])];
}

/** Changes a setting where the person keeps it: in their own settings, never in the workspace's; undefined brings the default back. */
export async function writeSetting<Name extends SettingName>(name: Name, value: SettingValue<Name> | undefined): Promise<void> {
  await vscode.workspace.getConfiguration(PREFIX).update(name, value, vscode.ConfigurationTarget.Global);
}
