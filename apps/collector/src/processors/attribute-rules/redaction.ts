import { createHash, createHmac } from "node:crypto";
import { compileSearch, type RegexSearch } from "@weir/domain";
import type { Attributes, AttributeValue } from "@weir/telemetry/otlp";
import { conventionOf, namesOf } from "./semantic-conventions.ts";

/** From the mildest to the strictest: of several that apply, the strictest does. */
const actions = ["keep", "hash", "mask", "drop"] as const;
export type AttributeAction = (typeof actions)[number];

/** What is done with attributes of some names. */
export interface KeyAction {
  /** One name, of an older convention or of today's: either covers both. */
  readonly key?: string | undefined;
  /** All names in which this is found (syntax of `compileSearch`). */
  readonly pattern?: string | undefined;
  readonly action: AttributeAction;
}

export interface RedactionSettings {
  readonly keys: readonly KeyAction[];
  /** Patterns hidden wherever they are found in texts. */
  readonly values: readonly string[];
  /** Names that are kept whatever the patterns of `keys` say. */
  readonly ignoredKeys: readonly string[];
  /** Makes hashes that cannot be found out by trying values (HMAC). Absent: plain SHA-256. */
  readonly hashKey?: string | undefined;
}

/** What hidden texts are replaced by (OpenTelemetry Collector: redaction processor). */
export const masked = "****";

/** The mesh's own: without them a record says nothing, and they hold nothing of an application's. */
const ownPrefix = "weir.";

/** Keeps secrets out: by the names of attributes, and by what their values look like. */
export class Redaction {
  readonly #byName = new Map<string, AttributeAction>();
  readonly #byPattern: readonly { readonly search: RegexSearch; readonly action: AttributeAction }[];
  readonly #ignored: ReadonlySet<string>;
  readonly #values: readonly RegexSearch[];
  readonly #hashKey: string | undefined;

  /** Throws RegexRefused. */
  constructor({ keys, values, ignoredKeys, hashKey }: RedactionSettings) {
    for (const { key, action } of keys)
      for (const name of key === undefined ? [] : namesOf(key))
        this.#byName.set(name, strictest(action, this.#byName.get(name)));
    this.#byPattern = keys.flatMap(({ pattern, action }) =>
      pattern === undefined ? [] : [{ search: compileSearch(pattern), action }],
    );
    this.#ignored = new Set(ignoredKeys.flatMap((key) => [...namesOf(key)]));
    this.#values = values.map(compileSearch);
    this.#hashKey = hashKey;
  }

  /** Whether any name is acted on. */
  get readsNames(): boolean {
    return this.#byName.size > 0 || this.#byPattern.length > 0;
  }

  /** Whether values are changed for what they say, whatever their name. */
  get readsTexts(): boolean {
    return this.#values.length > 0;
  }

  /**
   * What is done with attributes of a name on spans of a kind. `whole`: its value is not split, so what holds for any
   * part of it holds for all.
   */
  actionOf(key: string, kind: number, { whole }: { readonly whole: boolean }): AttributeAction {
    if (key.startsWith(ownPrefix)) return "keep";
    const { name, alias } = conventionOf(key, kind);
    const names = [key, ...(alias?.split ? (whole ? alias.split.names : []) : [name])];
    const named = names.map((name) => this.#byName.get(name));
    const patterned = names.some((name) => this.#ignored.has(name))
      ? []
      : this.#byPattern.map(({ search, action }) =>
          names.some((name) => search.found(name)) ? action : "keep",
        );
    return strictest(...named, ...patterned);
  }

  /** A value after its action; its texts without what is to be hidden in any. */
  apply(action: AttributeAction, value: AttributeValue): AttributeValue {
    if (action === "mask") return masked;
    return action === "hash" ? this.#hash(value) : this.#clean(value);
  }

  /** A text without what is to be hidden in any. */
  maskText(text: string): string {
    return this.#values.reduce((rest, search) => search.mask(rest, masked), text);
  }

  /** Lists and maps inside a value hold secrets as well as attributes do. */
  #clean(value: AttributeValue): AttributeValue {
    if (typeof value === "string") return this.maskText(value);
    if (!holdsValues(value) || !(this.readsNames || this.readsTexts)) return value;
    if (Array.isArray(value)) return value.map((item) => this.#clean(item));
    const members = Object.entries(value).flatMap(([key, member]) => {
      const action = this.actionOf(key, 0, { whole: true });
      return action === "drop" ? [] : [[key, this.apply(action, member)] as const];
    });
    return Object.fromEntries(members);
  }

  /** The first 16 bytes of SHA-256, in hexadecimal: equal values stay equal, and nothing else is left of them. */
  #hash(value: AttributeValue): string {
    const hash = this.#hashKey === undefined ? createHash("sha256") : createHmac("sha256", this.#hashKey);
    return hash.update(bytesOf(value)).digest("hex").slice(0, 32);
  }
}

/** Whether a value is a list or a map. */
export function holdsValues(value: AttributeValue): value is Attributes | readonly AttributeValue[] {
  return typeof value === "object" && value !== null && !(value instanceof Uint8Array);
}

function strictest(...all: readonly (AttributeAction | undefined)[]): AttributeAction {
  const strictness = Math.max(...all.map((action) => (action ? actions.indexOf(action) : 0)), 0);
  return actions[strictness] ?? "keep";
}

function bytesOf(value: AttributeValue): string | Uint8Array {
  if (typeof value === "string" || value instanceof Uint8Array) return value;
  if (typeof value !== "object" || value === null) return String(value);
  return JSON.stringify(value, (_, part: unknown) =>
    typeof part === "bigint"
      ? String(part)
      : part instanceof Uint8Array
        ? Buffer.from(part).toString("base64")
        : part,
  );
}
