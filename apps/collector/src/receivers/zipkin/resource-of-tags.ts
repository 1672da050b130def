import type { Attributes } from "@weir/telemetry/otlp";
import type { ZipkinSpan } from "./zipkin-span.ts";

const ofService: ReadonlySet<string> = new Set([
  "service.name",
  "service.namespace",
  "service.version",
  "service.instance.id",
]);
const prefixes = ["telemetry.", "deployment.", "host.", "os.", "process.", "container.", "k8s.", "cloud."];

/**
 * Zipkin has no resource: exporters write its attributes among the tags of every span (OpenTelemetry to Zipkin:
 * Resource), from where they are taken back by their names.
 */
export function isResourceTag(key: string): boolean {
  return ofService.has(key) || prefixes.some((prefix) => key.startsWith(prefix));
}

/** The endpoint's name is the service's; the tag is the fallback. Without either the service stays unnamed. */
export function resourceOf({ localEndpoint, tags }: ZipkinSpan): Attributes {
  const attributes = Object.fromEntries([...tags].filter(([key]) => isResourceTag(key)));
  const { serviceName } = localEndpoint;
  return serviceName === undefined ? attributes : { ...attributes, "service.name": serviceName };
}
