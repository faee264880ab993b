// Stands in for the translations: English as it stands in the code, or the bundle that a test names.
import { world } from './world.ts';

type Values = Readonly<Record<string, string | number | boolean>>;
type Arguments = (string | number | boolean)[] | [Values];

/** Puts values in the place of `{0}` or `{name}`; a name without a value stays as it is. */
function fill(text: string, values: Values): string {
  return text.replace(/\{([^}]+)\}/g, (whole, name: string) => (values[name] === undefined ? whole : String(values[name])));
}

export const l10n = {
  t(what: string | { message: string; args?: Arguments | Values }, ...rest: Arguments): string {
    const { message, args = {} } = typeof what === 'object' ? what : { message: what, args: typeof rest[0] === 'object' ? rest[0] : rest };
    return fill(world.bundle[message] ?? message, args as Values);
  },
  get bundle(): Readonly<Record<string, string>> {
    return world.bundle;
  },
};
