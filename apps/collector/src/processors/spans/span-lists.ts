import { jsonText } from "@weir/store";
import { spanEventOf, spanLinkOf } from "@weir/telemetry/otlp/wire";
import type { AttributeRules } from "../attribute-rules/attribute-rules.ts";
import { normaliseAttributes } from "../attribute-rules/normalise-attributes.ts";
import type { Range, Ranges } from "./span-fields.ts";
import { read } from "./wire-cursor.ts";

/** The events that stand in these places of a body, as JSON. Throws WireFault. */
export function eventsJson(body: Buffer, ranges: Ranges<Range>, rules: AttributeRules): string {
  return jsonText(
    readAll(body, ranges, spanEventOf).map(({ timeUnixNano, name, attributes }) => ({
      ...{ timeNs: timeUnixNano, name, attributes: normaliseAttributes(attributes, rules) },
    })),
  );
}

export function linksJson(body: Buffer, ranges: Ranges<Range>, rules: AttributeRules): string {
  return jsonText(
    readAll(body, ranges, spanLinkOf).map(({ traceId, spanId, attributes }) => ({
      ...{ traceId, spanId, attributes: normaliseAttributes(attributes, rules) },
    })),
  );
}

function readAll<T>(body: Buffer, { items, length }: Ranges<Range>, of: (bytes: Buffer) => T): T[] {
  return items.slice(0, length).map(({ from, to }) => read(of, body.subarray(from, to)));
}
