/**
 * The fields of one message in the order and the letter case they came in (RFC 9110 5.3 allows no other). Values
 * are latin1 text, one character a byte, so that bytes above 0x7F pass unchanged.
 */
export class Fields {
  readonly names: string[] = [];
  /** `names` in lower case: what is compared. */
  readonly keys: string[] = [];
  readonly values: string[] = [];

  get length(): number {
    return this.names.length;
  }

  add(name: string, value: string): void {
    this.names.push(name);
    this.keys.push(name.toLowerCase());
    this.values.push(value);
  }

  /** Value of the first field of that lower-case name. */
  get(key: string): string | undefined {
    const index = this.keys.indexOf(key);
    return index < 0 ? undefined : this.values[index];
  }

  /** All values of that lower-case name as one list (RFC 9110 5.3); undefined when there is none. */
  list(key: string): string | undefined {
    let joined: string | undefined;
    for (let i = this.keys.indexOf(key); i >= 0; i = this.keys.indexOf(key, i + 1))
      joined = joined === undefined ? this.values[i] : `${joined}, ${this.values[i]}`;
    return joined;
  }

  count(key: string): number {
    let count = 0;
    for (const other of this.keys) if (other === key) count++;
    return count;
  }

  /** Replaces the first field of that name where it stands and drops the others, or adds one at the end. */
  set(name: string, value: string): void {
    const key = name.toLowerCase();
    const index = this.keys.indexOf(key);
    if (index < 0) {
      this.add(name, value);
      return;
    }
    this.values[index] = value;
    for (let i = this.keys.length - 1; i > index; i--) if (this.keys[i] === key) this.#removeAt(i);
  }

  remove(key: string): void {
    for (let i = this.keys.length - 1; i >= 0; i--) if (this.keys[i] === key) this.#removeAt(i);
  }

  #removeAt(index: number): void {
    this.names.splice(index, 1);
    this.keys.splice(index, 1);
    this.values.splice(index, 1);
  }
}

/** Fields out of a scanned head: `offsets` as a head scanner leaves them. */
export function fieldsOf(text: string, offsets: readonly number[]): Fields {
  const fields = new Fields();
  for (let i = 0; i < offsets.length; i += 4) {
    const name = text.slice(offsets[i], offsets[i + 1]);
    fields.names.push(name);
    fields.keys.push(name.toLowerCase());
    fields.values.push(trimmed(text, offsets[i + 2] as number, offsets[i + 3] as number));
  }
  return fields;
}

/** A value without the optional spaces and tabs around it (RFC 9112 5). */
function trimmed(text: string, from: number, to: number): string {
  let start = from;
  let end = to;
  while (start < end && isBlank(text.charCodeAt(start))) start++;
  while (end > start && isBlank(text.charCodeAt(end - 1))) end--;
  return text.slice(start, end);
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
