// Decides in which format and size an image goes into a file: by the ending asked for, the settings and the language.
import type { ImageType } from '../image/imageInfo.ts';
import type { FileWish, WrittenType } from '../image/makeFile.ts';
import type { Focus } from '../image/pixels/resize.ts';
import { linkLanguageOf } from './linkLanguages.ts';

/** The settings `fileFormat`, `fileQuality`, `fileMaxWidth` and `fileMaxKB`. */
export interface FileSettings {
  format: 'original' | 'webp' | 'jpeg' | 'png';
  quality: number;
  maxWidthPx: number;
  maxKB: number;
}

export interface FileQuestion {
  original: { type: ImageType; widthPx: number; heightPx: number };
  settings: FileSettings;
  /** That a destination, a template or a link names, with or without its dot; wins over the settings. */
  ending?: string | undefined;
  /** VS Code's id of the language that shows the image. */
  languageId?: string | undefined;
  /** Exactly so large; one of them alone keeps the ratio. */
  widthPx?: number | undefined;
  heightPx?: number | undefined;
  /** What stays in view where an exact size crops. */
  focus?: Focus | undefined;
}

const BY_ENDING: Readonly<Record<string, WrittenType>> = { png: 'png', jpg: 'jpeg', jpeg: 'jpeg', webp: 'webp' };

/** The type that an ending stands for, if it can be written. */
export function writtenTypeOf(ending: string | undefined): WrittenType | undefined {
  const name = (ending ?? '').replace(/^\./, '').toLowerCase();
  return Object.hasOwn(BY_ENDING, name) ? BY_ENDING[name] : undefined;
}

/** What `makeFile` is asked for, but for the recipe. */
export function wishFor({ original, settings, ending, languageId, widthPx, heightPx, focus }: FileQuestion): Omit<FileWish, 'recipe'> {
  const named = writtenTypeOf(ending);
  const wanted = named ?? settings.format;
  const shown = languageId === undefined ? undefined : linkLanguageOf(languageId).shows;
  const canShow = (type: ImageType): boolean => !shown || shown.includes(type);
  const isShown = canShow(wanted === 'original' ? original.type : wanted);
  // Where the language shows the original, a file that grows by another format is of no use.
  const isTypeDemanded = isShown ? named !== undefined : !canShow(original.type);
  const size = sizeOf(original, widthPx, heightPx);
  return {
    type: isShown ? wanted : 'jpeg',
    isTypeDemanded,
    mayBecomePng: !isShown || named === undefined,
    quality: settings.quality,
    ...(size ? { size: { ...size, focus } } : {}),
    maxWidthPx: settings.maxWidthPx,
    maxBytes: settings.maxKB * 1000,
  };
}

function sizeOf(original: FileQuestion['original'], widthPx: number | undefined, heightPx: number | undefined): { widthPx: number; heightPx: number } | undefined {
  if (widthPx === undefined && heightPx === undefined) return undefined;
  const ratio = original.widthPx / original.heightPx;
  return { widthPx: widthPx ?? Math.max(1, Math.round((heightPx ?? 1) * ratio)), heightPx: heightPx ?? Math.max(1, Math.round((widthPx ?? 1) / ratio)) };
}
