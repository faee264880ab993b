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

  /** Whether something is stored, by origin: the keychain is not asked at each push. Keys themselves are not held. */
  readonly #isStored = new Map<string, Promise<boolean>>();

  constructor(secrets: vscode.SecretStorage) {
    this.#secrets = secrets;
    this.onDidChange = (listener, thisArgs, disposables) =>
      secrets.onDidChange((event) => {
        this.#isStored.clear();
        listener.call(thisArgs, event);
      }, undefined, disposables);
  }

  /** Whether a key or the word that none is needed is stored; known until something changes. */
  has(origin: string): Promise<boolean> {
    const known = this.#isStored.get(origin) ?? this.get(origin).then((stored) => stored !== undefined);
    this.#isStored.set(origin, known);
    known.catch(() => this.#isStored.delete(origin));
    return known;
  }

  /** Origins for which something is stored, also those of endpoints that are no longer set. */
  async origins(): Promise<string[]> {
    const names = await this.#secrets.keys();
    return names.filter((name) => name.startsWith(nameOf(''))).map((name) => name.slice(nameOf('').length)).sort();
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
    this.#isStored.clear();
    await this.#secrets.store(nameOf(origin), JSON.stringify(stored));
  }

  async remove(origin: string): Promise<void> {
    this.#isStored.clear();
    await this.#secrets.delete(nameOf(origin));
  }
}
