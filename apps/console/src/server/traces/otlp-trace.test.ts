import type { TraceSpan } from "@weir/store";
import { decodeTraces, encodeTraces } from "@weir/telemetry/otlp";
import { expect, test } from "vitest";
import { otlpTrace } from "./otlp-trace.ts";

const traceId = "0af7651916cd43dd8448eb211c80319c";

function stored(over: Partial<TraceSpan> = {}): TraceSpan {
  return {
    ...{
      traceId,
      spanId: "00000000000000c1",
      parentSpanId: undefined,
      operation: "POST",
      kind: 3,
      status: 0,
    },
    ...{ service: { namespace: "shop", name: "checkout", version: "v1" }, resource: { "host.name": "one" } },
    ...{ statusMessage: undefined, startNs: 1_764_000_000_123_456_789n, durationNs: 42n },
    ...{ attributes: {}, events: [], links: [] },
    ...over,
  };
}

const roundTrip = (spans: readonly TraceSpan[]) =>
  decodeTraces(encodeTraces(otlpTrace(spans), "json"), "json").resourceSpans;

test("a collector reads from the file what was stored", () => {
  const attributes = {
    text: "<b>",
    whole: 7,
    part: 0.5,
    yes: true,
    nothing: null,
    list: ["a", 1],
    tree: { of: "two" },
  };
  const [read] = roundTrip([
    stored({
      ...{ parentSpanId: "00000000000000c0", status: 2, statusMessage: "UH", attributes },
      events: [
        { name: "declined", timeNs: "1764000000123456800", attributes: { code: 51 } },
        { name: "when?" },
      ],
      links: [{ traceId: "ff".repeat(16), spanId: "00000000000000aa", attributes: { why: "batch" } }],
    }),
  ]);
  expect(read?.resource?.attributes).toEqual({
    ...{
      "service.name": "checkout",
      "service.namespace": "shop",
      "service.version": "v1",
      "host.name": "one",
    },
  });
  expect(read?.scopeSpans[0]?.spans).toMatchObject([
    {
      ...{ traceId, spanId: "00000000000000c1", parentSpanId: "00000000000000c0", name: "POST", kind: 3 },
      ...{ startTimeUnixNano: 1_764_000_000_123_456_789n, endTimeUnixNano: 1_764_000_000_123_456_831n },
      ...{ attributes, status: { code: 2, message: "UH" } },
      events: [
        { name: "declined", timeUnixNano: 1_764_000_000_123_456_800n, attributes: { code: 51 } },
        { name: "when?", timeUnixNano: 0n },
      ],
      links: [{ traceId: "ff".repeat(16), spanId: "00000000000000aa", attributes: { why: "batch" } }],
    },
  ]);
});

test("spans of one resource stand together, and what a resource says of its service counts", () => {
  const other = { "service.name": "checkout-api", "host.name": "two" };
  const read = roundTrip([
    stored(),
    stored({ spanId: "00000000000000c2", resource: other }),
    stored({ spanId: "00000000000000c3" }),
  ]);
  expect(read.map(({ scopeSpans }) => scopeSpans[0]?.spans.map(({ spanId }) => spanId))).toEqual([
    ["00000000000000c1", "00000000000000c3"],
    ["00000000000000c2"],
  ]);
  expect(read[1]?.resource?.attributes["service.name"]).toBe("checkout-api");
});

test("a trace without spans is an empty request", () => expect(roundTrip([])).toEqual([]));
