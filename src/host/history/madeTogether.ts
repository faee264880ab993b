// Finds the kept images that were asked for together with one of them.
import type { KeptImages } from './keptImages.ts';

/** Ids of one group lie close together: they begin with the time at which it was asked for. */
const NEIGHBOURS = 24;

export interface MadeTogether {
  readonly group: string;
  /** In the order in which they were asked for. */
  readonly imageIds: readonly string[];
}

/** Undefined for an image on its own, and for one that is gone. */
export async function madeTogetherWith(imageId: string, kept: Pick<KeptImages, 'ids' | 'record'>): Promise<MadeTogether | undefined> {
  const group = (await kept.record(imageId))?.group;
  if (group === undefined) return undefined;
  const ids = await kept.ids();
  const place = ids.indexOf(imageId);
  const near = ids.slice(Math.max(0, place - NEIGHBOURS), place + NEIGHBOURS).reverse();
  // One that cannot be read is not known to belong here.
  const records = await Promise.all(near.map((id) => kept.record(id).catch(() => undefined)));
  const imageIds = records.flatMap((record) => (record?.group === group ? [record.id] : []));
  return imageIds.length > 1 ? { group, imageIds } : undefined;
}
