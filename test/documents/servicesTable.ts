// Makes the table of known services out of the data that Set Up uses.
import { formatPrice } from '../../src/services/findKnown.ts';
import type { KnownModel, KnownService } from '../../src/services/knownService.ts';
import { KNOWN_SERVICES } from '../../src/services/knownServices.ts';
import type { Language, PageTable } from './pageTables.ts';

const WORDS = {
  en: { head: ['service', 'address', 'models', 'sizes', 'characters, price, pace', 'fields', 'read'], yours: 'yours', none: 'not documented', characters: 'characters', about: 'about', aMinute: 'a minute', seconds: 's an image', no: 'no', standard: 'standard' },
  'zh-CN': { head: ['服务', '地址', '模型', '尺寸', '字符、价格、速度', '字段', '查阅'], yours: '自定', none: '无文档', characters: '个字符', about: '约', aMinute: '张/分钟', seconds: '秒/张', no: '不发送', standard: '标准字段' },
};
type Words = (typeof WORDS)[Language];

/** Every known service, in the order of Set Up; what no page says stands there as not documented. */
export function servicesTable(language: Language): PageTable {
  const words = WORDS[language];
  return { head: words.head, rows: KNOWN_SERVICES.map((service) => rowOf(service, words)) };
}

function rowOf({ name, endpoint, models, requestFields = {}, sources, read }: KnownService, words: Words): string[] {
  const [first] = models;
  const fields = Object.entries(requestFields).map(([field, value]) => (value === null ? `${words.no} \`${field}\`` : `\`${field}: ${typeof value === 'string' ? value : JSON.stringify(value)}\``));
  return [
    name,
    endpoint === undefined ? words.yours : `\`${endpoint.replace(/^https:\/\//, '')}\``,
    models.length === 0 ? words.yours : models.map(({ id }) => `\`${id}\``).join(', '),
    first?.sizes?.map((size) => `\`${size}\``).join(', ') ?? words.none,
    (first && limits(first, words)) || words.none,
    fields.join(', ') || words.standard,
    `${read}: ${sources.map((url, index) => `[${index + 1}](${url})`).join(' ')}`,
  ];
}

function limits({ maxPromptCharacters, price, requestsPerMinute, usualSeconds }: KnownModel, words: Words): string {
  return [
    ...(maxPromptCharacters === undefined ? [] : [`${maxPromptCharacters} ${words.characters}`]),
    ...(price ? [`${words.about} ${formatPrice(price)}`] : []),
    ...(requestsPerMinute === undefined ? [] : [`${requestsPerMinute} ${words.aMinute}`]),
    ...(usualSeconds === undefined ? [] : [`${words.about} ${usualSeconds} ${words.seconds}`]),
  ].join(', ');
}
