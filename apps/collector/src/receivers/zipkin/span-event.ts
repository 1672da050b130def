import type { Attributes, Draft, SpanEvent } from "@weir/telemetry/otlp";
import { nanosecondsOf } from "./span-times.ts";
import type { ZipkinAnnotation } from "./zipkin-span.ts";

/** An event with attributes is written as `"name": {…}` (OpenTelemetry to Zipkin: Events). */
const withAttributes = /^"((?:[^"\\]|\\.)*)":\s*(\{.*\})$/s;

/** An annotation as an event; undefined where its time is none. */
export function eventOf({ timestamp, value }: ZipkinAnnotation): Draft<SpanEvent> | undefined {
  const timeUnixNano = nanosecondsOf(timestamp);
  if (timeUnixNano === undefined) return undefined;
  const [, name, json] = withAttributes.exec(value) ?? [];
  const attributes = json === undefined ? undefined : attributesOf(json);
  return name !== undefined && attributes
    ? { timeUnixNano, name, attributes }
    : { timeUnixNano, name: value };
}

/** Undefined for a text that only looks like an event's attributes. */
function attributesOf(text: string): Attributes | undefined {
  try {
    const entries = Object.entries(JSON.parse(text) as Record<string, unknown>);
    return Object.fromEntries(
      entries.map(([key, value]) => [key, typeof value === "object" ? JSON.stringify(value) : value]),
    ) as Attributes;
  } catch {
    return undefined;
  }
}
