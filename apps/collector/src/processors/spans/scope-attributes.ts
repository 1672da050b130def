import type { Attributes, AttributeValue } from "@weir/telemetry/otlp";
import { scopeOf } from "@weir/telemetry/otlp/wire";
import type { AttributeRules } from "../attribute-rules/attribute-rules.ts";
import { redactAttributes } from "../attribute-rules/normalise-attributes.ts";
import { read } from "./wire-cursor.ts";

/**
 * An InstrumentationScope as attributes of its spans (OpenTelemetry: mapping to non-OTLP formats), without what the
 * rules hide. Throws WireFault.
 */
export function scopeAttributes(bytes: Buffer, rules: AttributeRules): Attributes {
  if (bytes.length === 0) return {};
  const scope = read(scopeOf, bytes);
  const attributes: Record<string, AttributeValue> = {};
  if (scope.name !== "") attributes["otel.scope.name"] = rules.maskText(scope.name);
  if (scope.version !== "") attributes["otel.scope.version"] = rules.maskText(scope.version);
  for (const [name, value] of Object.entries(redactAttributes(scope.attributes, rules)))
    attributes[`otel.scope.${name}`] = value;
  return attributes;
}
