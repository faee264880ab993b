// Turns the texts that common image generators leave in their files into the prompt that was asked for.

/** The prompt of a `parameters` text: what stands before its "Negative prompt:" line and its last line of settings. */
export function promptOfParameters(text: string): string | undefined {
  const lines = text.split(/\r?\n/);
  const steps = lines.findLastIndex((line) => /^Steps: \d/.test(line));
  const end = steps >= 0 ? steps : isSettings(lines.at(-1) ?? '') ? lines.length - 1 : lines.length;
  const negative = lines.findIndex((line, index) => index < end && line.startsWith('Negative prompt:'));
  return orUndefined(lines.slice(0, negative < 0 ? end : negative).join('\n'));
}

/** The prompt of ComfyUI's `prompt` text: the JSON graph of nodes, each `{ class_type, inputs }`, that made the image. */
export function promptOfComfyUi(text: string): string | undefined {
  const graph = parseGraph(text);
  if (!graph) return undefined;
  const nodes = Object.values(graph);
  for (const start of [
    nodes.find((node) => node.kind.includes('KSampler') && isLink(node.inputs['positive'])),
    nodes.find((node) => isLink(node.inputs['positive'])),
    nodes.find((node) => isLink(node.inputs['guider'])),
  ]) {
    const found = start && follow(graph, start.inputs['positive'] ?? start.inputs['guider']);
    if (found !== undefined) return found;
  }
  const texts = nodes.filter((node) => node.kind.startsWith('CLIPTextEncode')).flatMap((node) => Object.values(node.inputs));
  const strings = texts.filter((value) => typeof value === 'string');
  return orUndefined(strings.reduce((longest, value) => (value.length > longest.length ? value : longest), ''));
}

interface Node {
  kind: string;
  inputs: Record<string, unknown>;
}

/** Inputs that hold a text or lead to one, the surest first. */
const LEADING = ['text', 'text_g', 't5xxl', 'clip_l', 'prompt', 'string', 'value', 'positive', 'conditioning', 'conditioning_1', 'conditioning_to', 'guider'];

function follow(graph: Record<string, Node>, link: unknown): string | undefined {
  const seen = new Set<string>();
  const ahead: unknown[] = [link];
  while (ahead.length > 0) {
    const value = ahead.pop();
    if (typeof value === 'string' && value.trim() !== '') return value.trim();
    if (!isLink(value)) continue;
    const id = String(value[0]);
    const node = Object.hasOwn(graph, id) ? graph[id] : undefined;
    if (!node || seen.has(id)) continue;
    seen.add(id);
    ahead.push(...LEADING.map((name) => node.inputs[name]).reverse());
  }
  return undefined;
}

/** ComfyUI writes an input that comes from another node as `[id, output]`. */
function isLink(value: unknown): value is [string | number, unknown] {
  return Array.isArray(value) && (typeof value[0] === 'string' || typeof value[0] === 'number');
}

function parseGraph(text: string): Record<string, Node> | undefined {
  // Python's JSON writer lets NaN through, as the value of `is_changed`.
  const parsed = parseJson(text) ?? parseJson(text.replace(/([[:,]\s*)NaN\b/g, '$1null'));
  if (!isObject(parsed)) return undefined;
  const entries = Object.entries(parsed).flatMap(([id, node]): [string, Node][] => {
    if (!isObject(node) || !isObject(node['inputs'])) return [];
    return [[id, { kind: typeof node['class_type'] === 'string' ? node['class_type'] : '', inputs: node['inputs'] }]];
  });
  return Object.fromEntries(entries);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Three settings "Name: value" and more in one line, as generators without steps write them. */
function isSettings(line: string): boolean {
  return (line.match(/(?:^|, )[A-Z][\w ]{0,40}: [^,]/g)?.length ?? 0) >= 3;
}

function orUndefined(text: string): string | undefined {
  return text.trim() === '' ? undefined : text.trim();
}
