export interface KeyValue {
  readonly key: string;
  readonly type: "string" | "bool" | "int64" | "float64";
  readonly value: string | boolean | number;
}

/** Attributes as Jaeger's tags, ordered by key. What is a list or an object is told as its JSON. */
export function keyValues(attributes: Readonly<Record<string, unknown>>): KeyValue[] {
  return Object.entries(attributes)
    .map(([key, value]) => keyValue(key, value))
    .sort((a, b) => (a.key < b.key ? -1 : 1));
}

export function keyValue(key: string, value: unknown): KeyValue {
  switch (typeof value) {
    case "string":
      return { key, type: "string", value };
    case "boolean":
      return { key, type: "bool", value };
    case "number":
      return { key, type: Number.isInteger(value) ? "int64" : "float64", value };
    default:
      return { key, type: "string", value: JSON.stringify(value) ?? "" };
  }
}
