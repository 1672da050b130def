import type { TelemetryRequest } from "@weir/store";
import {
  decodeLogs,
  decodeMetrics,
  decodeTraces,
  type Encoding,
  encodeTraces,
  type Signal,
} from "@weir/telemetry/otlp";
import { logsOf } from "./logs.ts";
import { countPoints, metricsOf } from "./metrics.ts";
import { Rejections } from "./rejections.ts";
import { SpanDecoder, type SpanDecoderSettings } from "./spans/span-decoder.ts";

/** One OTLP request, decoded and made into rows. */
export interface ProcessedRequest {
  readonly signal: Signal;
  readonly rows: TelemetryRequest;
  /** Spans, data points or log records that came. */
  readonly items: number;
  /** Of them, left out by sampling. */
  readonly sampledOut: number;
  /** Of them, kept without their scope, which was too long. */
  readonly withoutScope: number;
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
export type ProcessRequest = (received: ReceivedBody) => ProcessedRequest;

/** All processors, in their order; what one of them remembers is good for the requests after it. */
export function createProcessing(settings: SpanDecoderSettings): ProcessRequest {
  const spanDecoder = new SpanDecoder(settings);
  return (received) => {
    const rejections = new Rejections();
    const { signal, digest } = received;
    const processed = { signal, rejections, sampledOut: 0, withoutScope: 0 };
    switch (signal) {
      case "traces": {
        const { block, ...counts } = spanDecoder.decode(protobufOf(received), rejections);
        return { ...processed, ...counts, rows: { ...noRows, digest, spans: block } };
      }
      case "metrics": {
        const request = decodeMetrics(received.body, received.encoding);
        const items = sum(request.resourceMetrics, (r) =>
          sum(r.scopeMetrics, (s) => sum(s.metrics, countPoints)),
        );
        return {
          ...processed,
          items,
          rows: { ...noRows, digest, ...metricsOf(request, settings.rules, rejections) },
        };
      }
      case "logs": {
        const request = decodeLogs(received.body, received.encoding);
        const items = sum(request.resourceLogs, (r) => sum(r.scopeLogs, (s) => s.logRecords.length));
        const rows = logsOf(request, received.receivedNs, settings.rules, rejections);
        return { ...processed, items, rows: { ...noRows, digest, ...rows } };
      }
    }
  };
}

/** Spans are read from protobuf only: one reader, one meaning. */
function protobufOf({ encoding, body }: ReceivedBody): Buffer {
  return encoding === "protobuf" ? body : encodeTraces(decodeTraces(body, encoding), "protobuf");
}

/** Items that are on their way into the database; counted as items, for several may share a row. */
export function acceptedItems({ items, rejections, sampledOut }: ProcessedRequest): number {
  return items - rejections.total - sampledOut;
}

const noRows = {
  accessLogs: [],
  logs: [],
  edgePoints: [],
  decisionPoints: [],
  metricPoints: [],
} satisfies Omit<TelemetryRequest, "digest">;

function sum<T>(list: readonly T[], of: (item: T) => number): number {
  return list.reduce((total, item) => total + of(item), 0);
}
