import type { Struct, StructValue } from "@weir/telemetry/envoy";

type Plain = string | number | boolean | null | readonly Plain[] | { readonly [key: string]: Plain };

/** A Struct from a plain object. */
export function structOf(fields: { readonly [key: string]: Plain }): Struct {
  return new Map(Object.entries(fields).map(([key, value]) => [key, asValue(value)]));
}

function asValue(value: Plain): StructValue {
  if (typeof value !== "object" || value === null) return value;
  return Array.isArray(value) ? value.map(asValue) : structOf(value as { readonly [key: string]: Plain });
}
