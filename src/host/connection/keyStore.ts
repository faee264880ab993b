// Keeps one API key for each endpoint origin in VS Code's SecretStorage.
import type * as vscode from 'vscode';
import * as v from 'valibot';
import { PREFIX } from '../window/ids.ts';

/** What is stored for an origin: a key, or the person's word that the server needs none. */
export type StoredKey = { kind: 'key'; key: string } | { kind: 'noKey' };

const storedSchema = v.variant('kind', [
  v.object({ kind: v.literal('key'), key: v.string() }),
  v.object({ kind: v.literal('noKey') }),
]);

const nameOf = (origin: string): string => `${PREFIX}.key ${origin}`;

export class KeyStore {
  readonly #secrets: vscode.SecretStorage;
  readonly onDidChange: vscode.Event<vscode.SecretStorageChangeEvent>;

  constructor(secrets: vscode.SecretStorage) {
    this.#secrets = secrets;
    this.onDidChange = secrets.onDidChange;
  }

  /** What is stored for this origin; undefined when nothing is, or when it cannot be read. */
  async get(origin: string): Promise<StoredKey | undefined> {
    const text = await this.#secrets.get(nameOf(origin));
    if (text === undefined) return undefined;
    try {
      const result = v.safeParse(storedSchema, JSON.parse(text));
      return result.success ? result.output : undefined;
    } catch {
      return undefined;
    }
  }

  async set(origin: string, stored: StoredKey): Promise<void> {
    await this.#secrets.store(nameOf(origin), JSON.stringify(stored));
  }

  async remove(origin: string): Promise<void> {
    await this.#secrets.delete(nameOf(origin));
  }
}
