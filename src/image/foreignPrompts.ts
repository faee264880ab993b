// Turns the texts that common image generators leave in their files into the prompt that was asked for.

/** The prompt of a `parameters` text: what stands before its "Negative prompt:" line and its last line of settings, or what its JSON calls so. */
export function promptOfParameters(text: string): string | undefined {
  // Nobody asked for an image in JSON: one that holds no prompt is none.
  if (/^\s*[{[]/.test(text)) {
    const parsed = parseJson(text);
    if (parsed !== undefined) return promptOfJson(parsed) ?? promptOfComfyUi(text);
  }
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
  const isUnwanted = unwantedNodes(graph);
  const wanted = Object.entries(graph).filter(([id, node]) => node.kind.startsWith('CLIPTextEncode') && !isUnwanted(id, node));
  const strings = wanted.flatMap(([, node]) => Object.entries(node.inputs)).flatMap(([name, value]) => (typeof value === 'string' && !NEGATIVE.test(name) ? [value] : []));
  return orUndefined(strings.reduce((longest, value) => (value.length > longest.length ? value : longest), ''));
}

const NEGATIVE = /negative/i;
/** Names under which tools write the prompt into JSON, the surest first. */
const PROMPT_NAMES = ['prompt', 'Prompt', 'positive_prompt', 'positivePrompt', 'positive'];
/** SwarmUI, for one, has its fields one level further down. */
const JSON_DEPTH = 2;

function promptOfJson(value: unknown, depth = JSON_DEPTH): string | undefined {
  if (!isObject(value)) return undefined;
  for (const name of PROMPT_NAMES) {
    const found = value[name];
    if (typeof found === 'string' && found.trim() !== '') return found.trim();
  }
  if (depth === 0) return undefined;
  for (const [name, inner] of Object.entries(value)) {
    const found = NEGATIVE.test(name) ? undefined : promptOfJson(inner, depth - 1);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Tells the nodes that say what is not wanted: by their title, or because nothing but inputs for that lead to them. */
function unwantedNodes(graph: Record<string, Node>): (id: string, node: Node) => boolean {
  const reach = (isStart: (name: string) => boolean, isWay: (name: string) => boolean): Set<string> => {
    const reached = new Set<string>();
    const links = (node: Node, isTaken: (name: string) => boolean): string[] => Object.entries(node.inputs).flatMap(([name, value]) => (isTaken(name) && isLink(value) ? [String(value[0])] : []));
    const ahead = Object.values(graph).flatMap((node) => links(node, isStart));
    for (let id = ahead.pop(); id !== undefined; id = ahead.pop()) {
      const node = Object.hasOwn(graph, id) ? graph[id] : undefined;
      if (!node || reached.has(id)) continue;
      reached.add(id);
      ahead.push(...links(node, isWay));
    }
    return reached;
  };
  const byNegative = reach((name) => NEGATIVE.test(name), () => true);
  const byPositive = reach((name) => /positive|guider/i.test(name), (name) => !NEGATIVE.test(name));
  return (id, node) => NEGATIVE.test(node.title) || (byNegative.has(id) && !byPositive.has(id));
}

interface Node {
  kind: string;
  /** As the person named it. */
  title: string;
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
    const text = (value: unknown): string => (typeof value === 'string' ? value : '');
    const meta = isObject(node['_meta']) ? node['_meta'] : {};
    return [[id, { kind: text(node['class_type']), title: text(meta['title']), inputs: node['inputs'] }]];
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
