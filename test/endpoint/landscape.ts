// Turns a mood into an abstract landscape: sky, sun, clouds, ridges, water and pines on a canvas.
import { mix, type Canvas, type Colour } from './canvas.ts';
import type { Mood, Palette } from './palette.ts';

/** Paints the whole canvas. */
export function paintLandscape(canvas: Canvas, mood: Mood): void {
  const { palette, chance } = mood;
  const unit = Math.min(canvas.widthPx, canvas.heightPx);
  const horizon = canvas.heightPx * (0.52 + chance() * 0.12);
  const sun = { x: canvas.widthPx * (0.2 + chance() * 0.6), y: horizon * (0.3 + chance() * 0.42), radius: unit * (0.05 + chance() * 0.05) };
  paintSky(canvas, palette, horizon);
  if (palette.stars) paintStars(canvas, chance, horizon, unit);
  paintSun(canvas, palette.sun, sun);
  paintClouds(canvas, palette, chance, horizon, unit);
  const layers = 4 + Math.floor(chance() * 2);
  for (let layer = 0; layer < layers; layer++) {
    const depth = layer / (layers - 1);
    if (mood.water && layer === 2) paintWater(canvas, palette, chance, horizon + unit * 0.05, sun.x);
    const base = horizon + (canvas.heightPx - horizon) * depth * 0.72;
    const lift = unit * (depth < 0.5 ? 0.2 - depth * 0.16 : 0.1);
    const heights = ridge(canvas.widthPx, base, lift, chance, layer < 2, mood.water && layer >= 2);
    const colour = mix(palette.far, palette.near, depth ** 1.3);
    if (layer === layers - 1) paintPines(canvas, heights, mix(colour, [0, 0, 0], 0.18), chance, unit);
    paintRidge(canvas, heights, colour, mix(colour, palette.sky[2], 0.42 * (1 - depth) + 0.06));
    if (palette.snow && layer === 0) paintSnow(canvas, heights, palette, base - lift * 0.35, chance);
  }
}

function paintSky(canvas: Canvas, { sky }: Palette, horizon: number): void {
  for (let y = 0; y < canvas.heightPx; y++) {
    const share = y / horizon;
    const colour = share < 0.55 ? mix(sky[0], sky[1], share / 0.55) : mix(sky[1], sky[2], (share - 0.55) / 0.45);
    canvas.fillRow(y, rounded(colour));
  }
}

function paintStars(canvas: Canvas, chance: () => number, horizon: number, unit: number): void {
  for (let left = 70; left > 0; left--) {
    const radius = unit * (0.0008 + chance() * 0.0014);
    const shine = 0.4 + chance() * 0.6;
    const at = { x: chance() * canvas.widthPx, y: chance() * horizon * 0.85 };
    canvas.stamp(at, { x: radius + 1, y: radius + 1 }, [255, 255, 240], (dx, dy) => shine * (radius + 0.5 - Math.hypot(dx, dy)));
  }
}

function paintSun(canvas: Canvas, colour: Colour, { x, y, radius }: { x: number; y: number; radius: number }): void {
  for (const [reach, strength] of [[radius * 5, 0.3], [radius * 2.1, 0.22]] as const) {
    canvas.stamp({ x, y }, { x: reach, y: reach }, colour, (dx, dy) => {
      const near = 1 - (dx * dx + dy * dy) / (reach * reach);
      return near <= 0 ? 0 : strength * near * near;
    });
  }
  canvas.stamp({ x, y }, { x: radius + 1, y: radius + 1 }, colour, (dx, dy) => radius + 0.5 - Math.hypot(dx, dy));
}

function paintClouds(canvas: Canvas, { cloud }: Palette, chance: () => number, horizon: number, unit: number): void {
  for (let left = 2 + Math.floor(chance() * 3); left > 0; left--) {
    const centre = { x: chance() * canvas.widthPx, y: horizon * (0.1 + chance() * 0.5) };
    const bars = Array.from({ length: 3 }, (_, row) => ({
      x: (chance() - 0.5) * unit * 0.1,
      y: (row - 1) * unit * 0.018,
      half: unit * (0.05 + chance() * 0.06) * (row === 0 ? 0.6 : 1),
    }));
    const thick = unit * 0.0125;
    canvas.stamp(centre, { x: unit * 0.19, y: unit * 0.04 }, cloud, (dx, dy) => {
      let cover = 0;
      for (const bar of bars) {
        const along = Math.max(0, Math.abs(dx - bar.x) - bar.half);
        cover = Math.max(cover, thick + 0.5 - Math.hypot(along, dy - bar.y));
      }
      return Math.min(1, cover) * 0.72;
    });
  }
}

