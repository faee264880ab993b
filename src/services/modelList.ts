// Reads the list of models that an endpoint gives, those that are known to draw first.

/** Parts of the names of models that make images from a text. */
const DRAWS = /image|imagen|dall-?e|flux|seedream|cogview|kolors|stable-?diffusion|\bsd(xl|3|-)|recraft|ideogram|hidream|hunyuan-?(dit|image)|wan\d|wanx|t2i|midjourney|irag|sana|playground|banana/i;
/** Models whose names say the same, but which change or read an image, or make something else. */
const OTHER = /edit|inpaint|upscal|caption|embed|rerank|vision|video|t2v|i2v|-vl\b|understand|moderation|vectorize|image-to-/i;
const MOST_MODELS = 2000;
const LONGEST_NAME = 200;

/** The names in an answer of `GET …/models`, without repeats; undefined if it is no such list. */
export function readModelList(text: string): string[] | undefined {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return undefined;
  }
  const list = listIn(json);
  if (!list) return undefined;
  const names = list.slice(0, MOST_MODELS).flatMap((entry) => {
    const name = nameOf(entry);
    // Control characters would let a server write its own lines into a list that a person chooses from.
    return name !== undefined && name !== '' && name.length <= LONGEST_NAME && !/\p{Cc}/u.test(name) ? [name] : [];
  });
  return [...new Set(names)];
}

/** Whether a model of this name makes images from text, as far as its name tells. */
export function seemsToDraw(name: string): boolean {
  return DRAWS.test(name) && !OTHER.test(name);
}

/** `known` in their own order, then those whose names say that they draw, then all others; the last two by name. */
export function sortModels(names: readonly string[], known: readonly string[]): string[] {
  const rankOf = (name: string): number => (known.includes(name) ? known.indexOf(name) : known.length + (seemsToDraw(name) ? 0 : 1));
  return [...names].sort((a, b) => rankOf(a) - rankOf(b) || (a < b ? -1 : a > b ? 1 : 0));
}

function listIn(json: unknown): unknown[] | undefined {
  if (Array.isArray(json)) return json as unknown[];
  if (typeof json !== 'object' || json === null) return undefined;
  if ('data' in json && Array.isArray(json.data)) return json.data as unknown[];
  return 'models' in json && Array.isArray(json.models) ? (json.models as unknown[]) : undefined;
}

function nameOf(entry: unknown): string | undefined {
  if (typeof entry === 'string') return entry;
  if (typeof entry !== 'object' || entry === null) return undefined;
  if ('id' in entry && typeof entry.id === 'string') return entry.id;
  // Gemini writes `models/name`.
  return 'name' in entry && typeof entry.name === 'string' ? entry.name.replace(/^models\//, '') : undefined;
}
