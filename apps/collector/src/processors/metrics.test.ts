import { decisionAttributes, histogramCount, meshAttributes, metricNames, quantile } from "@weir/domain";
import {
  type Attributes,
  type Draft,
  type ExponentialHistogramDataPoint,
  encodeMetrics,
  type Metric,
  temporality,
} from "@weir/telemetry/otlp";
import { expect, test } from "vitest";
import { acceptedItems } from "./process-request.ts";
import { processBody } from "./testing/process-body.ts";

const traceId = "0af7651916cd43dd8448eb211c80319c";
const timeUnixNano = 1_700_000_010_000_000_000n;
const edge = (change: Attributes = {}): Attributes => ({
  [meshAttributes.reporter]: "source",
  [meshAttributes.sourceNamespace]: "shop",
  [meshAttributes.sourceService]: "web",
  [meshAttributes.sourceVersion]: "v1",
  [meshAttributes.destinationNamespace]: "shop",
  [meshAttributes.destinationService]: "cart",
  [meshAttributes.destinationVersion]: "v2",
  [meshAttributes.method]: "GET",
  [meshAttributes.status]: 200,
  ...change,
});
const metricsOf = (...metrics: Draft<Metric>[]) =>
  processBody("metrics", encodeMetrics({ resourceMetrics: [{ scopeMetrics: [{ metrics }] }] }, "protobuf"));
const durations = (
  point: Draft<ExponentialHistogramDataPoint>,
  change: Draft<Metric> = {},
  aggregationTemporality: number = temporality.delta,
): Draft<Metric> => ({
  name: metricNames.clientDuration,
  unit: "s",
  exponentialHistogram: {
    aggregationTemporality,
    dataPoints: [{ timeUnixNano, attributes: edge(), ...point }],
  },
  ...change,
});
const sum = (name: string, value: number, attributes = edge(), change = {}): Draft<Metric> => ({
  name,
  sum: {
    aggregationTemporality: temporality.delta,
    isMonotonic: true,
    dataPoints: [{ timeUnixNano, attributes, asInt: value }],
    ...change,
  },
});

test("durations and bytes of one edge and interval are one point", () => {
  const processed = metricsOf(
    durations({
      count: 5,
      sum: 0.25,
      scale: 4,
      zeroCount: 1,
      positive: { offset: -80, bucketCounts: [3, 0, 1] },
      exemplars: [{ traceId, asDouble: 0.04 }, { asDouble: 0.04 }],
    }),
    durations({ count: 1, sum: 0.05, scale: 4, positive: { offset: -78, bucketCounts: [1] } }),
    sum(metricNames.requestBytes, 100),
    sum(metricNames.responseBytes, 2000),
    durations({ count: 1, attributes: edge({ [meshAttributes.status]: 503 }) }),
  );
  expect(processed.rejections.total).toBe(0);
  expect([processed.items, acceptedItems(processed)]).toEqual([5, 5]);
  expect(processed.rows.edgePoints).toMatchObject([
    {
      timeMs: 1_700_000_010_000,
      reporter: "source",
      source: { namespace: "shop", service: "web", version: "v1" },
      destination: { namespace: "shop", service: "cart", version: "v2" },
      protocol: "http",
      method: "GET",
      statusClass: 2,
      flag: "",
      requests: 6,
      requestBytes: 100,
      responseBytes: 2000,
      durationSumSeconds: 0.3,
      histogram: { indexes: [-479, -80, -78], counts: [1, 3, 2] },
      exemplars: [{ bucketIndex: -75, traceId }],
    },
    { statusClass: 5, requests: 1 },
  ]);
});

test.each([-10, -2, 0, 3, 4, 5, 8, 20])("buckets of scale %i come to scale 4 with every count", (scale) => {
  // The bucket that holds 0.1 s at this scale, and its neighbours.
  const offset = Math.ceil(Math.log2(0.1) * 2 ** scale) - 2;
  const { rows } = metricsOf(durations({ count: 60, scale, positive: { offset, bucketCounts: [1, 58, 1] } }));
  const histogram = rows.edgePoints[0]?.histogram ?? { indexes: [], counts: [] };
  expect(histogramCount(histogram)).toBe(60);
  expect(histogram.indexes).toEqual([...histogram.indexes].sort((a, b) => a - b));
  const median = quantile(histogram, 0.5) ?? 0;
  const width = Math.max(2 ** (2 ** -scale), 2 ** (1 / 16));
  expect(median).toBeGreaterThan(0.1 / width);
  expect(median).toBeLessThan(0.1 * width);
});

