/** A number for a field name that does not depend on its letter case; different names may share one. */
export function nameHash(text: string, from = 0, to = text.length): number {
  let hash = to - from;
  for (let i = from; i < to; i++) hash = (Math.imul(hash, 31) + (text.charCodeAt(i) | 0x20)) | 0;
  return hash;
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
