import { hash } from "node:crypto";
import type { Sql } from "../connection/open-sql.ts";
import type { BoundedMap } from "./caches.ts";
import { cleanText } from "./json-text.ts";

/** Index entries of Postgres have a limit (a third of a page); names that long mean nothing to people anyway. */
export function dictionaryText(text: string, longest = 255): string {
  return cleanText(text.length > longest ? text.slice(0, longest) : text);
}

/** MD5 as 32 hexadecimal digits, which is how a uuid may be written. */
export function digestOf(text: string): string {
  return hash("md5", text, "hex");
}

/** Entries of type T, told apart by their part K. */
export interface Dictionary<T extends K, K = T> {
  /** What makes two entries the same; also the order in which they are inserted. */
  key(entry: K): string;
  find(sql: Sql, entries: readonly T[]): Promise<readonly (K & { readonly id: number })[]>;
  /** ON CONFLICT DO NOTHING: somebody else may be faster. */
  insert(sql: Sql, entries: readonly T[]): Promise<unknown>;
}

/**
 * Ids of entries by key: from the cache, else from the database, else inserted. Each statement commits by
 * itself, before the batch's transaction: no other writer waits for it, no id is cached that was rolled back.
 */
export async function resolveEntries<T extends K, K>(
  sql: Sql,
  dictionary: Dictionary<T, K>,
  cache: BoundedMap<number>,
  entries: Iterable<T>,
): Promise<Map<string, number>> {
  const ids = new Map<string, number>();
  const unknown = new Map<string, T>();
  for (const entry of entries) {
    const key = dictionary.key(entry);
    const id = cache.get(key);
    if (id === undefined) unknown.set(key, entry);
    else ids.set(key, id);
  }
  const found = async () => {
    for (const row of await dictionary.find(sql, [...unknown.values()])) {
      const key = dictionary.key(row);
      unknown.delete(key);
      cache.set(key, row.id);
      ids.set(key, row.id);
    }
  };
  if (unknown.size > 0) await found();
  if (unknown.size > 0) {
    const inOrder = [...unknown].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, entry]) => entry);
    await dictionary.insert(sql, inOrder);
    await found();
  }
  if (unknown.size > 0) throw new Error(`dictionary entries are missing: ${[...unknown.keys()].join(", ")}`);
  return ids;
}
