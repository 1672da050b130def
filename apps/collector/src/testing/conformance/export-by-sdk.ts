import { resourceFromAttributes } from "@opentelemetry/resources";
import { BatchLogRecordProcessor, LoggerProvider, type LogRecordExporter } from "@opentelemetry/sdk-logs";
import {
  AggregationType,
  MeterProvider,
  PeriodicExportingMetricReader,
  type PushMetricExporter,
} from "@opentelemetry/sdk-metrics";
import {
  BatchSpanProcessor,
  type IdGenerator,
  type SpanExporter,
  TracerProvider,
} from "@opentelemetry/sdk-trace";
import type { Signal } from "@weir/telemetry/otlp";
import { type Compression, officialExporters, type Protocol } from "./official-exporters.ts";

/** How an export ended, as exporters tell it: code 0 is success. */
export interface ExportResult {
  readonly code: number;
  readonly error?: Error;
}

export interface SdkExport {
  readonly signal: Signal;
  readonly protocol: Protocol;
  readonly compression: Compression;
  /** As the exporter wants it: with the signal's path, but for gRPC. */
  readonly url: string;
  /** Of its spans, metric or log records. */
  readonly name: string;
  /** Items; all fit into one request. */
  readonly count: number;
}

/** What every span, data point and log record carries beside its number `i`. */
export const sharedAttributes = { text: "tea", ratio: 0.5, yes: true, list: ["a", "b"] };

const resource = resourceFromAttributes({
  "service.name": "conforming",
  "service.namespace": "conformance",
  "service.version": "v1",
});

/** Items of one signal as an application sends them: by the SDK's provider, its batching, and the official exporter. */
export function exportBySdk(sent: SdkExport): Promise<ExportResult> {
  const { signal, protocol, url, name, count } = sent;
  // The exporters know their compressions as an enum of a package that need not be there.
  const config = { url, compression: sent.compression as never };
  if (signal === "traces") return exportSpans(new officialExporters.traces[protocol](config), name, count);
  if (signal === "metrics") return exportPoints(new officialExporters.metrics[protocol](config), name, count);
  return exportLogs(new officialExporters.logs[protocol](config), name, count);
}

/** Server spans with an event each, with ids of the SDK's own making unless told. */
export async function exportSpans(
  exporter: SpanExporter,
  name: string,
  count: number,
  ids: { readonly idGenerator?: IdGenerator } = {},
): Promise<ExportResult> {
  const result = resultOf(exporter);
  const spanProcessors = [new BatchSpanProcessor({ exporter })];
  const provider = new TracerProvider({ resource, spanProcessors, ...ids });
  const tracer = provider.getTracer("conformance");
  for (let i = 0; i < count; i++)
    tracer
      .startSpan(name, { kind: 1, attributes: { ...sharedAttributes, i } })
      .addEvent("poured")
      .end();
  return flushed(provider, result);
}

/** One exponential histogram, so that the most intricate kind of point is on the way in all encodings. */
async function exportPoints(
  exporter: PushMetricExporter,
  name: string,
  count: number,
): Promise<ExportResult> {
  const result = resultOf(exporter);
  const provider = new MeterProvider({
    resource,
    readers: [new PeriodicExportingMetricReader({ exporter, exportIntervalMillis: 3_600_000 })],
    views: [{ instrumentName: name, aggregation: { type: AggregationType.EXPONENTIAL_HISTOGRAM } }],
  });
  const histogram = provider.getMeter("conformance").createHistogram(name, { unit: "s" });
  for (let i = 0; i < count; i++) histogram.record(0.25, { ...sharedAttributes, i });
  return flushed(provider, result);
}

async function exportLogs(exporter: LogRecordExporter, name: string, count: number): Promise<ExportResult> {
  const result = resultOf(exporter);
  const provider = new LoggerProvider({ resource, processors: [new BatchLogRecordProcessor({ exporter })] });
  const logger = provider.getLogger("conformance");
  for (let i = 0; i < count; i++)
    logger.emit({ severityNumber: 17, body: name, attributes: { ...sharedAttributes, i } });
  return flushed(provider, result);
}

interface Exporter<T> {
  export(items: T, onEnd: (result: ExportResult) => void): void;
}

/** The result of the exporter's next export, whatever else is made of it. */
function resultOf<T>(exporter: Exporter<T>): Promise<ExportResult> {
  const { promise, resolve } = Promise.withResolvers<ExportResult>();
  const send = exporter.export.bind(exporter);
  exporter.export = (items, onEnd) =>
    send(items, (result) => {
      resolve(result);
      onEnd(result);
    });
  return promise;
}

async function flushed(
  provider: { shutdown(): Promise<void> },
  result: Promise<ExportResult>,
): Promise<ExportResult> {
  // Some providers throw what the exporter said; that is in the result.
  await provider.shutdown().catch(() => {});
  return result;
}
