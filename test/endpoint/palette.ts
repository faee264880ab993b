// Turns a prompt into a seeded stream of chance and the colours of its landscape.
import { createHash } from 'node:crypto';
import { hex, type Colour } from './canvas.ts';

export interface Palette {
  /** Sky from the top down to the horizon. */
  sky: readonly [Colour, Colour, Colour];
  sun: Colour;
  cloud: Colour;
  far: Colour;
  near: Colour;
  water: Colour;
  snow: boolean;
  stars: boolean;
}

function palette(sky: [string, string, string], sun: string, cloud: string, far: string, near: string, water: string, more: { snow?: boolean; stars?: boolean } = {}): Palette {
  return {
    sky: [hex(sky[0]), hex(sky[1]), hex(sky[2])],
    sun: hex(sun),
    cloud: hex(cloud),
    far: hex(far),
    near: hex(near),
    water: hex(water),
    snow: more.snow ?? false,
    stars: more.stars ?? false,
  };
}

const PALETTES = {
  dawn: palette(['#5b7db1', '#f0b7a4', '#fde3c0'], '#fff3d6', '#ffe9dc', '#b9a0b5', '#2f3e55', '#c9a9a6'),
  noon: palette(['#3f8fd2', '#8cc6ee', '#dff1f7'], '#fffbe0', '#ffffff', '#8fb7c9', '#2c6e49', '#4a9cc0', { snow: true }),
  dusk: palette(['#2b2d5b', '#b0476f', '#ffb26b'], '#ffe0a3', '#e58a8f', '#8d5480', '#21183a', '#8a4a72'),
  night: palette(['#0b1233', '#1d2b5e', '#4a5f96'], '#f4f1de', '#33437a', '#3a4a7d', '#0a1024', '#24356b', { stars: true, snow: true }),
  autumn: palette(['#8fb3c9', '#f2d9a8', '#fbe9c9'], '#fff2c2', '#fff6e6', '#d09a62', '#7a2f1d', '#a8a58a'),
  winter: palette(['#7ea6c9', '#c5dbea', '#f3f8fb'], '#ffffff', '#ffffff', '#a7bfd3', '#39566f', '#9fc0d6', { snow: true }),
  mint: palette(['#3aa6a0', '#a5ddc8', '#f5f3d8'], '#fff8d0', '#f6fff8', '#7fbfae', '#16484d', '#5db3ab'),
  rose: palette(['#7a86c9', '#e0a8c8', '#fbe0dc'], '#fff0ea', '#fff0f4', '#b58bb8', '#4a2f63', '#a894c6'),
} as const;

const HINTS: readonly (readonly [RegExp, keyof typeof PALETTES])[] = [
  [/\b(night|moon|stars?)|夜|月|星/iu, 'night'],
  [/\b(snow|winter|ice\b)|雪|冬|冰/iu, 'winter'],
  [/autumn|maple|秋|枫/iu, 'autumn'],
  [/sunset|dusk|evening|黄昏|日落|傍晚/iu, 'dusk'],
  [/sunrise|dawn|morning|清晨|日出|早/iu, 'dawn'],
];

export interface Mood {
  palette: Palette;
  water: boolean;
  /** The same numbers, from 0 up to 1, for the same prompt. */
  chance: () => number;
}

/** The same mood for the same prompt, another for another. */
export function moodOf(prompt: string): Mood {
  const chance = chanceFrom(createHash('sha256').update(prompt).digest().readUInt32BE(0));
  const names = Object.keys(PALETTES) as (keyof typeof PALETTES)[];
  const drawn = names[Math.floor(chance() * names.length)] ?? 'noon';
  const name = HINTS.find(([pattern]) => pattern.test(prompt))?.[1] ?? drawn;
  return { palette: PALETTES[name], water: chance() < 0.4 || /\b(sea|lake|river|ocean)\b|海|湖|河|江/iu.test(prompt), chance };
}

function chanceFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}