test.each`
  status    | statusClass
  ${101}    | ${1}
  ${404}    | ${4}
  ${"503"}  | ${5}
  ${0}      | ${0}
  ${999}    | ${0}
  ${"none"} | ${0}
`("status $status is of class $statusClass", ({ status, statusClass }) => {
  const { rows } = metricsOf(durations({ count: 1, attributes: edge({ [meshAttributes.status]: status }) }));
  expect(rows.edgePoints[0]?.statusClass).toBe(statusClass);
});

test.each`
  status | grpcStatus | statusClass
  ${200} | ${0}       | ${2}
  ${200} | ${14}      | ${6}
  ${200} | ${"5"}     | ${6}
  ${200} | ${17}      | ${2}
  ${503} | ${14}      | ${5}
`("status $status with gRPC status $grpcStatus is of class $statusClass", (row) => {
  const attributes = edge({
    [meshAttributes.status]: row.status,
    [meshAttributes.grpcStatus]: row.grpcStatus,
  });
  const { rows } = metricsOf(durations({ count: 1, attributes }));
  expect(rows.edgePoints[0]?.statusClass).toBe(row.statusClass);
});

test.each`
  told            | resends      | security        | kept
  ${"mutual_tls"} | ${undefined} | ${"mutual_tls"} | ${0}
  ${"tls"}        | ${2}         | ${"tls"}        | ${2}
  ${"none"}       | ${"1"}       | ${"none"}       | ${1}
  ${"unknown"}    | ${1_000_000} | ${undefined}    | ${20}
  ${undefined}    | ${-3}        | ${undefined}    | ${0}
  ${7}            | ${"often"}   | ${undefined}    | ${0}
`("security $told and $resends resends are kept as $security and $kept", ({ told, resends, ...row }) => {
  const attributes = edge({
    ...(told !== undefined && { [meshAttributes.security]: told }),
    ...(resends !== undefined && { [meshAttributes.resends]: resends }),
  });
  const { rows } = metricsOf(
    durations({ count: 1, attributes }),
    sum(metricNames.requestBytes, 9, attributes),
  );
  expect(rows.edgePoints).toMatchObject([{ requestBytes: 9, resends: row.kept }]);
  expect(rows.edgePoints[0]?.security).toBe(row.security);
});

const exponential = durations({ count: 1 }).exponentialHistogram;
test.each`
  metric                                                                                       | reason
  ${durations({ count: 1 }, {}, temporality.cumulative)}                                       | ${"not_delta"}
  ${sum(metricNames.requestBytes, 1, edge(), { aggregationTemporality: 2 })}                   | ${"not_delta"}
  ${durations({ count: 1, attributes: edge({ [meshAttributes.sourceService]: "" }) })}         | ${"missing_attribute"}
  ${durations({ count: 1, attributes: edge({ [meshAttributes.reporter]: "other" }) })}         | ${"missing_attribute"}
  ${sum(metricNames.requestBytes, 1, {})}                                                      | ${"missing_attribute"}
  ${durations({ count: 1, timeUnixNano: 0n })}                                                 | ${"invalid_time"}
  ${durations({ count: 1 }, { unit: "ms" })}                                                   | ${"wrong_unit"}
  ${{ name: metricNames.clientDuration, histogram: { dataPoints: [{ attributes: edge() }] } }} | ${"wrong_type"}
  ${{ name: metricNames.decisions, exponentialHistogram: exponential }}                        | ${"wrong_type"}
  ${durations({ count: 1, scale: 21 })}                                                        | ${"out_of_range"}
  ${durations({ count: 1, positive: { offset: 2 ** 30, bucketCounts: [1] } })}                 | ${"out_of_range"}
  ${durations({ count: 1, negative: { offset: 0, bucketCounts: [1] } })}                       | ${"out_of_range"}
  ${durations({ count: 2 ** 60 })}                                                             | ${"out_of_range"}
  ${sum(metricNames.requestBytes, -1)}                                                         | ${"out_of_range"}
  ${sum(metricNames.decisions, 1, edge())}                                                     | ${"missing_attribute"}
  ${{ gauge: { dataPoints: [{ timeUnixNano, asDouble: 1 }] } }}                                | ${"missing_name"}
`("$metric.name is rejected: $reason", ({ metric, reason }) => {
  const processed = metricsOf(metric);
  expect([...processed.rejections.byReason]).toEqual([[reason, 1]]);
  expect(acceptedItems(processed)).toBe(0);
});

