import { decisionAttributes, meshAttributes, metricNames } from "@weir/domain";
import { topology } from "@weir/store";
import { type Encoding, encodeLogs, encodeMetrics, encodeTraces, temporality } from "@weir/telemetry/otlp";
import { createLogger, createRegistry, startSelfTracing } from "@weir/telemetry/process";
import { describe, expect, test } from "vitest";
import { startCollector } from "./pipeline.ts";
import { nowNs, spanBody, TestCollector } from "./testing/test-collector.ts";

const bench = new TestCollector();

describe.each<Encoding>(["protobuf", "json"])("%s", (encoding) => {
  const edge = {
    [meshAttributes.reporter]: "source",
    [meshAttributes.sourceNamespace]: "shop",
    [meshAttributes.sourceService]: `web-${encoding}`,
    [meshAttributes.destinationNamespace]: "shop",
    [meshAttributes.destinationService]: "cart",
    [meshAttributes.destinationVersion]: "v2",
    [meshAttributes.status]: 200,
  };

  test("spans are rows once they are acknowledged", async () => {
    await bench.startReady();
    const operation = `GET /${encoding}`;
    const attributes = { nul: "a\0b", nan: Number.NaN, list: [1, "x"], big: 2n ** 60n };
    const events = [{ timeUnixNano: nowNs(), name: "event", attributes }];
    const sent = await bench.post(
      "traces",
      spanBody(operation, 3, { attributes, events }, encoding),
      encoding,
    );
    expect(sent.status).toBe(200);
    expect(await bench.countSpans(operation)).toBe(3);
  });

  test("a sidecar's metrics are edges and decisions, all others are points", async () => {
    await bench.startReady();
    const timeUnixNano = nowNs();
    const point = { timeUnixNano, attributes: edge };
    const decision = {
      ...edge,
      [decisionAttributes.policy]: "split",
      [decisionAttributes.namespace]: "shop",
      [decisionAttributes.kind]: "canary",
      [decisionAttributes.revision]: 1,
      [decisionAttributes.mode]: "observe",
      [decisionAttributes.verdict]: "version=v2",
      [decisionAttributes.wouldAct]: true,
    };
    const delta = { aggregationTemporality: temporality.delta, isMonotonic: true };
    const buckets = { offset: -80, bucketCounts: [3, 1] };
    const metrics = [
      {
        name: metricNames.clientDuration,
        unit: "s",
        exponentialHistogram: {
          ...delta,
          dataPoints: [{ ...point, count: 4, sum: 0.1, scale: 4, positive: buckets }],
        },
      },
      { name: metricNames.requestBytes, sum: { ...delta, dataPoints: [{ ...point, asInt: 70 }] } },
      {
        name: metricNames.decisions,
        sum: { ...delta, dataPoints: [{ timeUnixNano, attributes: decision, asInt: 4 }] },
      },
      { name: `queue.length.${encoding}`, gauge: { dataPoints: [{ timeUnixNano, asDouble: 3 }] } },
    ];
    const body = encodeMetrics({ resourceMetrics: [{ scopeMetrics: [{ metrics }] }] }, encoding);
    expect((await bench.post("metrics", body, encoding)).status).toBe(200);
    const { edges } = await topology(bench.sql, { fromMs: Date.now() - 60_000, toMs: Date.now() + 60_000 });
    const middleOf = (bucket: number) => 2 ** ((bucket + 0.5) / 16);
    expect(edges.filter(({ source }) => source.service === `web-${encoding}`)).toMatchObject([
      { requests: 4, requestBytes: 70, p50: middleOf(-80), p99: middleOf(-79) },
    ]);
    expect(
      await bench.sql`
        SELECT policy, evaluated::int, would_act::int, acted::int
        FROM decision_10s JOIN decision_series s ON s.id = series_id
        JOIN telemetry_service source ON source.id = s.source_id WHERE source.name = ${`web-${encoding}`}`,
    ).toEqual([{ policy: "split", evaluated: 4, would_act: 4, acted: 0 }]);
    expect(
      await bench.sql`SELECT value FROM metric_point WHERE name = ${`queue.length.${encoding}`}`,
    ).toEqual([{ value: 3 }]);
  });

  test("access logs and other logs are kept apart", async () => {
    await bench.startReady();
    const logRecords = [
      {
        timeUnixNano: nowNs(),
        eventName: "weir.access",
        attributes: { ...edge, [meshAttributes.path]: encoding },
      },
      { timeUnixNano: nowNs(), body: `said in ${encoding}` },
    ];
    const body = encodeLogs({ resourceLogs: [{ scopeLogs: [{ logRecords }] }] }, encoding);
    expect((await bench.post("logs", body, encoding)).status).toBe(200);
    expect(await bench.sql`SELECT status FROM access_log WHERE path = ${encoding}`).toEqual([
      { status: 200 },
    ]);
    expect(
      await bench.sql`SELECT 1 AS found FROM log_record WHERE body = to_jsonb(${`said in ${encoding}`}::text)`,
    ).toEqual([{ found: 1 }]);
  });
});

