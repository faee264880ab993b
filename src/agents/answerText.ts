// Turns what became of a call into the text that an agent reads: paths, sizes, links, what failed and what it cost.

/** One image that was made, or found and written. Paths are relative to the workspace folder. */
export interface MadeImage {
  readonly path: string;
  readonly widthPx: number;
  readonly heightPx: number;
  readonly bytes: number;
  readonly markdown: string;
  readonly html: string;
  /** The prompt as it was sent, or as the service rewrote it. */
  readonly promptUsed: string;
  readonly id: string;
}

/** One image that was not made; `number` counts from 1 in the order asked for. */
export interface FailedImage {
  readonly number: number;
  /** What happened and what to do, a whole sentence. */
  readonly sentence: string;
  readonly charged: 'no' | 'yes' | 'maybe';
}

export interface GenerateAnswer {
  readonly made: readonly MadeImage[];
  readonly failed: readonly FailedImage[];
  /** Images that may still be made in this window before the person is asked. */
  readonly left: number;
  /** Whole sentences about what differs from what was asked for. */
  readonly notes?: readonly string[];
}

const CHARGED = { no: 'Not charged.', yes: 'It was charged.', maybe: 'It may have been charged.' } as const;

export function describeGenerated({ made, failed, left, notes = [] }: GenerateAnswer): string {
  const asked = made.length + failed.length;
  const lines = made.flatMap((image, index) => [...describeImage(image, made.length > 1 ? `Image ${index + 1}` : 'Image'), '']);
  lines.push(failed.length === 0 ? `Made ${made.length} of ${asked}.` : `Made ${made.length} of ${asked}; not made:`);
  for (const { number, sentence, charged } of failed) lines.push(`- image ${number}: ${oneLine(sentence)} ${CHARGED[charged]}`);
  lines.push(...notes.map(oneLine));
  lines.push(left === 1 ? '1 more image can be made in this window before the person is asked.' : `${left} more images can be made in this window before the person is asked.`);
  return lines.join('\n');
}

/** An image that was made before. */
export interface FoundImage {
  readonly id?: string;
  /** Relative to the workspace folder; left out if it is only among the kept images. */
  readonly path?: string;
  readonly prompt: string;
  readonly widthPx: number;
  readonly heightPx: number;
}

export function describeFound(query: string, found: readonly FoundImage[], total: number): string {
  if (found.length === 0) return `No image was found for “${oneLine(query)}”. Try fewer or other words, or make one with generateImageFile.`;
  const lines = [total > found.length ? `The best ${found.length} of ${total} images:` : `Found ${found.length}:`];
  for (const { id, path, prompt, widthPx, heightPx } of found) {
    const where = path ?? 'kept, not in the workspace: write it with findImageFile, query = the id, and saveAs';
    lines.push(`- ${widthPx}x${heightPx} “${oneLine(prompt)}”`, `  path: ${where}`);
    if (id !== undefined) lines.push(`  id: ${id}`);
  }
  return lines.join('\n');
}

export function describeSaved(image: MadeImage): string {
  return [...describeImage(image, 'Image'), '', 'Written from a kept image. Free.'].join('\n');
}

function describeImage(image: MadeImage, title: string): string[] {
  return [
    `${title}: ${image.path}`,
    `- pixels: ${image.widthPx}x${image.heightPx}`,
    `- bytes: ${image.bytes}`,
    `- markdown: ${image.markdown}`,
    `- html: ${image.html}`,
    `- prompt used: ${oneLine(image.promptUsed)}`,
    `- id: ${image.id}`,
  ];
}

function oneLine(text: string): string {
  return text.replace(/[\p{Cc}\u2028\u2029]+/gu, ' ').trim();
}
