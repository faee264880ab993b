// Stands in for the configuration: the workspace's value over the person's over the default of package.json.
import type * as vscode from 'vscode';
import { DEFAULTS, world } from './world.ts';
import { ConfigurationTarget } from './values.ts';

const layers = (): ReadonlyMap<string, unknown>[] => [world.workspace, world.user, DEFAULTS];

/** One value, or an object of all whose names go on after this one. */
function valueOf(name: string): unknown {
  const holder = layers().find((layer) => layer.has(name));
  if (holder !== undefined) return structuredClone(holder.get(name));
  const below = new Set(layers().flatMap((layer) => [...layer.keys()]).filter((key) => key.startsWith(`${name}.`)));
  if (below.size === 0) return undefined;
  const heads = new Set([...below].map((key) => key.slice(name.length + 1).split('.')[0] ?? ''));
  return Object.fromEntries([...heads].map((head) => [head, valueOf(`${name}.${head}`)]));
}

export function getConfiguration(section?: string): vscode.WorkspaceConfiguration {
  const whole = (key: string): string => (section === undefined || section === '' ? key : `${section}.${key}`);
  return {
    get: <T>(key: string, otherwise?: T): T => (valueOf(whole(key)) ?? otherwise) as T,
    has: (key: string) => valueOf(whole(key)) !== undefined,
    inspect: <T>(key: string) => {
      const name = whole(key);
      const read = (layer: ReadonlyMap<string, unknown>): { value?: T } => (layer.has(name) ? { value: layer.get(name) as T } : {});
      return { key: name, defaultValue: read(DEFAULTS).value, globalValue: read(world.user).value, workspaceValue: read(world.workspace).value };
    },
    update: (key: string, value: unknown, target?: number | boolean | null) => {
      const isGlobal = target === true || target === ConfigurationTarget.Global;
      world.set(whole(key), value, isGlobal ? world.user : world.workspace);
      return Promise.resolve();
    },
  } as vscode.WorkspaceConfiguration;
}
