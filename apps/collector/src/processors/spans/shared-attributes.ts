import { hash } from "node:crypto";
import type { AttributeKey } from "./attribute-keys.ts";
import type { AttributeRange } from "./span-fields.ts";

/** A name with more values than this among the spans of a service is every span's own. */
const mostValues = 48;
/** Names that are watched in a service; further ones are every span's own. */
const mostNames = 32;
/** After so many sets of a service its most varied name is made every span's own, until there are fewer. */
const mostSets = 1_000;

/**
 * Which attributes the spans of one service have in common, found out by looking: a set of them is stored once, and the
 * spans name it. What is found out only decides where an attribute stands, never whether it is there.
 */
export class SharedAttributes {
  readonly #isOwn: boolean[] = [];
  readonly #values = new Map<number, Set<string>>();
  #sets = 0;

  /** Whether the key's value is to stand in the span itself. */
  isOwn(key: AttributeKey): boolean {
    if (key.isOwn || this.#isOwn[key.id] === true) return true;
    return this.#values.size >= mostNames && !this.#values.has(key.id);
  }

  /**
   * Looks at the values of a set that is not known yet, in the body they came in. True when it has found a name that varies too
   * much: what the span has in common with others is to be put together anew.
   */
  learn(body: Buffer, attributes: readonly AttributeRange[]): boolean {
    const varied = attributes.filter(({ key, valueFrom, valueTo }) =>
      this.#varies(key?.id ?? -1, body.subarray(valueFrom, valueTo)),
    );
    for (const { key } of varied) this.#makeOwn(key?.id ?? -1);
    if (varied.length > 0) return true;
    if (++this.#sets < mostSets) return false;
    this.#sets = 0;
    const [most] = [...this.#values].sort(([, a], [, b]) => b.size - a.size);
    if (!most || most[1].size < 2) return false;
    this.#makeOwn(most[0]);
    return true;
  }

  #varies(id: number, value: Buffer): boolean {
    let values = this.#values.get(id);
    if (!values) {
      if (this.#values.size >= mostNames) return true;
      values = new Set();
      this.#values.set(id, values);
    }
    // Short, for they are only counted.
    return values.add(hash("md5", value, "base64url").slice(0, 8)).size > mostValues;
  }

  #makeOwn(id: number): void {
    this.#isOwn[id] = true;
    this.#values.delete(id);
  }
}
