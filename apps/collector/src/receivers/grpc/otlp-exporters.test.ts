import { OTLPLogExporter } from "@opentelemetry/exporter-logs-otlp-grpc";
import { OTLPMetricExporter } from "@opentelemetry/exporter-metrics-otlp-grpc";
import { OTLPTraceExporter } from "@opentelemetry/exporter-trace-otlp-grpc";
import { resourceFromAttributes } from "@opentelemetry/resources";
import { LoggerProvider, SimpleLogRecordProcessor } from "@opentelemetry/sdk-logs";
import { AggregationType, MeterProvider, PeriodicExportingMetricReader } from "@opentelemetry/sdk-metrics";
import { BatchSpanProcessor, TracerProvider } from "@opentelemetry/sdk-trace";
import { waitFor } from "@weir/testkit";
import { describe, expect, test } from "vitest";
import { Refusal } from "../refusal.ts";
import { TestReceiver } from "./testing/test-receiver.ts";

type Config = NonNullable<ConstructorParameters<typeof OTLPTraceExporter>[0]>;

const receiver = new TestReceiver();
const resource = resourceFromAttributes({ "service.name": "web", "service.namespace": "shop" });
const service = { namespace: "shop", name: "web" };

/** The exporters know their two compressions as an enum that need not be imported to be said. */
const configOf = (compression: string): Config => ({
  url: `http://127.0.0.1:${receiver.port}`,
  compression: compression as NonNullable<Config["compression"]>,
});

describe.each(["none", "gzip"])("OpenTelemetry's own exporters, compression %s", (compression) => {
  test("traces", async () => {
    const exporter = new OTLPTraceExporter(configOf(compression));
    const provider = new TracerProvider({ resource, spanProcessors: [new BatchSpanProcessor({ exporter })] });
    const tracer = provider.getTracer("test");
    for (let i = 0; i < 500; i++) tracer.startSpan(`GET /${i}`, { attributes: { i } }).end();
    await provider.shutdown();
    expect(receiver.taken.reduce((sum, { items }) => sum + items, 0)).toBe(500);
    expect(receiver.taken.every(({ rejections }) => rejections.total === 0)).toBe(true);
    expect(new Set(receiver.answers)).toEqual(new Set(["traces OK"]));
  });

  test("metrics, with an exponential histogram", async () => {
    const exporter = new OTLPMetricExporter(configOf(compression));
    const meters = new MeterProvider({
      resource,
      readers: [new PeriodicExportingMetricReader({ exporter, exportIntervalMillis: 3_600_000 })],
      views: [{ instrumentName: "waited", aggregation: { type: AggregationType.EXPONENTIAL_HISTOGRAM } }],
    });
    const meter = meters.getMeter("test");
    meter.createCounter("sold").add(3, { what: "tea" });
    for (const seconds of [0.1, 0.2, 3]) meter.createHistogram("waited", { unit: "s" }).record(seconds);
    await meters.shutdown();
    const points = receiver.taken
      .flatMap(({ rows }) => rows.metricPoints)
      .sort((a, b) => a.name.localeCompare(b.name));
    expect(points).toMatchObject([
      { service, name: "sold", kind: "sum/cumulative", value: 3, attributes: { what: "tea" } },
      {
        service,
        name: "waited",
        unit: "s",
        kind: "exponential-histogram/cumulative",
        histogram: { count: 3 },
      },
    ]);
  });

  test("logs", async () => {
    const exporter = new OTLPLogExporter(configOf(compression));
    const provider = new LoggerProvider({
      resource,
      processors: [new SimpleLogRecordProcessor({ exporter })],
    });
    provider.getLogger("test").emit({ severityNumber: 17, body: "it failed", attributes: { why: "no tea" } });
    await waitFor(() => receiver.taken.length > 0, { what: "the record to come" });
    await provider.shutdown();
    expect(receiver.taken[0]?.rows.logs).toMatchObject([
      { service, severity: 17, body: "it failed", attributes: { why: "no tea" } },
    ]);
  });
});

test("an exporter is told what it may try again", async () => {
  receiver.mayReceive = () => {
    throw new Refusal("unavailable", "the database is away");
  };
  const exporter = new OTLPTraceExporter(configOf("none"));
  const { promise, resolve } = Promise.withResolvers<{ code: number; error?: Error }>();
  exporter.export([], resolve);
  const { code, error } = await promise;
  await exporter.shutdown();
  expect([code, error?.message]).toEqual([1, "14 UNAVAILABLE: the database is away"]);
});
