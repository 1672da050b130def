import type {
  AccessLogRecord,
  DecisionPoint,
  EdgePoint,
  LogRecord,
  MetricPoint,
  ServiceIdentity,
  SpanRecord,
  TelemetryRequest,
} from "./records.ts";
import { spanBlockOf } from "./spans/span-block-of.ts";

/** Records for tests: plain ones, of which a test changes what it is about. */

/** 2026-11-01T10:00:00Z, the start of an hour. */
export const sampleMs = Date.UTC(2026, 10, 1, 10);
export const sampleNs = BigInt(sampleMs) * 1_000_000n;

export const cart: ServiceIdentity = { namespace: "shop", name: "cart", version: "v1" };
export const cartEnd = { namespace: "shop", service: "cart", version: "v1" };
export const paymentsEnd = { namespace: "shop", service: "payments", version: "v1" };

export function sampleTraceId(n: number): string {
  return n.toString(16).padStart(32, "0");
}

export function sampleSpanId(n: number): string {
  return n.toString(16).padStart(16, "0");
}

export function sampleSpan(change: Partial<SpanRecord> = {}): SpanRecord {
  return {
    traceId: sampleTraceId(1),
    spanId: sampleSpanId(1),
    service: cart,
    resource: { "service.name": "cart" },
    operation: "GET /cart",
    kind: 2,
    status: 0,
    startNs: sampleNs,
    durationNs: 5_000_000n,
    attributes: { "http.request.method": "GET" },
    ...change,
  };
}

export function sampleAccessLog(change: Partial<AccessLogRecord> = {}): AccessLogRecord {
  return {
    timeNs: sampleNs,
    reporter: "source",
    source: cartEnd,
    destination: paymentsEnd,
    protocol: "http",
    method: "POST",
    path: "/pay",
    status: 200,
    flag: "",
    durationNs: 5_000_000n,
    upstreamNs: 4_000_000n,
    requestBytes: 10,
    responseBytes: 20,
    decisions: [],
    ...change,
  };
}

export function sampleLog(change: Partial<LogRecord> = {}): LogRecord {
  return {
    timeNs: sampleNs,
    service: cart,
    resource: { "service.name": "cart" },
    severity: 9,
    body: "checked out",
    attributes: {},
    ...change,
  };
}

export function sampleEdge(change: Partial<EdgePoint> = {}): EdgePoint {
  return {
    timeMs: sampleMs + 10_000,
    reporter: "source",
    source: cartEnd,
    destination: paymentsEnd,
    protocol: "http",
    method: "POST",
    statusClass: 2,
    flag: "",
    requests: 3,
    requestBytes: 30,
    responseBytes: 300,
    durationSumSeconds: 0.03,
    histogram: { indexes: [-107, -100], counts: [1, 2] },
    exemplars: [],
    ...change,
  };
}

export function sampleDecision(change: Partial<DecisionPoint> = {}): DecisionPoint {
  return {
    timeMs: sampleMs + 10_000,
    policy: { namespace: "shop", name: "payments-canary", kind: "canary", revision: 1 },
    mode: "observe",
    verdict: "version=v2",
    source: cartEnd,
    destination: paymentsEnd,
    evaluated: 10,
    wouldAct: 3,
    acted: 0,
    ...change,
  };
}

export function sampleMetric(change: Partial<MetricPoint> = {}): MetricPoint {
  return {
    timeMs: sampleMs,
    service: cart,
    resource: { "service.name": "cart" },
    name: "process.memory",
    unit: "By",
    kind: "gauge",
    attributes: {},
    value: 1.5,
    ...change,
  };
}

let digests = 0;

/** A request with a digest of its own; its spans are given as records. */
export function sampleRequest({
  spans,
  ...rows
}: Partial<Omit<TelemetryRequest, "digest" | "spans">> & {
  readonly spans?: readonly SpanRecord[];
}): TelemetryRequest {
  const digest = new Uint8Array(32);
  new DataView(digest.buffer).setUint32(0, ++digests);
  return {
    ...{ digest, accessLogs: [], logs: [], edgePoints: [], decisionPoints: [], metricPoints: [] },
    ...rows,
    spans: spans && spanBlockOf(spans),
  };
}
