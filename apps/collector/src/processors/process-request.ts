import type { TelemetryRequest } from "@weir/store";
import { decodeLogs, decodeMetrics, decodeTraces, type Encoding, type Signal } from "@weir/telemetry/otlp";
import { logsOf } from "./logs.ts";
import { countPoints, metricsOf } from "./metrics.ts";
import { Rejections } from "./rejections.ts";
import { spansOf } from "./spans.ts";

/** One OTLP request, decoded and made into rows. */
export interface ProcessedRequest {
  readonly signal: Signal;
  readonly rows: TelemetryRequest;
  /** Spans, data points or log records that came. */
  readonly items: number;
  readonly rejections: Rejections;
}

export interface ReceivedBody {
  readonly signal: Signal;
  readonly encoding: Encoding;
  /** Not compressed any more. */
  readonly body: Buffer;
  /** SHA-256 by which a resend is known. */
  readonly digest: Uint8Array;
  readonly receivedNs: bigint;
}

/** Throws OtlpDecodeError where the body is not what its encoding says. */
export function processRequest(received: ReceivedBody): ProcessedRequest {
  const { signal, encoding, body, digest, receivedNs } = received;
  const rejections = new Rejections();
  const rows = { ...noRows, digest };
  switch (signal) {
    case "traces": {
      const request = decodeTraces(body, encoding);
      const items = sum(request.resourceSpans, (r) => sum(r.scopeSpans, (s) => s.spans.length));
      return { signal, items, rejections, rows: { ...rows, spans: spansOf(request, rejections) } };
    }
    case "metrics": {
      const request = decodeMetrics(body, encoding);
      const items = sum(request.resourceMetrics, (r) =>
        sum(r.scopeMetrics, (s) => sum(s.metrics, countPoints)),
      );
      return { signal, items, rejections, rows: { ...rows, ...metricsOf(request, rejections) } };
    }
    case "logs": {
      const request = decodeLogs(body, encoding);
      const items = sum(request.resourceLogs, (r) => sum(r.scopeLogs, (s) => s.logRecords.length));
      return { signal, items, rejections, rows: { ...rows, ...logsOf(request, receivedNs, rejections) } };
    }
  }
}

/** Items that are on their way into the database; counted as items, for several may share a row. */
export function acceptedItems({ items, rejections }: ProcessedRequest): number {
  return items - rejections.total;
}

const noRows = {
  spans: [],
  accessLogs: [],
  logs: [],
  edgePoints: [],
  decisionPoints: [],
  metricPoints: [],
} satisfies Omit<TelemetryRequest, "digest">;

function sum<T>(list: readonly T[], of: (item: T) => number): number {
  return list.reduce((total, item) => total + of(item), 0);
}
