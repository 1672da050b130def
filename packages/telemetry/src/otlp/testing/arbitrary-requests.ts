import fc from "fast-check";
import type { Attributes, AttributeValue } from "../attributes.ts";
import type { ExportLogsServiceRequest } from "../messages/logs.ts";
import type { ExportMetricsServiceRequest } from "../messages/metrics.ts";
import type { ExportTraceServiceRequest } from "../messages/trace.ts";

/** Requests with every property of the schema, for round trips. */
const text = fc.string({ unit: "grapheme", maxLength: 60 });
const nanos = fc.bigInt({ min: 0n, max: 2n ** 64n - 1n });
const uint32 = fc.nat({ max: 2 ** 32 - 1 });
const count = fc.maxSafeNat();
const double = fc.double();
const id = (bytes: number) =>
  fc.uint8Array({ minLength: 0, maxLength: bytes }).map((id) => Buffer.from(id).toString("hex"));
const integer = fc.oneof(
  fc.maxSafeInteger().map((n) => n + 0),
  fc.bigInt({ min: 2n ** 53n, max: 2n ** 63n - 1n }),
  fc.bigInt({ min: -(2n ** 63n), max: -(2n ** 53n) }),
);
const list = <T>(item: fc.Arbitrary<T>) => fc.array(item, { maxLength: 3 });
const orAbsent = <T>(item: fc.Arbitrary<T>) => fc.option(item, { nil: undefined });

const { attributes, value } = fc.letrec<{ attributes: Attributes; value: AttributeValue }>((tie) => ({
  attributes: fc.dictionary(text, tie("value"), { maxKeys: 3, noNullPrototype: true }),
  value: fc.oneof(
    { maxDepth: 3 },
    text,
    integer,
    double,
    fc.boolean(),
    fc.constant(null),
    fc.uint8Array({ minLength: 0, maxLength: 9 }),
    fc.array(tie("value"), { maxLength: 3 }),
    tie("attributes"),
  ),
}));

const resource = orAbsent(fc.record({ attributes, droppedAttributesCount: uint32 }));
const scope = orAbsent(fc.record({ name: text, version: text, attributes, droppedAttributesCount: uint32 }));

const span = fc.record({
  traceId: id(16),
  spanId: id(8),
  traceState: text,
  parentSpanId: id(8),
  flags: uint32,
  name: text,
  kind: fc.nat({ max: 5 }),
  startTimeUnixNano: nanos,
  endTimeUnixNano: nanos,
  attributes,
  droppedAttributesCount: uint32,
  events: list(fc.record({ timeUnixNano: nanos, name: text, attributes, droppedAttributesCount: uint32 })),
  droppedEventsCount: uint32,
  links: list(
    fc.record({
      traceId: id(16),
      spanId: id(8),
      traceState: text,
      attributes,
      droppedAttributesCount: uint32,
      flags: uint32,
    }),
  ),
  droppedLinksCount: uint32,
  status: orAbsent(fc.record({ message: text, code: fc.nat({ max: 2 }) })),
});

export const traceRequests: fc.Arbitrary<ExportTraceServiceRequest> = fc.record({
  resourceSpans: list(
    fc.record({
      resource,
      scopeSpans: list(fc.record({ scope, spans: list(span), schemaUrl: text })),
      schemaUrl: text,
    }),
  ),
});

const logRecord = fc.record({
  timeUnixNano: nanos,
  observedTimeUnixNano: nanos,
  severityNumber: fc.nat({ max: 24 }),
  severityText: text,
  body: value,
  attributes,
  droppedAttributesCount: uint32,
  flags: uint32,
  traceId: id(16),
  spanId: id(8),
  eventName: text,
});

export const logsRequests: fc.Arbitrary<ExportLogsServiceRequest> = fc.record({
  resourceLogs: list(
    fc.record({
      resource,
      scopeLogs: list(fc.record({ scope, logRecords: list(logRecord), schemaUrl: text })),
      schemaUrl: text,
    }),
  ),
});

const times = { startTimeUnixNano: nanos, timeUnixNano: nanos };
const measured = { asDouble: orAbsent(double), asInt: orAbsent(integer) };
const exemplars = list(
  fc.record({
    filteredAttributes: attributes,
    timeUnixNano: nanos,
    ...measured,
    spanId: id(8),
    traceId: id(16),
  }),
);
const common = { attributes, ...times, flags: uint32 };
const extent = { sum: orAbsent(double), min: orAbsent(double), max: orAbsent(double) };
const buckets = orAbsent(fc.record({ offset: fc.integer(), bucketCounts: list(count) }));
const numberPoint = fc.record({ ...common, ...measured, exemplars });
const histogramPoint = fc.record({
  ...common,
  ...extent,
  count,
  bucketCounts: list(count),
  explicitBounds: list(double),
  exemplars,
});
const exponentialPoint = fc.record({
  ...common,
  ...extent,
  count,
  scale: fc.integer(),
  zeroCount: count,
  positive: buckets,
  negative: buckets,
  exemplars,
  zeroThreshold: double,
});
const summaryPoint = fc.record({
  ...common,
  count,
  sum: double,
  quantileValues: list(fc.record({ quantile: double, value: double })),
});

const aggregationTemporality = fc.nat({ max: 2 });
const noData = {
  ...{ gauge: undefined, sum: undefined, histogram: undefined },
  ...{ exponentialHistogram: undefined, summary: undefined },
};
const data = fc.oneof(
  fc.constant({}),
  fc.record({ gauge: fc.record({ dataPoints: list(numberPoint) }) }),
  fc.record({
    sum: fc.record({ dataPoints: list(numberPoint), aggregationTemporality, isMonotonic: fc.boolean() }),
  }),
  fc.record({ histogram: fc.record({ dataPoints: list(histogramPoint), aggregationTemporality }) }),
  fc.record({
    exponentialHistogram: fc.record({ dataPoints: list(exponentialPoint), aggregationTemporality }),
  }),
  fc.record({ summary: fc.record({ dataPoints: list(summaryPoint) }) }),
);
const metric = fc
  .tuple(fc.record({ name: text, description: text, unit: text, metadata: attributes }), data)
  .map(([described, data]) => ({ ...described, ...noData, ...data }));

export const metricsRequests: fc.Arbitrary<ExportMetricsServiceRequest> = fc.record({
  resourceMetrics: list(
    fc.record({
      resource,
      scopeMetrics: list(fc.record({ scope, metrics: list(metric), schemaUrl: text })),
      schemaUrl: text,
    }),
  ),
});
