// Holds ten requests as people make them, the call that a model makes of each from the schemas alone, and what comes of it.
import type { ToolName } from '../../../src/agents/toolSchemas.ts';

export interface NaturalRequest {
  readonly said: string;
  readonly tool: ToolName;
  readonly call: Readonly<Record<string, unknown>>;
  /** The size that the service is asked for, once for each image. */
  readonly asked: readonly string[];
  /** Lines of the answer. */
  readonly answer: readonly RegExp[];
  /** Files that are there afterwards, with their pixels where the call says them. */
  readonly files: Readonly<Record<string, `${number}x${number}` | ''>>;
}

export const NATURAL_REQUESTS: readonly NaturalRequest[] = [
  {
    said: 'A hero image for this landing page, 1600×900, webp.',
    tool: 'generateImageFile',
    call: { prompt: 'A quiet harbour at dawn, soft mist, wide composition with empty sky on the left, photograph', path: 'public/hero.webp', document: 'index.html', width: 1600, height: 900 },
    asked: ['1664x928'],
    answer: [/^Image: public\/hero\.webp$/, /^- pixels: 1600x900$/, /^- html: <img src="public\/hero\.webp" alt=".+" width="1600" height="900">$/],
    files: { 'public/hero.webp': '1600x900' },
  },
  {
    said: 'Make a social card for the blog post about foxes.',
    tool: 'generateImageFile',
    call: { prompt: 'A red fox in deep snow, watercolour', path: 'static/foxes-card.jpg', document: 'posts/foxes.md', width: 1200, height: 630, alt: 'A fox in the snow' },
    asked: ['1664x928'],
    answer: [/^Image: static\/foxes-card\.jpg$/, /^- markdown: !\[A fox in the snow\]\(\.\.\/static\/foxes-card\.jpg\)$/],
    files: { 'static/foxes-card.jpg': '1200x630' },
  },
  {
    said: 'Give me four variants of a logo background, I will pick one.',
    tool: 'generateImageFile',
    call: { prompt: 'Abstract flowing shapes in teal and sand, flat, no text', path: 'assets/background.png', count: 4 },
    asked: ['1328x1328', '1328x1328', '1328x1328', '1328x1328'],
    answer: [/^Image 4: assets\/background-4\.png$/, /^Made 4 of 4\.$/, /^6 more images can be made/],
    files: { 'assets/background-1.png': '', 'assets/background-2.png': '', 'assets/background-3.png': '', 'assets/background-4.png': '' },
  },
  {
    said: 'Put a picture of a lighthouse into the introduction of docs/guide.md.',
    tool: 'generateImageFile',
    call: { prompt: 'A lighthouse on a cliff in fog, oil painting', document: 'docs/guide.md' },
    asked: ['1328x1328'],
    answer: [/^Image: docs\/images\/a-lighthouse-on-a-cliff-in-fog-oil-painting\.png$/, /^- markdown: !\[.+\]\(images\/a-lighthouse.+\.png\)$/],
    files: { 'docs/images/a-lighthouse-on-a-cliff-in-fog-oil-painting.png': '' },
  },
  {
    said: 'I need a 512 icon of a paper plane for the extension.',
    tool: 'generateImageFile',
    call: { prompt: 'A paper plane, simple flat icon, one colour on white', path: 'media/icon.png', width: '512', height: '512' },
    asked: ['1328x1328'],
    answer: [/^Image: media\/icon\.png$/, /^- pixels: 512x512$/],
    files: { 'media/icon.png': '512x512' },
  },
  {
    said: 'A tall phone wallpaper of a bamboo forest, 540×960.',
    tool: 'generateImageFile',
    call: { prompt: 'A bamboo forest path in morning light', path: 'wallpapers/bamboo.jpg', width: 540, height: 960 },
    asked: ['928x1664'],
    answer: [/^- pixels: 540x960$/],
    files: { 'wallpapers/bamboo.jpg': '540x960' },
  },
  {
    said: '给这篇文章配一张插图：一只橘猫坐在窗台上。',
    tool: 'generateImageFile',
    call: { prompt: '一只橘猫坐在窗台上，阳光洒在它身上', document: 'post.md', alt: '窗台上的橘猫' },
    asked: ['1328x1328'],
    answer: [/^Image: images\/一只橘猫坐在窗台上-阳光洒在它身上\.png$/, /^- markdown: !\[窗台上的橘猫\]\(.+\)$/],
    files: { 'images/一只橘猫坐在窗台上-阳光洒在它身上.png': '' },
  },
  {
    said: 'Make a banner 800 wide for the README.',
    tool: 'generateImageFile',
    call: { prompt: 'Rolling hills at sunset, panoramic', path: 'docs/banner.webp', document: 'README.md', width: 800 },
    asked: ['1328x1328'],
    answer: [/^- pixels: 800x800$/, /^- markdown: !\[.+\]\(docs\/banner\.webp\)$/],
    files: { 'docs/banner.webp': '800x800' },
  },
  {
    said: 'Save the picture straight to my desktop, as a GIF.',
    tool: 'generateImageFile',
    call: { prompt: 'A dancing robot', path: '/home/me/Desktop/robot.gif', count: 12 },
    asked: [],
    answer: [/^“count” must be a whole number from 1 to 4\.$/],
    files: {},
  },
  {
    said: 'Do we have an image of a fox already?',
    tool: 'findImageFile',
    call: { query: 'fox' },
    asked: [],
    answer: [/^No image was found for “fox”/],
    files: {},
  },
];
