// The kept image that a linked file was made from is found by its bytes, with few files read.
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import * as vscode from 'vscode';
import { createRecord, type ImageRecord } from '../../../../src/history/record.ts';
import { LinkedImages, type LinkedImage, type LinkedImagesParts } from '../../../../src/host/links/linkedImages.ts';
import { resetWorld } from '../../../vscodeModule/world.ts';
import { IMAGE_INFO, makeFolder, makeImage, makeRecipe } from '../../history/folder.ts';

test('a linked file is told from files of the same size, and only a few of these are read', async (t) => {
  resetWorld();
  const root = makeFolder(t);
  const images = Array.from({ length: 30 }, () => makeImage());
  const records = images.map((bytes, index) => createRecord(`20260101T0000${String(index).padStart(2, '0')}000Z-00000000`, makeRecipe(`Owl ${index}`), IMAGE_INFO, bytes.length));
  const path = (record: ImageRecord): string => join(root, record.file.name);
  for (const [index, record] of records.entries()) writeFileSync(path(record), images[index]!);
  const byId = new Map(records.map((record) => [record.id, record]));
  let reads = 0;
  const parts = {
    kept: { ids: () => Promise.resolve(records.map(({ id }) => id)), record: (id: string) => Promise.resolve(byId.get(id)) },
    pixels: { prompt: () => Promise.resolve(undefined) },
    imageUri: (record: ImageRecord) => {
      reads++;
      return vscode.Uri.file(path(record));
    },
  };
  const linked = new LinkedImages(parts as unknown as LinkedImagesParts);
  const factsOf = async (bytes: Uint8Array): Promise<{ prompt: string | undefined; reads: number }> => {
    reads = 0;
    writeFileSync(join(root, 'linked.png'), bytes);
    const facts = await linked.factsOf({ uri: vscode.Uri.file(join(root, 'linked.png')) } as LinkedImage);
    return { prompt: facts?.prompt, reads };
  };

  assert.deepEqual(await factsOf(images[0]!), { prompt: 'Owl 0', reads: 1 });
  assert.deepEqual(await factsOf(images[5]!), { prompt: 'Owl 5', reads: 6 });
  assert.deepEqual(await factsOf(makeImage()), { prompt: undefined, reads: 8 });
  assert.deepEqual(await factsOf(makeImage(17)), { prompt: undefined, reads: 0 });
});
