import type { Attributes, AttributeValue } from "@weir/telemetry/otlp";
import { scopeOf } from "@weir/telemetry/otlp/wire";
import { read } from "./wire-cursor.ts";

/** An InstrumentationScope as attributes of its spans (OpenTelemetry: mapping to non-OTLP formats). Throws WireFault. */
export function scopeAttributes(bytes: Buffer): Attributes {
  if (bytes.length === 0) return {};
  const scope = read(scopeOf, bytes);
  const attributes: Record<string, AttributeValue> = {};
  if (scope.name !== "") attributes["otel.scope.name"] = scope.name;
  if (scope.version !== "") attributes["otel.scope.version"] = scope.version;
  for (const [name, value] of Object.entries(scope.attributes)) attributes[`otel.scope.${name}`] = value;
  return attributes;
}