test("decisions: would act and did act are counted apart", () => {
  const decision = (wouldAct: boolean, acted: boolean): Attributes => ({
    ...edge(),
    [decisionAttributes.policy]: "split",
    [decisionAttributes.namespace]: "shop",
    [decisionAttributes.kind]: "canary",
    [decisionAttributes.revision]: 3,
    [decisionAttributes.mode]: "observe",
    [decisionAttributes.verdict]: "version=v2",
    [decisionAttributes.wouldAct]: wouldAct,
    [decisionAttributes.acted]: acted,
  });
  const { rows } = metricsOf(
    sum(metricNames.decisions, 5, decision(false, false)),
    sum(metricNames.decisions, 3, decision(true, false)),
    sum(metricNames.decisions, 2, decision(true, true)),
  );
  expect(rows.decisionPoints).toMatchObject([
    {
      policy: { namespace: "shop", name: "split", kind: "canary", revision: 3 },
      mode: "observe",
      verdict: "version=v2",
      destination: { service: "cart" },
      evaluated: 10,
      wouldAct: 5,
      acted: 2,
    },
  ]);
});

const point = { timeUnixNano, attributes: { route: "/" } };
test.each`
  metric                                                                                                                                                    | expected
  ${{ gauge: { dataPoints: [{ ...point, asDouble: 1.5 }] } }}                                                                                               | ${{ kind: "gauge", value: 1.5 }}
  ${{ gauge: { dataPoints: [{ ...point, flags: 1 }] } }}                                                                                                    | ${{ kind: "gauge" }}
  ${{ sum: { isMonotonic: true, aggregationTemporality: 2, dataPoints: [{ ...point, asInt: 7 }] } }}                                                        | ${{ kind: "sum/cumulative", value: 7 }}
  ${{ sum: { aggregationTemporality: 1, dataPoints: [{ ...point, asInt: -7 }] } }}                                                                          | ${{ kind: "updown-sum/delta", value: -7 }}
  ${{ histogram: { aggregationTemporality: 2, dataPoints: [{ ...point, count: 3, sum: 4, explicitBounds: [1], bucketCounts: [1, 2] }] } }}                  | ${{ kind: "histogram/cumulative", histogram: { count: 3, sum: 4, bounds: [1], counts: [1, 2] } }}
  ${{ exponentialHistogram: { aggregationTemporality: 1, dataPoints: [{ ...point, count: 3, scale: 5, positive: { offset: 2, bucketCounts: [1, 2] } }] } }} | ${{ kind: "exponential-histogram/delta", histogram: { count: 3, positive: { indexes: [1], counts: [3] } } }}
  ${{ summary: { dataPoints: [{ ...point, count: 2, sum: 3, quantileValues: [{ quantile: 0.5, value: 1 }] }] } }}                                           | ${{ kind: "summary", histogram: { count: 2, sum: 3, quantiles: [{ quantile: 0.5, value: 1 }] } }}
`("other senders' metrics are kept: $expected.kind", ({ metric, expected }) => {
  // Under a name that the mesh uses too: without a reporter it is not the mesh's.
  const { rows } = metricsOf({ name: metricNames.serverDuration, unit: "s", ...metric });
  expect(rows.edgePoints).toEqual([]);
  expect(rows.metricPoints).toMatchObject([
    {
      name: "http.server.request.duration",
      unit: "s",
      timeMs: 1_700_000_010_000,
      attributes: { route: "/" },
      ...expected,
    },
  ]);
});
