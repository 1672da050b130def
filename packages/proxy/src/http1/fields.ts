import { type FieldNames, isName, nameHash } from "./field-name.ts";

/** A field that was added or changed here, instead of a range of the head's text. */
interface OwnField {
  readonly name: string;
  readonly value: string;
}

/** A removed field keeps its place, so that the others keep theirs. */
const removed: OwnField = { name: "", value: "" };

/**
 * The fields of one message in the order and the letter case they came in (RFC 9110 5.3 allows no other). Values
 * are latin1 text, one character a byte, so that bytes above 0x7F pass unchanged. What came on the wire stays a
 * range of the head's text until somebody asks for it, and is written out again as it stood.
 */
export class Fields {
  readonly #text: string;
  /** For each field that came: where its name begins and ends, and where its value begins and ends. */
  readonly #ranges: readonly number[];
  readonly #hashes: number[] = [];
  #own: (OwnField | undefined)[] | undefined;
  #length = 0;

  /** `offsets` as a head scanner leaves them, of `text`. */
  constructor(text = "", offsets: readonly number[] = []) {
    this.#text = text;
    this.#ranges = offsets;
    this.#length = offsets.length / 4;
    for (let i = 0; i < offsets.length; i += 4)
      this.#hashes.push(nameHash(text, offsets[i] as number, offsets[i + 1] as number));
  }

  /** How many there are. */
  get length(): number {
    return this.#length;
  }

  add(name: string, value: string): void {
    this.#own ??= [];
    this.#own[this.#hashes.length] = { name, value };
    this.#hashes.push(nameHash(name));
    this.#length++;
  }

  /** Value of the first field of that lower-case name. */
  get(key: string): string | undefined {
    const index = this.#find(key, nameHash(key), 0);
    return index < 0 ? undefined : this.#valueAt(index);
  }

  has(key: string): boolean {
    return this.#find(key, nameHash(key), 0) >= 0;
  }

  /** All values of that lower-case name as one list (RFC 9110 5.3); undefined when there is none. */
  list(key: string): string | undefined {
    let joined: string | undefined;
    const hash = nameHash(key);
    for (let i = this.#find(key, hash, 0); i >= 0; i = this.#find(key, hash, i + 1))
      joined = joined === undefined ? this.#valueAt(i) : `${joined}, ${this.#valueAt(i)}`;
    return joined;
  }

  count(key: string): number {
    let count = 0;
    const hash = nameHash(key);
    for (let i = this.#find(key, hash, 0); i >= 0; i = this.#find(key, hash, i + 1)) count++;
    return count;
  }

  /** Replaces the first field of that name where it stands and drops the others, or adds one at the end. */
  set(name: string, value: string): void {
    const key = name.toLowerCase();
    const hash = nameHash(key);
    const index = this.#find(key, hash, 0);
    if (index < 0) {
      this.add(name, value);
      return;
    }
    this.#own ??= [];
    this.#own[index] = { name: this.#nameAt(index), value };
    for (let i = this.#find(key, hash, index + 1); i >= 0; i = this.#find(key, hash, i + 1))
      this.#removeAt(i);
  }

  remove(key: string): void {
    const hash = nameHash(key);
    for (let i = this.#find(key, hash, 0); i >= 0; i = this.#find(key, hash, i + 1)) this.#removeAt(i);
  }

  /** Names in the letter case they came in, with their values. */
  *[Symbol.iterator](): Generator<readonly [name: string, value: string]> {
    for (let i = 0; i < this.#hashes.length; i++)
      if (this.#own?.[i] !== removed) yield [this.#nameAt(i), this.#valueAt(i)];
  }

  /** As lines of a head, but for the fields of `without` and `named`. What was not touched is written as it came. */
  lines(without: FieldNames, named?: FieldNames): string {
    const text = this.#text;
    let lines = "";
    let runStart = -1;
    let runEnd = 0;
    for (let i = 0; i < this.#hashes.length; i++) {
      const own = this.#own?.[i];
      const hash = this.#hashes[i] as number;
      const name = own?.name ?? text;
      const from = own ? 0 : (this.#ranges[i * 4] as number);
      const to = own ? name.length : (this.#ranges[i * 4 + 1] as number);
      const passes =
        own !== removed && !without.has(hash, name, from, to) && !named?.has(hash, name, from, to);
      if (passes && own === undefined) {
        if (runStart < 0) runStart = from;
        // A value ends before its line's CRLF.
        runEnd = (this.#ranges[i * 4 + 3] as number) + 2;
        continue;
      }
      if (runStart >= 0) lines += text.slice(runStart, runEnd);
      runStart = -1;
      if (passes && own) lines += `${own.name}: ${own.value}\r\n`;
    }
    return runStart < 0 ? lines : lines + text.slice(runStart, runEnd);
  }

  #find(key: string, hash: number, from: number): number {
    const hashes = this.#hashes;
    for (let i = hashes.indexOf(hash, from); i >= 0; i = hashes.indexOf(hash, i + 1)) {
      const own = this.#own?.[i];
      if (own === undefined) {
        if (isName(key, this.#text, this.#ranges[i * 4] as number, this.#ranges[i * 4 + 1] as number))
          return i;
      } else if (own !== removed && isName(key, own.name, 0, own.name.length)) return i;
    }
    return -1;
  }

  #nameAt(index: number): string {
    const own = this.#own?.[index];
    return own ? own.name : this.#text.slice(this.#ranges[index * 4], this.#ranges[index * 4 + 1]);
  }

  /** Without the optional spaces and tabs around it (RFC 9112 5). */
  #valueAt(index: number): string {
    const own = this.#own?.[index];
    if (own) return own.value;
    const text = this.#text;
    let start = this.#ranges[index * 4 + 2] as number;
    let end = this.#ranges[index * 4 + 3] as number;
    while (start < end && isBlank(text.charCodeAt(start))) start++;
    while (end > start && isBlank(text.charCodeAt(end - 1))) end--;
    return text.slice(start, end);
  }

  #removeAt(index: number): void {
    this.#own ??= [];
    this.#own[index] = removed;
    this.#length--;
  }
}

function isBlank(code: number): boolean {
  return code === 0x20 || code === 0x09;
}

/** Members of a comma-separated list in lower case, empty ones left out (RFC 9110 5.6.1). */
export function listMembers(value: string): string[] {
  return value
    .split(",")
    .map((member) => member.trim().toLowerCase())
    .filter((member) => member !== "");
}
