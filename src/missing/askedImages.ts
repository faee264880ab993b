// Gathers the images that documents ask for: one for each file, under a name that no other file has.
import { slugOf } from '../insert/slug.ts';
import { checkTarget } from '../insert/targetPath.ts';
import { folderOf, nameOf, splitEnding } from '../insert/posixPath.ts';
import { freePath } from '../insert/freeName.ts';
import { type ImageAsked, imageNamed, newEnding, newName, type TextChange, wantedSize } from './imageAsked.ts';
import type { ImageLink } from './imageLink.ts';
import { type Ground, linkedFile } from './linkedFile.ts';

export interface DocumentLinks {
  text: string;
  links: readonly ImageLink[];
  ground: Ground;
}

export interface AskedImage {
  /** Tells the image from all others below the root, whatever is typed meanwhile. */
  key: string;
  prompt: string;
  format: 'png' | 'jpeg' | 'webp';
  /** The file to write; undefined where the stand-in is an address, whose image goes where inserted ones go. */
  path: string | undefined;
  /** What changes in the links to it. */
  change: 'nothing' | 'ending' | 'name' | 'address';
  isPlaceholder: boolean;
  widthPx?: number;
  heightPx?: number;
  /** The links that lead to it, by the documents that were given. */
  uses: { document: number; links: ImageLink[] }[];
}

interface Wish extends ImageAsked {
  key: string;
  /** The path that the link means. */
  path: string | undefined;
  ground: Ground;
  uses: AskedImage['uses'];
}

/** In the order of the documents and their texts. All documents lie below one root. */
export async function askedImages(documents: readonly DocumentLinks[]): Promise<AskedImage[]> {
  const wishes = await gather(documents);
  const taken = new Set<string>();
  const images = new Map<Wish, AskedImage>();
  // A name that a link has already comes before one that is only chosen.
  for (const chooses of [false, true]) {
    for (const wish of wishes) {
      if (chooses !== (wish.target === 'other' || wish.placeholder !== undefined)) continue;
      const image = await named(wish, documents, taken);
      if (image) images.set(wish, image);
    }
  }
  return wishes.flatMap((wish) => images.get(wish) ?? []);
}

/** The links of a text that lead to this image now; its key says which they are. */
export async function linksTo(key: string, links: readonly ImageLink[], ground: Ground): Promise<ImageLink[]> {
  const wishes = await gather([{ text: '', links, ground }]);
  return wishes.find((wish) => wish.key === key)?.uses.flatMap((use) => use.links) ?? [];
}

/** The changes that make links lead to a file of this name, each once; undefined where one of them cannot be made. */
export function changesTo(change: AskedImage['change'], links: readonly ImageLink[], text: string, path: string): TextChange[] | undefined {
  const changes = new Map<number, TextChange>();
  if (change === 'nothing' || change === 'address') return [];
  const [, ending] = splitEnding(nameOf(path));
  for (const link of links) {
    const made = change === 'name' ? newName(link, text, nameOf(path)) : newEnding(link, text, nameOf(path).slice(splitEnding(nameOf(link.path))[0].length) || ending);
    if (!made) return undefined;
    changes.set(made.start, made);
  }
  return [...changes.values()];
}

async function gather(documents: readonly DocumentLinks[]): Promise<Wish[]> {
  const wishes = new Map<string, Wish>();
  for (const [document, { links, ground }] of documents.entries()) {
    const found = await Promise.all(links.map((link) => wishOf(link, ground)));
    for (const [index, wish] of found.entries()) {
      const link = links[index];
      if (!wish || !link) continue;
      const known = wishes.get(wish.key) ?? { ...wish, uses: [] };
      wishes.set(wish.key, known);
      if (known.prompt === '') known.prompt = wish.prompt;
      const use = known.uses.find((candidate) => candidate.document === document);
      if (use) use.links.push(link);
      else known.uses.push({ document, links: [link] });
    }
  }
  return [...wishes.values()];
}

async function wishOf(link: ImageLink, ground: Ground): Promise<Omit<Wish, 'uses'> | undefined> {
  const asked = imageNamed(link);
  if (!asked) return undefined;
  if (asked.placeholder?.kind === 'address') return { ...asked, key: placeholderKey(link, asked, ground), path: undefined, ground };
  const file = await linkedFile(link, ground);
  if (!file || (!asked.placeholder && !file.isMissing)) return undefined;
  return { ...asked, key: asked.placeholder ? placeholderKey(link, asked, ground) : `file\n${file.path}`, path: file.path, ground };
}

/** Many images wait behind one stand-in: those with the same words are one. */
function placeholderKey(link: ImageLink, { prompt }: ImageAsked, { documentPath }: Ground): string {
  return ['placeholder', documentPath, link.url, prompt].join('\n');
}

async function named(wish: Wish, documents: readonly DocumentLinks[], taken: Set<string>): Promise<AskedImage | undefined> {
  const { key, prompt, target, placeholder, ground, uses, path } = wish;
  const [link] = uses[0]?.links ?? [];
  if (!link || prompt === '') return undefined;
  const image = { key, prompt, isPlaceholder: placeholder !== undefined, uses, ...wantedSize(link) };
  if (path === undefined) return { ...image, format: 'png', path, change: 'address' };
  const format = placeholder || target === 'other' ? 'png' : target;
  const change = placeholder ? 'name' : target === 'other' ? 'ending' : 'nothing';
  const wanted = placeholder ? `${folderOf(path)}/${slugOf(prompt)}.png` : target === 'other' ? `${path.slice(0, path.lastIndexOf('.'))}.png` : path;
  const free = change === 'nothing' ? wanted : await freePath(wanted, async (candidate) => taken.has(candidate.toLowerCase()) || (await ground.lookup.find(candidate)) !== 'missing');
  const checked = checkTarget(free, ground.rootPath, format === 'jpeg' ? 'jpg' : format);
  // A path that would have to be written differently is not the one that the link names.
  if (!('path' in checked) || checked.path !== free || taken.has(free.toLowerCase())) return undefined;
  const isWritable = uses.every((use) => changesTo(change, use.links, documents[use.document]?.text ?? '', free) !== undefined);
  if (!isWritable) return undefined;
  taken.add(free.toLowerCase());
  return { ...image, format, path: free, change };
}
