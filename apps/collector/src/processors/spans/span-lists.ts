import { jsonText } from "@weir/store";
import { spanEventOf, spanLinkOf } from "@weir/telemetry/otlp/wire";
import type { Range, Ranges } from "./span-fields.ts";
import { read } from "./wire-cursor.ts";

/** The events that stand in these places of a body, as JSON. Throws WireFault. */
export function eventsJson(body: Buffer, ranges: Ranges<Range>): string {
  return jsonText(
    readAll(body, ranges, spanEventOf).map(({ timeUnixNano, name, attributes }) => ({
      ...{ timeNs: timeUnixNano, name, attributes },
    })),
  );
}

export function linksJson(body: Buffer, ranges: Ranges<Range>): string {
  return jsonText(
    readAll(body, ranges, spanLinkOf).map(({ traceId, spanId, attributes }) => ({
      ...{ traceId, spanId, attributes },
    })),
  );
}

function readAll<T>(body: Buffer, { items, length }: Ranges<Range>, of: (bytes: Buffer) => T): T[] {
  return items.slice(0, length).map(({ from, to }) => read(of, body.subarray(from, to)));
}
