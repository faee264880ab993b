// Tells a stand-in for an image that is still to come, by its address or its file's name, and its size.
import type { ImageLink } from './imageLink.ts';

export interface Placeholder {
  /** `file`: a name such as `TODO.png`, in whose folder the image belongs. */
  kind: 'address' | 'file';
  /** What the address itself says that the image is to show. */
  words?: string;
  widthPx?: number;
  heightPx?: number;
}

/** Services that answer with a drawing of the size in the address. */
const HOSTS = /^(?:(?:www|via|images|dev|img|api|source|static)\.)*(?:placehold\.(?:co|it|jp)|placeholder\.(?:com|pics)|placeholders\.dev|placekitten\.com|placecats?\.com|placedog\.net|place(?:dog|puppy|beard?|img|imgs|corgi)\.(?:com|it)|placebeard\.it|placebear\.com|picsum\.photos|dummyimage\.com|loremflickr\.com|lorempixel\.com|lorem\.space|fakeimg\.pl|fpoimg\.com|fillmurray\.com|stevensegallery\.com|placecage\.com|baconmockup\.com|satyr\.io|dummyjson\.com\/image|unsplash\.it|source\.unsplash\.com|unsplash\.com\/random|holder\.js)(?=[:/?#]|$)/i;
/** File names that say themselves that they are none. */
const FILE = /^(?:todo|fixme|tbd|tba|xxx+|change-?me|replace-?me|coming-soon|place-?holder|dummy|(?:your|insert|add|some|my)-(?:image|img|picture|photo|screenshot)(?:-here)?|(?:image|img|picture|photo|screenshot|todo|dummy)-(?:placeholder|todo|tbd|here|goes-here)|(?:placeholder|todo|tbd|dummy|missing)-(?:image|img|picture|photo|screenshot))(?:-\d+)?(?:-\d+x\d+)?$/i;

export function placeholderOf({ url, path }: Pick<ImageLink, 'url' | 'path'>): Placeholder | undefined {
  const address = /^(?:https?:)?\/\/([^\s]+)$/i.exec(url)?.[1] ?? (/^holder\.js/.test(url) ? url : undefined);
  if (address !== undefined) return HOSTS.test(address) && !/[{}]|\$\w|<\w/.test(address) ? { kind: 'address', ...wordsOf(address), ...sizeIn(address) } : undefined;
  if (/^[a-z][\w+.-]*:/i.test(url)) return undefined;
  const name = path.replace(/^.*\//, '');
  const stem = /^(.+)\.(?:png|jpe?g|webp|gif|svg|avif)$/i.exec(name)?.[1]?.replace(/[\s_.]+/g, '-');
  return stem !== undefined && FILE.test(stem) ? { kind: 'file', ...sizeIn(`/${stem.replace(/^.*-(?=\d+x\d+$)/, '')}`) } : undefined;
}

/** `600x400`, `600/400`, `?w=600&h=400`, or one number for a square. */
function sizeIn(address: string): Pick<Placeholder, 'widthPx' | 'heightPx'> {
  const path = address.replace(/[?#].*$/, '').replace(/\/id\/\d+(?=\/)/, '');
  const query = /\?([^#]*)/.exec(address)?.[1] ?? '';
  const parameter = (name: string): string | undefined => new RegExp(`(?:^|&)${name}=(\\d{1,5})(?:&|$)`).exec(query)?.[1];
  const pair = /(?<=\/|^)(\d{1,5})[x*×/](\d{1,5})(?=[/.@]|$)/i.exec(path) ?? /(\d{2,5})x(\d{2,5})/i.exec(address);
  const single = /(?<=\/)(\d{2,5})(?=[/.@]|$)/.exec(path)?.[1];
  const [width, height] = [pair?.[1] ?? parameter('w(?:idth)?') ?? single, pair?.[2] ?? parameter('h(?:eight)?') ?? single];
  const [widthPx, heightPx] = [Number(width), Number(height)];
  return widthPx > 0 && heightPx > 0 ? { widthPx, heightPx } : {};
}

/** `?text=A+boat`, and the subject that some take as the last part of the path: `/320/240/boat`. */
function wordsOf(address: string): Pick<Placeholder, 'words'> {
  const query = /[?&](?:text|txt|t)=([^&#]*)/.exec(address)?.[1];
  const subject = /^(?:loremflickr|lorempixel)\.com\/(?:g\/)?\d+\/\d+\/([^/?#]+)/i.exec(address)?.[1] ?? /unsplash\.com\/[^?#]*\?([\w,+%-]+)$/.exec(address)?.[1];
  let words = (query ?? subject?.replaceAll(',', ' ') ?? '').replaceAll('+', ' ');
  try {
    words = decodeURIComponent(words);
  } catch {
    // As it is written, then.
  }
  words = words.replace(/\\n|\s+/g, ' ').trim();
  // A size is no subject.
  return words === '' || /^[\d\s×x*]+$/i.test(words) ? {} : { words };
}