test("a metric that breaks the rule of one kind of data is taken", async () => {
  await bench.startReady();
  const body = Buffer.from(
    JSON.stringify({
      resourceMetrics: [
        { scopeMetrics: [{ metrics: [{ name: "m", gauge: {}, sum: { dataPoints: [{ asInt: "1" }] } }] }] },
      ],
    }),
  );
  expect((await bench.post("metrics", body, "json")).status).toBe(200);
  expect(await bench.registry.metrics()).toMatch(/items_received_total\{signal="metrics"\} 1\n/);
});

test("a resend is acknowledged and stored once, whether it comes later or at the same time", async () => {
  await bench.startReady();
  const body = spanBody("resent", 2);
  const statuses = (await Promise.all([bench.post("traces", body), bench.post("traces", body)])).map(
    (r) => r.status,
  );
  statuses.push((await bench.post("traces", body)).status);
  expect(statuses).toEqual([200, 200, 200]);
  expect(await bench.countSpans("resent")).toBe(2);
  expect(await bench.ledger()).toMatchObject({ received: 6, committed: 2, duplicate: 4 });
});

test("what OpenTelemetry's own exporter sends is in the database", async () => {
  await bench.startReady();
  const { tracer, stop } = await startSelfTracing("exporting", bench.url("/"));
  tracer.startSpan("exported", { attributes: { tries: 3, tags: ["a", "b"] } }).end();
  await stop();
  expect(
    await bench.sql`
      SELECT s.namespace, s.name, a.attributes || coalesce(span.attributes, '{}') AS attributes
      FROM span JOIN telemetry_service s ON s.id = service_id
      JOIN telemetry_attribute_set a ON a.id = attribute_set_id JOIN telemetry_operation o ON o.id = operation_id WHERE o.name = 'exported'`,
  ).toEqual(
    [{ namespace: "weir", name: "exporting", attributes: { tries: 3, tags: ["a", "b"] } }].map((row) =>
      expect.objectContaining({ ...row, attributes: expect.objectContaining(row.attributes) }),
    ),
  );
});

test("its metrics tell what it did, and partitions are made before it is ready", async () => {
  await bench.startReady();
  await bench.post("traces", spanBody("measured"));
  const metrics = await (await fetch(bench.url("/metrics"))).text();
  for (const line of [
    /^weir_collector_requests_total\{signal="traces",status="200"\} 1$/m,
    /^weir_collector_items_committed_total\{signal="traces"\} 1$/m,
    /^weir_collector_commit_seconds_count\{result="committed"\} 1$/m,
    /^weir_collector_batch_requests_sum 1$/m,
    /^weir_collector_database_up 1$/m,
    /^weir_collector_queue_bytes 0$/m,
    /^weir_collector_last_commit_age_seconds \d/m,
  ])
    expect(metrics).toMatch(line);
  expect(
    await bench.sql`SELECT count(*)::int AS count FROM span_default JOIN telemetry_operation o ON o.id = operation_id WHERE o.name = 'measured'`,
  ).toEqual([{ count: 0 }]);
});

test("spans whose scope is too long are kept without it, and counted", async () => {
  await bench.startReady();
  const spanOf = (digit: string) => ({
    ...{ traceId: digit.repeat(32), spanId: digit.repeat(16), name: "scoped" },
    ...{ startTimeUnixNano: nowNs(), endTimeUnixNano: nowNs() },
  });
  const resourceSpans = [
    {
      scopeSpans: [
        { scope: { name: "x".repeat(3000) }, spans: [spanOf("a"), spanOf("b")] },
        { scope: { name: "short" }, spans: [spanOf("c")] },
      ],
    },
  ];
  expect((await bench.post("traces", encodeTraces({ resourceSpans }, "protobuf"))).status).toBe(200);
  expect(await bench.countSpans("scoped")).toBe(3);
  expect(await bench.registry.metrics()).toMatch(
    /items_cut_total\{signal="traces",reason="scope_too_long"\} 2\n/,
  );
});

test("a port that is taken is one sentence", async () => {
  await bench.startReady();
  const listen = { host: "127.0.0.1", port: bench.collector.port };
  const second = startCollector({
    config: { databaseUrl: bench.databaseUrl, listen, retentionHours: 1 },
    log: createLogger("collector", "silent"),
    registry: createRegistry("collector"),
    tracer: (await startSelfTracing("collector")).tracer,
    now: Date.now,
  });
  await expect(second).rejects.toThrow(
    `cannot listen on 127.0.0.1:${bench.collector.port}: another process listens there`,
  );
});
