import type { AccessLogRecord } from "@weir/store";
import { decisionsIn, type SpanDecision } from "../traces/span-facts.ts";

/** One request, as the Live page shows it. */
export interface TappedRequest {
  /** Unique but for requests without a span that agree in their nanosecond, source and path. */
  readonly key: string;
  /** Milliseconds since 1970. */
  readonly atMs: number;
  readonly source: string;
  readonly destination: string;
  readonly version: string;
  readonly protocol: string;
  readonly method: string;
  readonly path: string;
  /** 0: no response. */
  readonly status: number;
  /** Why a sidecar answered itself; empty: it did not. */
  readonly flag: string;
  /** Seconds: in all, and at the upstream. */
  readonly seconds: number;
  readonly upstreamSeconds: number;
  readonly requestBytes: number;
  readonly responseBytes: number;
  readonly traceId: string | undefined;
  readonly decisions: readonly SpanDecision[];
}

export function tappedRequest(record: AccessLogRecord): TappedRequest {
  const { timeNs, source, destination, traceId, spanId, method, path, status } = record;
  return {
    key: `${timeNs} ${spanId ?? ""} ${source.service} ${path}`,
    atMs: Number(timeNs / 1_000_000n),
    source: source.service,
    destination: destination.service,
    version: destination.version,
    ...{ protocol: record.protocol, method, path, status, flag: record.flag, traceId },
    seconds: Number(record.durationNs) / 1e9,
    upstreamSeconds: Number(record.upstreamNs) / 1e9,
    requestBytes: Number(record.requestBytes),
    responseBytes: Number(record.responseBytes),
    decisions: decisionsIn(record.decisions),
  };
}
