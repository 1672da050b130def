import { jsonText } from "../json-text.ts";
import { attributeHashes } from "../spans/attribute-hashes.ts";

/** An attribute of a span and the value it must have. */
export interface AttributeFilter {
  readonly name: string;
  /** A text is also met by the integer, fraction or flag that is spelled like it. */
  readonly value: string | number | boolean;
}

/** The values that meet a filter, each as an object with the one member. */
export interface AttributeAlternatives {
  /** JSON, for `attributes @> …`. */
  readonly objects: readonly string[];
  /** By which spans are found that have it among their own; undefined: these cannot be found by a hash. */
  readonly hashes: readonly number[] | undefined;
}

export function alternativesOf({ name, value }: AttributeFilter): AttributeAlternatives {
  const objects = valuesLike(value).map((alternative) => jsonText({ [name]: alternative }));
  const hashes = objects.map(hashOf);
  const all = hashes.every((hash) => hash !== undefined);
  return { objects, hashes: all ? hashes : undefined };
}

function valuesLike(value: AttributeFilter["value"]): AttributeFilter["value"][] {
  if (typeof value !== "string") return [value];
  if (value === "true" || value === "false") return [value, value === "true"];
  const number = Number(value);
  return Number.isFinite(number) && String(number) === value ? [value, number] : [value];
}

function hashOf(object: string): number | undefined {
  const bytes = Buffer.from(object);
  let found: number | undefined;
  attributeHashes(bytes, 0, bytes.length, (hash) => {
    found = hash;
  });
  return found;
}
