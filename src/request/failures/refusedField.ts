// Finds the name of the request field that a server refused, if leaving it out can help.

const FIELD = '(parameters?|params?|fields?|arguments?|args?|properties|property|keys?|names?|inputs?|keywords?|attributes?|options?)';
const UNKNOWN = '(unknown|unsupported|unexpected|unrecogni[sz]ed|undefined|extra|additional|extraneous|unevaluated|unneeded)';
const NOT_TAKEN = "(not supported|unsupported|unexpected|not permitted|not allowed|unknown|not recogni[sz]ed|not accepted|unrecogni[sz]ed|not available)";
const UNKNOWN_FIELD = new RegExp(
  [
    `${UNKNOWN}[ _]?(request |input |body |query )?[ _]?${FIELD}`,
    `unsupported_?params?|extra_?forbidden|extra (inputs|fields) (are )?not permitted`,
    `additional properties|cannot find field|no such field|(doesn't|does not) have (a )?field|no field named`,
    `\\b${FIELD}\\b[^.;]{0,80}${NOT_TAKEN}`,
    `["'\`‘“][a-z_][\\w.-]{0,63}["'\`’”] (parameter |field |property |argument )?(is |was |are )?(not supported|unsupported|not allowed|not permitted|unexpected|unknown)`,
    `(does not|doesn't|not) support (the )?(param|${FIELD})|got an unexpected keyword|property [\\w.]+ should not exist|must not have additional`,
    '不支持(的)?(参数|字段)|(参数|字段)[^。；]{0,40}不(支持|被允许|允许|存在)|(未知|无效|多余)(的)?(参数|字段)(名)?',
  ].join('|'),
  'i',
);
/** The value is wrong, not the field: leaving it out may do, but was not asked for. */
const WRONG_VALUE = /invalid value|unsupported value|must be (one of|between|a |an |at |less|greater)|expected (one of|type)/i;

/** Where such messages name the field: by its place, by quotes, by what stands before it. */
const NAMES = [
  /['"]?loc['"]?\s*:\s*[[(][^\])]*?['"]([a-z_][\w.-]{0,63})['"]\s*,?\s*[\])]/g,
  /["'`‘“「]([$/]?[a-z_][\w./-]{0,63})["'`’”」]/g,
  /(?<![a-z])(?:parameters?|params?|fields?|arguments?|property|properties|inputs?|keys?|参数|字段)(?=(?: supplied| name| not supported)?\s*[:：=]?\s*\[?["'`]?([a-z_][\w.-]{0,63}))/g,
];

/** Without these there is no request. */
const NEEDED = ['model', 'prompt'];

/**
 * Undefined if no field was refused by name, or one that was not sent or cannot be spared. `said` is in small
 * letters; `param` is the server's own name of the field.
 */
export function fieldOf(said: string, param: string, sentFields: readonly string[] | undefined): string | undefined {
  if (!UNKNOWN_FIELD.test(said)) return undefined;
  // Only a server that names the field outright can mean it beside a wrong value.
  if (WRONG_VALUE.test(said) && !/unknown_?(parameter|field|argument)|extra_?forbidden/.test(said)) return undefined;
  const candidates = [param, ...NAMES.flatMap((pattern) => [...said.matchAll(pattern)].map((match) => match[1] ?? ''))];
  for (const candidate of candidates) {
    const field = sentName(candidate.trim(), sentFields);
    if (field !== undefined && !NEEDED.includes(field)) return field;
  }
  return undefined;
}

/** `body.watermark`, `$.watermark` and `/watermark` are each `watermark`; of a nested field the outermost was sent. */
function sentName(candidate: string, sentFields: readonly string[] | undefined): string | undefined {
  const path = candidate.replace(/^(?:[$#]?[./]+)?(?:(?:body|request|requestbody|payload|params|input)[./])?/i, '');
  const names = [path, path.split(/[./]/)[0] ?? '', path.split(/[./]/).at(-1) ?? ''];
  if (!sentFields) return names.find((name) => /^[a-z_][\w-]{0,63}$/i.test(name));
  return names.map((name) => sentFields.find((field) => field.toLowerCase() === name.toLowerCase())).find((field) => field !== undefined);
}
