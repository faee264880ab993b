// Says what a server's words mean, whatever the status that they came with.
import type { FailureReason } from './failure.ts';

/** What words can say. `used up` and `slow down` are told apart: one never ends by waiting, the other does. */
export type Meaning = Extract<FailureReason, 'contentRefused' | 'accountOverdue' | 'quotaUsedUp' | 'rateLimited' | 'accessDenied' | 'modelNotFound' | 'keyRefused'>;

/** One pattern of several, in any letter case. */
function anyOf(...patterns: readonly (RegExp | string)[]): RegExp {
  return new RegExp(patterns.map((pattern) => (typeof pattern === 'string' ? pattern : pattern.source)).join('|'), 'i');
}

const CONTENT = anyOf(
  /data_?inspection|(content|usage|safety|prohibited|acceptable)[ _-]?(use )?polic(y|ies)/,
  /content[ _-]?(filter|check|moderat|safety|violation|audit)|moderation|responsible ?ai|censor/,
  /sensitive[ _]?(words?|contents?|info|data)/,
  /(prohibited|inappropriate|illegal|harmful|explicit|unsafe|nsfw|disallowed)[ _](content|material|image|prompt|word)/,
  /(input|output|prompt|text|image)[ _]?(is |was |may |might |contains? |be )*(sensitive|risk(y|_control)|unsafe|blocked|flagged|inappropriate)\b/,
  /risk_?control|safety[ _](system|settings?|checker|filter|reasons?)|image[ _-]?safety|\bnsfw\b/,
  /(content|prompt|input)[^.;]{0,60}(blocked|flagged|rejected by)|unsafe|ip_?infringement|copyright|recitation|敏感/,
  /不安全|违规|违禁|内容审核|审核(未通过|不通过|失败)|涉黄|不合规|侵权|风控/,
);

const OVERDUE = anyOf(
  /arrear|(bill|payment|account|invoice)[ _]?(is |was |are )?[ _]?overdue|overdue[ _](payment|account|bill|invoice|balance)/,
  /past[ _](due|invoices?)|unpaid|failure to pay|payment[ _](failed|has failed|declined)|delinquent/,
  /(account|organi[sz]ation|team|user|project|workspace|tenant)\b[^.;]{0,80}\b(suspended|frozen|in arrears)/,
  /account[ _]?(is |has been |was )?[ _]?suspended|suspended[^.;]{0,40}account|billing[ _]?(is )?not[ _]?active/,
  /in good standing|欠费|逾期|(账户|账号|帐户|帐号)[^。；]{0,12}(冻结|停用|停机)/,
);

/** Money or an allowance that is gone: no wait brings it back. */
const USED_UP = anyOf(
  /insufficient[ _-]?(?!gpu|compute|cache|kv|memory)(\w+[ _]){0,2}(quota|balance|credits?|funds?|tokens?)/,
  /(balance|credits?|quota|funds)[^.;]{0,40}\b(insufficient|not[ _]enough|too low|depleted|exhausted|used up|run out|ran out|negative|is (low|zero|empty|0)\b)/,
  /(not|no|without|reject_no)[ _](have )?(enough|any|sufficient|remaining|available)?[ _]?(\w+ )?(balance|credits?|funds)\b/,
  /(balance|quota|credits?)_(is_)?(not_enough|exhausted|exceeded|depleted)/,
  /(used|spent|consumed|exhausted)( up)?( all)?( of)?( your| the| its)?( available| remaining| free| monthly| prepaid)* (credits?|balance|quota|funds)/,
  /\b(out of|run out of|ran out of|need(s)? more|requires? (more |paid )?|purchase( more)?|buy( more)?|add( more)?) ?(credits?|balance|funds)\b/,
  /spend(ing)?[ _](limit|cap)|(budget|max_budget)[^.;]{0,60}(exceed|exhaust|used up|reached)/,
  /(exceed|over)[^.;]{0,40}\bbudget|prepa(id|yment)[^.;]{0,40}(deplet|exhaust|used|insufficient)/,
  /billing_?hard_?limit|payment[ _]?required/,
  /free[ _]?(tier|quota|trial|credits?|allocated)[ _]?(only|[^.;]{0,40}(used up|exhausted|ended|expired|exceeded|over))/,
  /\blimit:? ?0\b|commodity_?not_?purchased|(trial|subscription|plan)[^.;]{0,30}(has |is )?(ended|expired|inactive)/,
  /(please )?(recharge|top[ -]?up)\b|额度|余额|配额(不足|已|用)|充值|资源包|套餐/,
);

