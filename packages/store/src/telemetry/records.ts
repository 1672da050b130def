import type { ConnectionSecurity, SparseHistogram } from "@weir/domain";
import type { SpanBlock } from "./spans/span-block.ts";

/** Who sent it: a service at a version. Empty texts stand for what is not known. */
export interface ServiceIdentity {
  readonly namespace: string;
  readonly name: string;
  readonly version: string;
}

/** One end of an edge. */
export interface EdgeEnd {
  readonly namespace: string;
  readonly service: string;
  readonly version: string;
}

/**
 * Values of attributes and bodies: what JSON knows, and bigint (a number where exact, else text), Uint8Array
 * (base64) and numbers that are not finite (text). NUL and lone surrogates become U+FFFD.
 */
export type Attributes = Readonly<Record<string, unknown>>;

/** Ids are lower- or upper-case hexadecimal, 32 digits for a trace and 16 for a span; times since 1970. */
export interface SpanRecord {
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId?: string | undefined;
  readonly service: ServiceIdentity;
  readonly resource: Attributes;
  readonly operation: string;
  /** OTLP SpanKind, 0 to 5. */
  readonly kind: number;
  /** OTLP StatusCode: 0 unset, 1 ok, 2 error. */
  readonly status: number;
  readonly statusMessage?: string | undefined;
  readonly startNs: bigint;
  readonly durationNs: bigint;
  readonly attributes: Attributes;
  readonly events?: readonly unknown[] | undefined;
  readonly links?: readonly unknown[] | undefined;
}

/** Whose sidecar counted, or, for edges that are drawn from spans, whose span: evidence of its own, never added to it. */
export type Reporter = "source" | "destination" | "span.client" | "span.server";

export interface AccessLogRecord {
  readonly timeNs: bigint;
  readonly traceId?: string | undefined;
  readonly spanId?: string | undefined;
  readonly reporter: Reporter;
  readonly source: EdgeEnd;
  readonly destination: EdgeEnd;
  readonly protocol: string;
  readonly method: string;
  readonly path: string;
  readonly host?: string | undefined;
  /** 0 when there was no response. */
  readonly status: number;
  readonly flag: string;
  readonly durationNs: bigint | number;
  readonly upstreamNs: bigint | number;
  readonly requestBytes: bigint | number;
  readonly responseBytes: bigint | number;
  readonly decisions: readonly unknown[];
}

export interface LogRecord {
  readonly timeNs: bigint;
  readonly traceId?: string | undefined;
  readonly spanId?: string | undefined;
  readonly service: ServiceIdentity;
  readonly resource: Attributes;
  /** OTLP SeverityNumber, 0 to 24. */
  readonly severity: number;
  readonly body: unknown;
  readonly attributes: Attributes;
}

/** What was added (delta) to one series in the interval that ends at `timeMs`. */
export interface EdgePoint {
  readonly timeMs: number;
  readonly reporter: Reporter;
  readonly source: EdgeEnd;
  readonly destination: EdgeEnd;
  readonly protocol: string;
  readonly method: string;
  /** First digit of the status, or one of `statusClasses`. */
  readonly statusClass: number;
  /** Envoy's response flag, empty when there is none. */
  readonly flag: string;
  /** Of the connection that the requests came by; absent: not known. */
  readonly security?: ConnectionSecurity | undefined;
  /** How often each of the requests was tried again; absent: not at all. */
  readonly resends?: number | undefined;
  readonly requests: number;
  readonly requestBytes: number;
  readonly responseBytes: number;
  readonly durationSumSeconds: number;
  /** Scale 4, seconds. */
  readonly histogram: SparseHistogram;
  readonly exemplars: readonly { readonly bucketIndex: number; readonly traceId: string }[];
}

/** Decisions (delta) in the interval that ends at `timeMs`. */
export interface DecisionPoint {
  readonly timeMs: number;
  readonly policy: {
    readonly namespace: string;
    readonly name: string;
    readonly kind: string;
    readonly revision: number;
  };
  readonly mode: string;
  readonly verdict: string;
  readonly source: EdgeEnd;
  readonly destination: EdgeEnd;
  readonly evaluated: number;
  readonly wouldAct: number;
  readonly acted: number;
}

/** Any other metric: kept, not interpreted. */
export interface MetricPoint {
  readonly timeMs: number;
  readonly service: ServiceIdentity;
  readonly resource: Attributes;
  readonly name: string;
  readonly unit: string;
  readonly kind: string;
  readonly attributes: Attributes;
  readonly value?: number | undefined;
  readonly histogram?: unknown;
}

/** The rows of one OTLP request, known by the SHA-256 of its body (32 bytes). */
export interface TelemetryRequest {
  readonly digest: Uint8Array;
  /** Undefined: none. */
  readonly spans?: SpanBlock | undefined;
  readonly accessLogs: readonly AccessLogRecord[];
  readonly logs: readonly LogRecord[];
  readonly edgePoints: readonly EdgePoint[];
  readonly decisionPoints: readonly DecisionPoint[];
  readonly metricPoints: readonly MetricPoint[];
}

export interface TelemetryBatch {
  readonly requests: readonly TelemetryRequest[];
}
