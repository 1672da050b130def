import type { Attributes, ServiceIdentity } from "@weir/store";
import type { AttributeValue, Resource } from "@weir/telemetry/otlp";

/** Who sent a resource's telemetry. */
export interface Sender {
  readonly service: ServiceIdentity;
  readonly resource: Attributes;
}

/** Names are dictionary keys; longer ones are cut, for an index entry of Postgres has a bound. */
const longestName = 255;

/** OpenTelemetry's resource as a service at a version (semantic conventions: service.*). */
export function senderOf(resource: Resource | undefined): Sender {
  const attributes = resource?.attributes ?? {};
  return {
    service: {
      namespace: nameOf(attributes["service.namespace"]),
      name: nameOf(attributes["service.name"]) || "unknown_service",
      version: nameOf(attributes["service.version"]),
    },
    resource: attributes,
  };
}

/** A value as the text of a name; empty when it is missing or has no plain text. */
export function nameOf(value: AttributeValue | undefined): string {
  if (typeof value === "string") return value.slice(0, longestName);
  return typeof value === "number" || typeof value === "bigint" ? String(value) : "";
}
