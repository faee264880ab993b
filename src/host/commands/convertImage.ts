// "Convert or Resize Image…": asks for format, size and weight, then makes new files beside the chosen ones.
import * as vscode from 'vscode';
import type { FileWish } from '../../image/makeFile.ts';
import { parseFileSize } from '../../insert/renameLink.ts';
import { convertFiles } from '../insert/convertFiles.ts';
import type { LinkFinder, Pixels } from '../platform.ts';
import { askInTurn, BACK, type Questions } from '../window/inputs.ts';
import { Refusal } from '../window/refusal.ts';
import { readSetting } from '../window/settings.ts';
import type { Command } from './command.ts';

const t = vscode.l10n.t;

export function convertImageCommand({ pixels, links }: { pixels: Pixels; links: LinkFinder }): Command {
  return {
    id: 'convertImage',
    async run(...args) {
      const [one, many] = args;
      const uris = (Array.isArray(many) ? many : [one]).filter((uri) => uri instanceof vscode.Uri);
      if (uris.length === 0) throw new Refusal(t('Right-click an image in the Explorer, then run this again.'));
      const wish = await askInTurn((questions) => askWish(questions, uris[0]));
      if (wish) await convertFiles(uris, wish, pixels, links);
    },
  };
}

type Answers = Partial<Pick<FileWish, 'type' | 'size' | 'maxWidthPx' | 'maxBytes'>>;

/** Undefined when the person left. */
async function askWish(questions: Questions, scope: vscode.Uri | undefined): Promise<FileWish | undefined> {
  const answers: Answers = {};
  const steps = [askFormat, askSize, askWeight];
  for (let step = 0; step < steps.length; ) {
    const answer = await steps[step]?.(questions);
    if (answer === undefined) return undefined;
    if (answer === BACK) {
      step--;
      continue;
    }
    Object.assign(answers, answer);
    step++;
  }
  const { type = 'original', size, maxWidthPx = 0, maxBytes = 0 } = answers;
  return { type, isTypeDemanded: type !== 'original', mayBecomePng: false, quality: readSetting('fileQuality', scope), size, maxWidthPx, maxBytes };
}

function askFormat(questions: Questions): Promise<Answers | typeof BACK | undefined> {
  return questions.choice<Answers>({
    title: t('Convert or Resize Image'),
    placeholder: t('Format of the new file'),
    choices: [
      { label: 'WebP', description: t('small, for every browser'), value: { type: 'webp' } },
      { label: 'JPEG', description: t('for programs without WebP'), value: { type: 'jpeg' } },
      { label: 'PNG', description: t('without loss'), value: { type: 'png' } },
      { label: t('The same format'), value: { type: 'original' } },
    ],
  });
}

/** The sizes that sites ask for most. */
const USUAL_SIZES: readonly (readonly [widthPx: number, heightPx: number, use: () => string])[] = [
  [1200, 630, () => t('social card')], [1280, 640, () => t('repository card')], [1920, 1080, () => t('full screen')], [512, 512, () => t('icon')], [256, 256, () => t('icon')], [128, 128, () => t('icon')],
];

async function askSize(questions: Questions): Promise<Answers | typeof BACK | undefined> {
  const chosen = await questions.choice<Answers | 'typed'>({
    title: t('Convert or Resize Image'),
    placeholder: t('Size of the new file'),
    canGoBack: true,
    choices: [
      { label: t('The same size'), value: { size: undefined, maxWidthPx: 0 } },
      { label: t('Width, or exact size…'), value: 'typed' },
      ...USUAL_SIZES.map(([widthPx, heightPx, use]) => ({ label: `${widthPx} × ${heightPx}`, description: use(), value: { size: { widthPx, heightPx }, maxWidthPx: 0 } })),
    ],
  });
  if (chosen !== 'typed') return chosen;
  const text = await questions.text({
    title: t('Convert or Resize Image'),
    value: '1200',
    prompt: t('A width such as 1200, or an exact size such as 1200x630, which is scaled and cropped.'),
    canGoBack: true,
    validate: (typed) => (parseFileSize(typed) ? undefined : t('Write a width such as 1200, or a size such as 1200x630.')),
  });
  if (text === BACK) return askSize(questions);
  const size = typeof text === 'string' ? parseFileSize(text) : undefined;
  if (!size) return undefined;
  const { widthPx, heightPx } = size;
  return heightPx === undefined ? { size: undefined, maxWidthPx: widthPx } : { size: { widthPx, heightPx }, maxWidthPx: 0 };
}

async function askWeight(questions: Questions): Promise<Answers | typeof BACK | undefined> {
  const kB = (count: number): { label: string; value: Answers } => ({ label: t('At most {0} kB', count), value: { maxBytes: count * 1000 } });
  return questions.choice<Answers>({
    title: t('Convert or Resize Image'),
    placeholder: t('Weight of the new file'),
    canGoBack: true,
    choices: [{ label: t('Any'), value: { maxBytes: 0 } }, kB(500), kB(300), kB(100), kB(50)],
  });
}
