import type { Reader, Writer } from "protobufjs/minimal.js";

/** Wire types of protobuf that OTLP uses (protobuf encoding guide: message structure). */
export const wireType = { varint: 0, fixed64: 1, lengthDelimited: 2, fixed32: 5 } as const;
type WireType = (typeof wireType)[keyof typeof wireType];

/** One type of value: how it stands in protobuf and in OTLP/JSON. Reading and writing stand together on purpose. */
export interface Kind<V> {
  readonly wireType: WireType;
  /** What an absent field means; not written unless the field has presence of its own. */
  readonly zero: V;
  isZero(value: V): boolean;
  /** Writes the value after its tag. */
  write(writer: Writer, value: V): void;
  /** Reads the value after its tag. Throws RangeError or Error where the bytes end or make no sense. */
  read(reader: Reader): V;
  toJson(value: V): unknown;
  /** Throws {@link JsonMismatch}. */
  fromJson(json: unknown): V;
}

/** A JSON value that a field cannot take. The path is completed on the way out, so that reading well-formed input pays nothing. */
export class JsonMismatch extends Error {
  readonly code = "JSON_MISMATCH";
  readonly path: PropertyKey[] = [];

  constructor(expected: string, json: unknown) {
    super(`must be ${expected}, not ${describe(json)}`);
    this.name = "JsonMismatch";
  }

  within(step: PropertyKey): this {
    this.path.unshift(step);
    return this;
  }
}

/** Runs `read`, and adds `step` to the path of what it refuses. */
export function at<V>(step: PropertyKey, read: () => V): V {
  try {
    return read();
  } catch (error) {
    throw error instanceof JsonMismatch ? error.within(step) : error;
  }
}

/** `["spans", 0, "name"]` as `spans[0].name`. */
export function formatJsonPath(path: readonly PropertyKey[]): string {
  return path
    .map((step, i) => (typeof step === "number" ? `[${step}]` : `${i === 0 ? "" : "."}${String(step)}`))
    .join("");
}

/** The field is an object, or refused. */
export function jsonObject(json: unknown): Record<string, unknown> {
  if (typeof json === "object" && json !== null && !Array.isArray(json))
    return json as Record<string, unknown>;
  throw new JsonMismatch("an object", json);
}

export function jsonArray(json: unknown): unknown[] {
  if (Array.isArray(json)) return json;
  throw new JsonMismatch("an array", json);
}

function describe(json: unknown): string {
  if (json === null) return "null";
  if (Array.isArray(json)) return "an array";
  if (typeof json === "object") return "an object";
  const text = typeof json === "string" ? JSON.stringify(json) : String(json);
  return text.length > 40 ? `${text.slice(0, 40)}…` : text;
}