/** The y of a ridge for every column. `jagged` gives peaks, otherwise rolling hills; `sides` leaves the middle open. */
function ridge(widthPx: number, base: number, lift: number, chance: () => number, jagged: boolean, sides: boolean): Float64Array {
  const waves = Array.from({ length: jagged ? 6 : 3 }, (_, octave) => ({
    turns: (jagged ? 2.2 : 1.1) * 1.9 ** octave * (0.75 + chance() * 0.5),
    phase: chance() * 7,
    size: lift * (jagged ? 0.55 : 0.5) ** octave,
  }));
  return Float64Array.from({ length: widthPx }, (_, x) => {
    const at = x / widthPx;
    let rise = 0;
    for (const { turns, phase, size } of waves) {
      const turn = at * turns + phase;
      const wave = jagged ? 1 - 2 * Math.abs((turn % 1) * 2 - 1) : Math.sin(turn * 2 * Math.PI);
      rise += size * wave * 0.6;
    }
    return base - rise + (sides ? lift * 3.2 * (1 - (at * 2 - 1) ** 2) - lift * 1.2 : 0);
  });
}

function paintRidge(canvas: Canvas, heights: Float64Array, crest: Colour, foot: Colour): void {
  const top = heights.reduce((least, y) => Math.min(least, y), Infinity);
  const bottom = heights.reduce((most, y) => Math.max(most, y), -Infinity);
  for (let y = Math.max(0, Math.floor(top)); y < canvas.heightPx; y++) {
    const colour = mix(crest, foot, (y - top) / (canvas.heightPx - top));
    const even = rounded(colour);
    if (y >= bottom) canvas.fillRow(y, even);
    else for (let x = 0; x < canvas.widthPx; x++) canvas.blend(x, y, even, y + 1 - (heights[x] ?? 0));
  }
}

function rounded(colour: Colour): Colour {
  return [Math.round(colour[0]), Math.round(colour[1]), Math.round(colour[2])];
}

function paintSnow(canvas: Canvas, heights: Float64Array, { sky, far, stars }: Palette, line: number, chance: () => number): void {
  const phase = chance() * 9;
  const white = mix([255, 255, 255], stars ? far : sky[1], stars ? 0.45 : 0.18);
  for (let x = 0; x < canvas.widthPx; x++) {
    const crest = heights[x] ?? 0;
    const jag = Math.abs(((x / canvas.widthPx) * 31 + phase) % 1 * 2 - 1) + Math.abs(((x / canvas.widthPx) * 13) % 1 * 2 - 1);
    const until = crest + (line - crest) * (0.35 + 0.3 * jag);
    for (let y = Math.floor(crest); y < until; y++) canvas.blend(x, y, white, Math.min(y + 1 - crest, until - y) * 0.92);
  }
}

function paintWater(canvas: Canvas, { sky, water, sun }: Palette, chance: () => number, surface: number, sunX: number): void {
  for (let y = Math.floor(surface); y < canvas.heightPx; y++) {
    const colour = mix(mix(sky[2], water, 0.35), water, (y - surface) / (canvas.heightPx - surface));
    canvas.fillRow(y, rounded(colour));
  }
  const depth = canvas.heightPx - surface;
  for (let left = 46; left > 0; left--) {
    const far = chance() ** 1.6;
    const half = canvas.widthPx * (0.012 + 0.05 * far) * (0.5 + chance());
    const x = left % 2 === 0 ? sunX + (chance() - 0.5) * canvas.widthPx * 0.09 : chance() * canvas.widthPx;
    const thick = Math.max(1, depth * 0.008 * (0.4 + far));
    const y = surface + depth * 0.6 * far;
    const strength = left % 2 === 0 ? 0.5 : 0.16;
    canvas.stamp({ x, y }, { x: half + thick + 1, y: thick + 1 }, sun, (dx, dy) => strength * Math.min(1, thick / 2 + 0.5 - Math.hypot(Math.max(0, Math.abs(dx) - half), dy)));
  }
}

function paintPines(canvas: Canvas, heights: Float64Array, colour: Colour, chance: () => number, unit: number): void {
  for (let left = 14 + Math.floor(chance() * 16); left > 0; left--) {
    const x = chance() * canvas.widthPx;
    const tall = unit * (0.05 + chance() * 0.07);
    const root = (heights[Math.floor(x)] ?? 0) + tall * 0.08;
    const first = Math.floor(root - tall);
    for (let y = first; y < root; y++) {
      const share = (y - first) / tall;
      const half = tall * 0.2 * (share < 0.93 ? share * 0.62 + ((share * 4) % 1) * 0.38 * Math.min(1, share * 3) : 0.16);
      canvas.span(y, x - half, x + half, colour);
    }
  }
}
