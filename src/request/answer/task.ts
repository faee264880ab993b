// Recognises an answer that promises the image for later: a task with an id, to be asked for elsewhere.

/** Under these names an id is always a task's, whatever stands beside it. */
const TASK_IDS = ['task_id', 'taskId', 'taskID', 'taskid', 'job_id', 'jobId', 'prediction_id', 'generation_id', 'generationId', 'operation_id'];
/** Under these only if the object also says that it is not done. */
const IDS = ['id', 'request_id', 'requestId', 'uuid', 'name', 'result'];
const STATES = ['status', 'state', 'task_status', 'taskStatus', 'task_state', 'phase'];
const NOT_DONE = /^(submit(ted)?|pending|queue(d|ing)?|in[_ -]?queue|waiting|wait|created|accepted|scheduled|not[_ -]?start(ed)?|start(ed|ing)?|init(ializ(ed|ing))?|processing|process|running|in[_ -]?progress|generating|preparing|staging|throttled|排队中|处理中|生成中|已提交)$/i;
const FAILED = /^(fail(ed|ure)?|error|cancel(l?ed)?|expired|rejected|timeout)$/i;
const POLLING = ['polling_url', 'status_url', 'get_url', 'query_url', 'urls'];
const INNER = ['data', 'output', 'result', 'task', 'job'];
const DEEPEST = 3;

/** What a wrapper calls success; anything else beside an id is an error about that task. */
const ALL_WELL = /^(|0|1|20[0-2]|ok|success|succeeded|null)$/i;

/** Whether the object says of itself that it is not done. */
export function isWaiting(fields: Record<string, unknown>): boolean {
  return statesOf(fields).some((state) => NOT_DONE.test(state)) || fields['done'] === false || POLLING.some((name) => hasAddress(fields[name]));
}

/**
 * The id of the task that an answer without an image stands for, `''` for one without an id, undefined if the answer is
 * no task.
 */
export function taskOf(json: unknown, depth = 0): string | undefined {
  if (depth > DEEPEST || typeof json !== 'object' || json === null) return undefined;
  if (Array.isArray(json)) return json.slice(0, 8).map((item) => taskOf(item, depth + 1)).find((id) => id !== undefined);
  const fields = json as Record<string, unknown>;
  if (statesOf(fields).some((state) => FAILED.test(state)) || isTrouble(fields)) return undefined;
  const own = idOf(fields, TASK_IDS) ?? (isWaiting(fields) ? (idOf(fields, IDS) ?? '') : bareId(fields));
  if (own !== undefined && own !== '') return own;
  const inner = INNER.map((name) => taskOf(fields[name], depth + 1)).find((id) => id !== undefined);
  return inner || own;
}

/** new-api and Midjourney proxies: `{"code":"success","data":"<id>"}`, `{"code":1,"result":"<id>"}`. */
function bareId({ code, data, result }: Record<string, unknown>): string | undefined {
  const id = textOf(data) || textOf(result);
  return textOf(code) !== '' && /^(?=.*\d)[\w-]{8,100}$/.test(id) ? id : undefined;
}

function isTrouble(json: unknown): boolean {
  if (typeof json !== 'object' || json === null) return false;
  const { error, errors, code } = json as Record<string, unknown>;
  return [error, errors].some((each) => each !== undefined && each !== null && each !== '' && each !== false) || !ALL_WELL.test(textOf(code));
}

function statesOf(fields: Record<string, unknown>): string[] {
  return STATES.map((name) => textOf(fields[name]));
}

function idOf(fields: Record<string, unknown>, names: readonly string[]): string | undefined {
  return names.map((name) => textOf(fields[name])).find((id) => id !== '');
}

function hasAddress(value: unknown): boolean {
  if (typeof value === 'object' && value !== null) return Object.values(value).some((each) => typeof each === 'string' && hasAddress(each));
  return typeof value === 'string' && /^https?:\/\//i.test(value);
}

function textOf(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value).trim().slice(0, 200) : '';
}
