// Makes the tables of the pages from package.json, the code and both languages.
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { TOOLS } from '../../src/agents/toolSchemas.ts';
import { FAILURES, type Billed, type FailureReason } from '../../src/request/failures/failure.ts';
import { readPackageJson, type Setting } from '../unit/manifest/packageJson.ts';
import { readTexts, ROOT } from '../unit/texts/sourceTexts.ts';
import { servicesTable } from './servicesTable.ts';
import { textsByCase } from './textsByCase.ts';

export type Language = 'en' | 'zh-CN';

/** A table as it has to stand in a page. `undefined` is a cell that people write; the row keeps it as long as its first cell stays. */
export interface PageTable {
  readonly head: readonly string[];
  readonly rows: readonly (readonly (string | undefined)[])[];
}

const SENTENCES = 'src/host/failures/sentences.ts';
const CHARGED: Record<Language, Record<Billed, string>> = { en: { no: 'no', maybe: 'perhaps', yes: 'yes' }, 'zh-CN': { no: '否', maybe: '可能', yes: '是' } };

/** Every table by its name. */
export async function makeTables(language: Language): Promise<ReadonlyMap<string, PageTable>> {
  const { ROOMS, describeImports } = (await import(pathToFileURL(join(ROOT, 'test', 'lint', 'rooms.js')).href)) as { ROOMS: Record<string, object>; describeImports: (room: object) => string };
  return new Map<string, PageTable>([
    ['commands', commands(language)],
    ['settings', settings(language)],
    ['errors', errors(language)],
    ['services', servicesTable(language)],
    ...TOOLS.map(({ name }): [string, PageTable] => [name, tool(name, language)]),
    ['walls', { head: ['room', 'may import'], rows: Object.entries(ROOMS).map(([name, room]) => [`\`${name}\``, describeImports(room)]) }],
  ]);
}

function manifestText(language: Language): (text: string) => string {
  const texts = readTexts(language === 'en' ? 'package.nls.json' : 'package.nls.zh-cn.json');
  return (text) => texts.get(/^%(.+)%$/.exec(text)?.[1] ?? '') ?? text;
}

function commands(language: Language): PageTable {
  const text = manifestText(language);
  const titleOf = ({ title, category }: { title: string; category?: string }): string => (category === undefined ? text(title) : `${text(category)}: ${text(title)}`);
  return {
    head: language === 'en' ? ['command', 'id', 'what it does'] : ['命令', '标识', '作用'],
    rows: readPackageJson().contributes.commands.map((command) => [titleOf(command), `\`${command.command}\``, undefined]),
  };
}

function settings(language: Language): PageTable {
  const text = manifestText(language);
  const isEnglish = language === 'en';
  const setBy: Record<string, string> = isEnglish ? { application: 'you', resource: 'you, workspace, folder' } : { application: '用户', resource: '用户、工作区、文件夹' };
  const labelsOf = (value: unknown): string => String((value as { label: string }).label);
  const describeDefault = (value: unknown): string => {
    if (value === '') return isEnglish ? 'empty' : '空';
    if (Array.isArray(value) && value.length > 0) return value.map((one: unknown) => (typeof one === 'string' ? code(one) : text(labelsOf(one)))).join(', ');
    return code(typeof value === 'string' ? value : JSON.stringify(value));
  };
  return {
    head: isEnglish ? ['setting', 'default', 'set by', 'meaning'] : ['设置', '默认值', '在哪里设置', '含义'],
    rows: Object.entries(readPackageJson().contributes.configuration.properties).map(([key, setting]) => [
      code(shortName(key)),
      describeDefault(setting.default),
      setBy[setting.scope ?? ''] ?? '',
      cell(describeSetting(text(setting.markdownDescription ?? ''), setting, isEnglish)),
    ]),
  };
}

/** The manifest's text, with the limits if it does not say them itself. */
function describeSetting(text: string, { minimum, maximum }: Setting, isEnglish: boolean): string {
  const meaning = text.replace(/`#([\w.]+)#`/g, (_, name: string) => code(shortName(name)));
  if (maximum !== undefined && !text.includes(String(maximum))) return `${meaning} ${isEnglish ? `${minimum ?? 0} to ${maximum}.` : `${minimum ?? 0} 到 ${maximum}。`}`;
  return maximum === undefined && minimum ? `${meaning} ${isEnglish ? `At least ${minimum}.` : `至少 ${minimum}。`}` : meaning;
}

/** A failure's sentence says what happened, and then what to do; only the first half stands in the table. */
function errors(language: Language): PageTable {
  const chinese = readTexts('l10n/bundle.l10n.zh-cn.json');
  const translate = (text: string): string => (language === 'en' ? text : (chinese.get(text) ?? text));
  const labels = textsByCase(SENTENCES, 'labelOf');
  const rows = [...textsByCase(SENTENCES, 'sentenceOf')].flatMap(([reason, sentences]) => {
    const { billed, actions } = FAILURES[reason as FailureReason];
    const buttons = actions.flatMap((action) => labels.get(action) ?? []).map((label) => `**${translate(label)}**`).join(', ');
    const seen = sentences.filter((sentence) => /\.\s/.test(sentence)).map((sentence) => whatHappened(translate(sentence)));
    return [...new Set(seen)].map((first) => [cell(first), CHARGED[language][billed], buttons, undefined]);
  });
  return { head: language === 'en' ? ['what you see', 'charged', 'button', 'what to do'] : ['你看到的', '计费', '按钮', '怎么办'], rows };
}

function whatHappened(sentence: string): string {
  return (/^.*?(?:\.(?=\s)|。)/.exec(sentence)?.[0] ?? sentence).replace(/[“「]?\{\d\}[”」]?/g, '…').replace(/… *\.$/, '…');
}

function tool(name: string, language: Language): PageTable {
  const schema = TOOLS.find((one) => one.name === name)?.inputSchema;
  const isEnglish = language === 'en';
  const kind = { string: isEnglish ? 'text' : '文本', integer: isEnglish ? 'whole number' : '整数' };
  return {
    head: isEnglish ? ['argument', 'kind', 'required', 'meaning'] : ['参数', '类型', '必填', '含义'],
    rows: Object.entries(schema?.properties ?? {}).map(([key, { type, description, minimum, maximum }]) => {
      const range = minimum === undefined || maximum === undefined ? '' : isEnglish ? `, ${minimum} to ${maximum}` : `，${minimum} 到 ${maximum}`;
      const isRequired = schema?.required.includes(key) === true;
      return [code(key), kind[type] + range, isEnglish ? (isRequired ? 'yes' : 'no') : isRequired ? '是' : '否', isEnglish ? cell(description) : undefined];
    }),
  };
}

function shortName(key: string): string {
  return key.replace(/^generateImage\./, '');
}

function code(text: string): string {
  return `\`${cell(text)}\``;
}

function cell(text: string): string {
  return text.replace(/\s*\n\s*/g, ' ').replaceAll('|', '\\|');
}