/** A limit of a longer time than anybody waits for. */
const LONG_LIMIT = anyOf(
  /(quota|limit|requests|usage|allowance|generations|images|calls|tokens)[^.;]{0,50}(per|a|each|this) ?(day|week|month)\b/,
  /\b(daily|weekly|monthly|today'?s?|rpd|tpd)\b[^.;]{0,60}(quota|limit|usage|allowance|requests|credits)/,
  /(quota|limit)[^.;]{0,80}(tomorrow|for today|next month)|today'?s quota|per[ _-]?(day|month)|\b(rpd|tpd)\b|今日|当日/,
  /每日|每天|单日|明天|本月|每月/,
);

/** "Exceeded" without a word about time: an allowance, unless something in it speaks of minutes. */
const QUOTA = anyOf(
  /insufficient_?quota|allocation_?quota|allocated quota/,
  /quota[ _]?(is |was |has been )?(exceeded|used[ _]up|exhausted|not[ _]enough|reached|limit)|quota_?exceeded/,
  /exceeded[^.;]{0,40}\bquota|(usage|hard)[ _]limit[^.;]{0,30}(reached|exceeded)|配额/,
);

/** A limit for a minute or so. */
const SLOW_DOWN = anyOf(
  /rate[ _-]?(quota|limit)|ratelimit|too[ _]many[ _](concurrent[ _])?requests/,
  /(requests?|tokens?|images?|calls|limit|quota|rpm|tpm)[^;]{0,60}\bper[ _-]?(minute|min|second|sec|hour)\b/,
  /per(minute|second)|\b([rt]p[ms]|ipm)\b|requests? (are |is )?too (frequent|fast|quickly)|concurren(t|cy)/,
  /token-limit|slow down|(retry|try again) (in|after) \d|请求过于频繁|请求频率|频率|限流|限速|速率|并发|每分钟|每秒|请求过多/,
);

const THROTTLED = /throttl/i;

/** A name with a dot in it, such as qwen-image-2.0, ends no sentence. */
const NEAR = String.raw`(?:[^.;]|\.(?=\S)){0,80}`;
const NO_ACCESS_TO_MODEL = anyOf(
  String.raw`\b(no|not|cannot|can't|denied|without|lacks?|unable|doesn't|don't)\b${NEAR}(access|permission|allowed|authori[sz]ed|permitted|entitled)${NEAR}\bmodels?\b`,
  String.raw`\bmodels?\b${NEAR}(access[_. ]?denied|no access|not (allowed|authori[sz]ed|permitted|enabled for))`,
  /model[_.]?access[_.]?denied|unpurchased|无权(使用|访问)|没有权限/,
);
const ACCESS = anyOf(
  /(no|not have|without|lacks?) (the )?(necessary )?(access|permission)/,
  /not (allowed|authori[sz]ed|permitted|entitled) (to|for)|access_?denied|permission_?denied|permission_error/,
  /forbidden|must be (verified|approved)|无权|没有权限/,
);
const NO_MODEL = anyOf(
  /models?[_ ]?not[_ ]?(found|exist|open)/,
  String.raw`\bmodel\b${NEAR}(does not|doesn't|do not|did not|not|cannot be|could not be|no longer) (exist|found|supported|available|recogni[sz]ed|loaded|activated|a valid)`,
  String.raw`(not|hasn't|has not) (activated|opened|found|loaded|deployed)${NEAR}\bmodel\b`,
  /(unknown|invalid|no such|unsupported|unrecogni[sz]ed)[ _](image[ _])?model/,
  String.raw`\bmodel\b${NEAR}(is|has been|was) (paused|offline|disabled|retired|deprecated|discontinued|removed|decommissioned|shut down|an? (unknown|invalid))`,
  /model disabled|no (available |healthy )?(channel|deployment|provider|account)s? (available )?for/,
  /deployment[^.;]{0,60}does not exist|deploymentnotfound|无可用渠道|没有可用(的)?渠道|模型(不存在|未开通|未找到|已下线|不可用)|未开通/,
);
const KEY = anyOf(
  /(invalid|incorrect|wrong|missing|malformed|no|expired|revoked|unknown|disabled)[ _-]?(or \w+ )?(api|auth|access|bearer|authorization|authentication)?[ _-]?(key|token|credentials?)\b/,
  /(api|access|secret)[ _-]?key[^.;]{0,40}(invalid|missing|required|not valid|not found|expired|not provided|wrong|incorrect|revoked|disabled|leaked)/,
  /token (is |has )?(invalid|expired|not valid|disabled|revoked|incorrect)|authentication_?(error|failed|required)/,
  /auth(entication)? (failed|required)|unauthori[sz]ed|unauthenticated|not authenticated/,
  /(provide|missing|include)[^.;]{0,30}(api key|authorization|bearer|credentials)|令牌|密钥(无效|错误|不正确|已过期)|鉴权失败|认证失败/,
  /未授权|未提供/,
);

/** A code is exact: it counts for more than the sentence beside it. */
const MODEL_CODE = /^model_?not_?(found|exist|open)$|^invalid_?model$/i;

/** What names a key or an access as wrong whatever the status; the sentences of a server that failed may speak of its own keys. */
const KEY_CODE = /^(invalid|incorrect|missing|expired|no)_?(key|token)$|^authentication_?(error|failed)$|^unauthori[sz]ed$|^unauthenticated$/i;
const KEY_NAME = /\b(invalid|incorrect|missing|expired)_?api_?key\b/i;
const ACCESS_CODE = /^(model\.?)?access_?denied$|^permission_?(denied|error)$|^forbidden$/i;
/** What happened to the work: beside it a word about the content or the model names a part of the server, no refusal. */
const BROKE_DOWN = /tim(e|ed)[ _-]?out|disconnect|\bcrash|connection|超时/;

/**
 * What the words mean, or undefined if they name nothing that is known. `said` is folded and without what was sent.
 * What costs most to get wrong is asked first: no money is no wrong key, a model without access is no wrong key either.
 */
export function meaningOf(said: string, codes: readonly string[], status: number): Meaning | undefined {
  const isLong = LONG_LIMIT.test(said);
  const isSlow = SLOW_DOWN.test(said) && !isLong;
  if (codes.some((code) => /^insufficient_(user_)?quota$/i.test(code))) return 'quotaUsedUp';
  if (OVERDUE.test(said)) return 'accountOverdue';
  const hasFailed = status >= 500;
  const brokeDown = hasFailed && BROKE_DOWN.test(said);
  if (CONTENT.test(said) && !brokeDown) return 'contentRefused';
  if (USED_UP.test(said) || (isLong && (status === 429 || QUOTA.test(said) || SLOW_DOWN.test(said)))) return 'quotaUsedUp';
  if (QUOTA.test(said)) return isSlow ? 'rateLimited' : 'quotaUsedUp';
  if (status !== 403 && codes.some((code) => MODEL_CODE.test(code))) return 'modelNotFound';
  if (isSlow || THROTTLED.test(said)) return 'rateLimited';
  if (NO_MODEL.test(said) && !brokeDown && !(status === 403 && NO_ACCESS_TO_MODEL.test(said))) return 'modelNotFound';
  // Of a server that has failed only a code says this; none of its sentences does.
  if (hasFailed) return namedByCode(said, codes);
  if (NO_ACCESS_TO_MODEL.test(said)) return 'accessDenied';
  // A proxy's "403 Forbidden" or "401 Unauthorized" says no more than its number does.
  if (ACCESS.test(said) && (status === 403 || status === 400 || status < 400)) return 'accessDenied';
  return KEY.test(said) ? 'keyRefused' : undefined;
}

function namedByCode(said: string, codes: readonly string[]): Meaning | undefined {
  if (codes.some((code) => ACCESS_CODE.test(code))) return 'accessDenied';
  return KEY_NAME.test(said) || codes.some((code) => KEY_CODE.test(code)) ? 'keyRefused' : undefined;
}
