import { type Draft, type ExportTraceServiceRequest, encodeTraces } from "@weir/telemetry/otlp";
import { expect, test } from "vitest";
import { acceptedItems } from "./process-request.ts";
import { processBody } from "./testing/process-body.ts";

const traceId = "0af7651916cd43dd8448eb211c80319c";
const spanId = "b7ad6b7169203331";
const startNs = 1_700_000_000_000_000_000n;

type Resource = NonNullable<Draft<ExportTraceServiceRequest>["resourceSpans"]>[number]["resource"];
const span = {
  traceId,
  spanId,
  name: "GET /",
  startTimeUnixNano: startNs,
  endTimeUnixNano: startNs + 5n,
};
const spansOf = (spans: object[], resource?: Resource) =>
  processBody("traces", encodeTraces({ resourceSpans: [{ resource, scopeSpans: [{ spans }] }] }, "protobuf"));

test("a span becomes a row of its sender's service", () => {
  const sent = {
    ...span,
    parentSpanId: "b7ad6b7169203332",
    kind: 3,
    status: { code: 2, message: "late" },
    attributes: { size: 3 },
    events: [{ timeUnixNano: startNs + 1n, name: "retried", attributes: { n: 1 } }],
    links: [{ traceId, spanId, attributes: {} }],
  };
  const attributes = { "service.name": "web", "service.namespace": "shop", "service.version": "v1" };
  expect(spansOf([sent], { attributes }).rows.spans).toEqual([
    {
      traceId,
      spanId,
      parentSpanId: "b7ad6b7169203332",
      service: { namespace: "shop", name: "web", version: "v1" },
      resource: attributes,
      operation: "GET /",
      kind: 3,
      status: 2,
      statusMessage: "late",
      startNs,
      durationNs: 5n,
      attributes: { size: 3 },
      events: [{ timeNs: startNs + 1n, name: "retried", attributes: { n: 1 } }],
      links: [{ traceId, spanId, attributes: {} }],
    },
  ]);
});

test.each`
  attributes                                       | service
  ${undefined}                                     | ${{ namespace: "", name: "unknown_service", version: "" }}
  ${{ "service.name": "" }}                        | ${{ namespace: "", name: "unknown_service", version: "" }}
  ${{ "service.name": "x".repeat(9000) }}          | ${{ namespace: "", name: "x".repeat(255), version: "" }}
  ${{ "service.name": "a", "service.version": 3 }} | ${{ namespace: "", name: "a", version: "3" }}
`("the service of $attributes is $service", ({ attributes, service }) => {
  expect(spansOf([span], { attributes }).rows.spans[0]?.service).toEqual(service);
});

test.each`
  change                            | reason
  ${{ traceId: "" }}                | ${"invalid_trace_id"}
  ${{ traceId: "0".repeat(32) }}    | ${"invalid_trace_id"}
  ${{ traceId: traceId.slice(2) }}  | ${"invalid_trace_id"}
  ${{ spanId: "0".repeat(16) }}     | ${"invalid_span_id"}
  ${{ spanId: "b7" }}               | ${"invalid_span_id"}
  ${{ parentSpanId: "b7" }}         | ${"invalid_span_id"}
  ${{ startTimeUnixNano: 0n }}      | ${"invalid_time"}
  ${{ endTimeUnixNano: 2n ** 63n }} | ${"invalid_time"}
`("$change is rejected: $reason", ({ change, reason }) => {
  const processed = spansOf([span, { ...span, ...change }]);
  expect([...processed.rejections.byReason]).toEqual([[reason, 1]]);
  expect([processed.items, acceptedItems(processed), processed.rows.spans.length]).toEqual([2, 1, 1]);
});

test.each`
  change                                | expected
  ${{ parentSpanId: "0".repeat(16) }}   | ${{ parentSpanId: undefined }}
  ${{ endTimeUnixNano: startNs - 10n }} | ${{ durationNs: 0n }}
  ${{ kind: 77 }}                       | ${{ kind: 0 }}
  ${{ status: { code: 9 } }}            | ${{ status: 0 }}
`("$change is read as $expected", ({ change, expected }) => {
  expect(spansOf([{ ...span, ...change }]).rows.spans[0]).toMatchObject(expected);
});
