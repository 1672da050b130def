import { decisionAttributes, histogramCount, meshAttributes, metricNames, quantile } from "@weir/domain";
import {
  type Attributes,
  type Draft,
  type ExponentialHistogramDataPoint,
  type ExportLogsServiceRequest,
  type ExportTraceServiceRequest,
  encodeLogs,
  encodeMetrics,
  encodeTraces,
  type Metric,
  type Signal,
  temporality,
} from "@weir/telemetry/otlp";
import { describe, expect, test } from "vitest";
import { acceptedItems, processRequest } from "./process-request.ts";

const receivedNs = 1_700_000_000_000_000_000n;
const process = (signal: Signal, body: Buffer) =>
  processRequest({ signal, encoding: "protobuf", body, digest: new Uint8Array(32), receivedNs });

const traceId = "0af7651916cd43dd8448eb211c80319c";
const spanId = "b7ad6b7169203331";
const startNs = 1_700_000_000_000_000_000n;

describe("spans", () => {
  type Resource = NonNullable<Draft<ExportTraceServiceRequest>["resourceSpans"]>[number]["resource"];
  const span = {
    traceId,
    spanId,
    name: "GET /",
    startTimeUnixNano: startNs,
    endTimeUnixNano: startNs + 5n,
  };
  const spansOf = (spans: object[], resource?: Resource) =>
    process("traces", encodeTraces({ resourceSpans: [{ resource, scopeSpans: [{ spans }] }] }, "protobuf"));

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
});

describe("logs", () => {
  const logsOf = (
    ...logRecords: NonNullable<
      NonNullable<
        NonNullable<Draft<ExportLogsServiceRequest>["resourceLogs"]>[number]["scopeLogs"]
      >[number]["logRecords"]
    >[number][]
  ) => process("logs", encodeLogs({ resourceLogs: [{ scopeLogs: [{ logRecords }] }] }, "protobuf"));
  const edge = {
    [meshAttributes.reporter]: "source",
    [meshAttributes.sourceNamespace]: "shop",
    [meshAttributes.sourceService]: "web",
    [meshAttributes.sourceVersion]: "v1",
    [meshAttributes.destinationNamespace]: "shop",
    [meshAttributes.destinationService]: "cart",
    [meshAttributes.destinationVersion]: "v2",
  };

  test("a record is kept as it is", () => {
    const { logs } = logsOf({
      timeUnixNano: 7n,
      severityNumber: 17,
      body: { text: "failed" },
      attributes: { a: 1 },
      eventName: "payment.failed",
      traceId,
      spanId,
    }).rows;
    expect(logs).toMatchObject([
      {
        timeNs: 7n,
        severity: 17,
        body: { text: "failed" },
        attributes: { a: 1, "event.name": "payment.failed" },
        traceId,
        spanId,
      },
    ]);
  });

  test("its time is the first that it has; a trace id that is none is left out", () => {
    const { rows, rejections } = logsOf(
      { observedTimeUnixNano: 9n, traceId: "abcd" },
      { severityNumber: 99, spanId },
      { timeUnixNano: 2n ** 63n },
    );
    expect(rows.logs.map(({ timeNs }) => timeNs)).toEqual([9n, receivedNs]);
    expect(rows.logs[0]).not.toHaveProperty("traceId");
    expect(rows.logs[1]).toMatchObject({ severity: 0 });
    expect([...rejections.byReason]).toEqual([["invalid_time", 1]]);
  });

  test.each([{ eventName: "weir.access" }, { attributes: { "event.name": "weir.access" } }])(
    "an access log is known by its event's name, as %o",
    ({ eventName, attributes }) => {
      const decisions = [{ policy: "split", verdict: "version=v2", wouldAct: true }];
      const { rows } = logsOf({
        timeUnixNano: 7n,
        eventName,
        traceId,
        spanId,
        attributes: {
          ...edge,
          ...attributes,
          [meshAttributes.method]: "GET",
          [meshAttributes.path]: "/items",
          [meshAttributes.host]: "cart",
          [meshAttributes.status]: 503,
          [meshAttributes.responseFlag]: "UH",
          [meshAttributes.durationNs]: 1_500_000,
          [meshAttributes.upstreamNs]: -1,
          [meshAttributes.responseBytes]: 2 ** 40,
          [meshAttributes.decisions]: decisions,
        },
      });
      expect(rows.logs).toEqual([]);
      expect(rows.accessLogs).toEqual([
        {
          timeNs: 7n,
          traceId,
          spanId,
          reporter: "source",
          source: { namespace: "shop", service: "web", version: "v1" },
          destination: { namespace: "shop", service: "cart", version: "v2" },
          protocol: "http",
          method: "GET",
          path: "/items",
          host: "cart",
          status: 503,
          flag: "UH",
          durationNs: 1_500_000n,
          upstreamNs: 0n,
          requestBytes: 0n,
          responseBytes: 2n ** 40n,
          decisions,
        },
      ]);
    },
  );

  test.each([meshAttributes.reporter, meshAttributes.sourceService, meshAttributes.destinationService])(
    "an access log without %s is rejected",
    (name) => {
      const { rejections } = logsOf({ eventName: "weir.access", attributes: { ...edge, [name]: "" } });
      expect([...rejections.byReason]).toEqual([["missing_attribute", 1]]);
    },
  );
});

describe("metrics", () => {
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
    process("metrics", encodeMetrics({ resourceMetrics: [{ scopeMetrics: [{ metrics }] }] }, "protobuf"));
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
    const { rows } = metricsOf(
      durations({ count: 60, scale, positive: { offset, bucketCounts: [1, 58, 1] } }),
    );
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
    const { rows } = metricsOf(
      durations({ count: 1, attributes: edge({ [meshAttributes.status]: status }) }),
    );
    expect(rows.edgePoints[0]?.statusClass).toBe(statusClass);
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
});
