/**
 * A number for a field name that does not depend on its letter case; different names may share one. Of its length
 * and four of its characters: all of them would cost more than the rare comparison that they save.
 */
export function nameHash(text: string, from = 0, to = text.length): number {
  const length = to - from;
  if (length === 0) return 0;
  const ends = ((text.charCodeAt(from) & 0x1f) << 5) | (text.charCodeAt(to - 1) & 0x1f);
  const inner =
    ((text.charCodeAt(from + (length >> 1)) & 0x1f) << 5) | (text.charCodeAt(from + (length >> 2)) & 0x1f);
  return (((length & 0xff) << 20) | (ends << 10) | inner) + 1;
}

/** Whether a range of `text` is the lower-case name `key`, letter case aside. */
export function isName(key: string, text: string, from: number, to: number): boolean {
  if (to - from !== key.length) return false;
  for (let i = 0; i < key.length; i++) {
    const code = text.charCodeAt(from + i);
    if ((code >= 0x41 && code <= 0x5a ? code | 0x20 : code) !== key.charCodeAt(i)) return false;
  }
  return true;
}

/** A set of lower-case field names that is asked without making a text of the name in question. */
export class FieldNames {
  readonly #byHash = new Map<number, string[]>();

  constructor(keys: Iterable<string>) {
    for (const key of keys) {
      const hash = nameHash(key);
      this.#byHash.set(hash, [...(this.#byHash.get(hash) ?? []), key]);
    }
  }

  has(hash: number, text: string, from: number, to: number): boolean {
    const keys = this.#byHash.get(hash);
    if (keys === undefined) return false;
    for (let i = 0; i < keys.length; i++) if (isName(keys[i] as string, text, from, to)) return true;
    return false;
  }

  hasKey(key: string): boolean {
    return this.#byHash.get(nameHash(key))?.includes(key) ?? false;
  }
}
