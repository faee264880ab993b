// Holds the images of the walkthrough against the panel that they show: its words, and colours of the theme.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readText } from './packageJson.ts';

interface Step { readonly id: string; readonly media: { readonly svg: string; readonly altText: string } }
const { contributes } = JSON.parse(readText('package.json')) as { contributes: { walkthroughs: readonly [{ steps: readonly Step[] }] } };
const { steps } = contributes.walkthroughs[0];
const svgOf = (id: string): string => readText(steps.find((step) => step.id === id)?.media.svg ?? '');

test('Generate shows the folded options and the button in the panel’s own words, and a grid of four', () => {
  const panel = new Map([...readText('src/host/panel/pageTexts.ts').matchAll(/^ {4}(\w+): vscode\.l10n\.t\('(.*)'\),$/gm)].map(([, key = '', text = '']) => [key, text]));
  const word = (key: string): string => (panel.get(key) ?? assert.fail(key)).replace('{0}', '4');
  const texts = [...svgOf('generate').matchAll(/<text[^>]*>([^<]*)<\/text>/g)].map(([, text]) => text);
  assert.deepEqual(texts, [`1:1 · Photo · ${word('improved')} · ${word('imageCountOther')}`, word('generateMany'), '4']);
  assert.equal(svgOf('generate').match(/<circle /g)?.length, 4);
});

test('each image takes its colours from the theme, but for what is drawn in it', () => {
  for (const { id, media } of steps) {
    const svg = readText(media.svg);
    assert.doesNotMatch(svg.replace(/(<circle|<rect|<path)[^>]* fill="#[0-9a-f]{6}"[^>]*>/g, ''), /(?:fill|stroke)="#/, id);
    for (const language of ['package.nls.json', 'package.nls.zh-cn.json']) {
      assert.ok((JSON.parse(readText(language)) as Record<string, string>)[media.altText.slice(1, -1)], `${id} in ${language}`);
    }
  }
});
