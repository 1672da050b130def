import type { ConnectionSecurity } from "@weir/domain";
import type { AccessLogRecord, LogRecord, ServiceIdentity } from "./records.ts";

/** A service without its version. */
export interface ServiceName {
  readonly namespace: string;
  readonly service: string;
}

export interface EdgeName {
  readonly source: ServiceName;
  readonly destination: ServiceName;
}

/** Quantiles in seconds; undefined where nothing was measured. Relative error at most 2.2 %. */
export interface Latency {
  readonly p50: number | undefined;
  readonly p95: number | undefined;
  readonly p99: number | undefined;
}

/** Errors are answers of class 5, and requests without an answer. */
export interface Traffic {
  readonly requests: number;
  readonly errors: number;
}

export interface VersionTraffic extends Traffic {
  readonly version: string;
  /** Of the service's requests in the window, 0 to 1; undefined while it has none. */
  readonly share: number | undefined;
  /** It has a live endpoint. */
  readonly ready: boolean;
}

/** A service with what arrived at it. The caller outside the mesh is a node too: namespace "", service "outside". */
export interface TopologyNode extends ServiceName {
  /** In natural order; with the versions that are registered but had no requests. */
  readonly versions: readonly VersionTraffic[];
}

/** How requests ended that were not errors of the service's own, and what sidecars did to them. */
export interface Outcomes {
  /** Answers of class 4. */
  readonly clientErrors: number;
  /** Answers with a gRPC status other than OK. */
  readonly grpcErrors: number;
  /** Requests by Envoy's response flag, such as `UO`; those without are not there. */
  readonly flags: Readonly<Record<string, number>>;
}

/** Requests by how their connections were secured; of those that are missing in the sum it is not known. */
export type SecurityCounts = Readonly<Partial<Record<ConnectionSecurity, number>>>;

/** How requests were passed on. */
export interface Passing {
  /** Absent: nobody tells of any. */
  readonly security?: SecurityCounts | undefined;
  /** Tries at the destination beyond each request's first, as the caller's sidecar counts them; absent: none. */
  readonly resends?: number | undefined;
}

export interface TopologyEdge extends EdgeName, Traffic, Latency, Outcomes, Passing {
  /** Requests a second over `coveredSeconds`. */
  readonly rps: number;
  /** 0 to 1. */
  readonly errorShare: number;
  readonly requestBytes: number;
  readonly responseBytes: number;
  /** That of most requests. */
  readonly protocol: string;
  /** Where all these numbers come from: metrics count every request, spans tell where metrics tell nothing. */
  readonly evidence: "metrics" | "spans";
  /** Of spans only: they are a share of the traces, so there were more requests than these. */
  readonly sampled: boolean;
  /** By the version that was reached, in natural order; "" where none was chosen. */
  readonly byVersion: readonly (Traffic & Latency & { readonly version: string })[];
}

export interface TopologyRows {
  readonly nodes: readonly TopologyNode[];
  readonly edges: readonly TopologyEdge[];
  /** What rates are divided by; see `coveredSeconds`. */
  readonly coveredSeconds: number;
}

/** An edge between places, each of which may stand for many services or for one version of one. */
export interface MergedEdge extends Omit<TopologyEdge, keyof EdgeName> {
  readonly source: string;
  readonly target: string;
}

/** What arrived at a place, from its own members too. */
export interface MergedPlace extends Traffic, Latency, Outcomes {
  readonly place: string;
  readonly rps: number;
}

export interface MergedTopology {
  /** Services, as on a map that puts nothing together. */
  readonly nodes: readonly TopologyNode[];
  /** Those at which something arrived. */
  readonly places: readonly MergedPlace[];
  /** With `byVersion` where they lead to one service; of spans only where no part was measured. */
  readonly edges: readonly MergedEdge[];
  readonly coveredSeconds: number;
}

/** One interval of a series; `atMs` is its start, `seconds` its length. Intervals without requests are there too. */
export interface SeriesPoint extends Traffic, Latency {
  readonly atMs: number;
  readonly seconds: number;
}

export interface TraceSummary {
  /** 32 lower-case hexadecimal digits. */
  readonly traceId: string;
  readonly startNs: bigint;
  /** From the first span's start to the last one's end. */
  readonly durationNs: bigint;
  /** Of the root span; of the earliest one while the root has not come (`rootMissing`). */
  readonly service: ServiceIdentity;
  readonly operation: string;
  readonly rootMissing: boolean;
  readonly spanCount: number;
  readonly errorCount: number;
  /** All that took part, each (service, version) once. */
  readonly services: readonly ServiceIdentity[];
}

export interface TracePage {
  /** Newest first. */
  readonly traces: readonly TraceSummary[];
  /** Pass it as `before` for the page after this one; undefined on the last. */
  readonly next: string | undefined;
  /**
   * The page was cut short because time ran out: of traces that started earlier nothing is known yet, `next` goes on
   * from there. Undefined: it has all there is, or as many as were asked for.
   */
  readonly searchedBackToNs: bigint | undefined;
}

export interface TraceSpan {
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId: string | undefined;
  readonly service: ServiceIdentity;
  readonly operation: string;
  /** OTLP SpanKind, 0 to 5. */
  readonly kind: number;
  /** OTLP StatusCode: 0 unset, 1 ok, 2 error. */
  readonly status: number;
  readonly statusMessage: string | undefined;
  readonly startNs: bigint;
  readonly durationNs: bigint;
  readonly attributes: Record<string, unknown>;
  readonly resource: Record<string, unknown>;
  readonly events: readonly unknown[];
  readonly links: readonly unknown[];
}

/** A span as far as a waterfall draws it. */
export interface SkeletonSpan {
  readonly spanId: string;
  readonly parentSpanId: string | undefined;
  /** The same object for all spans of a service. */
  readonly service: ServiceIdentity;
  readonly operation: string;
  /** OTLP SpanKind, 0 to 5. */
  readonly kind: number;
  /** OTLP StatusCode: 0 unset, 1 ok, 2 error. */
  readonly status: number;
  readonly startNs: bigint;
  readonly durationNs: bigint;
  /** How many. */
  readonly events: number;
  readonly links: number;
}

export interface TraceSkeleton {
  readonly spans: readonly SkeletonSpan[];
  /** False: it has more spans than the limit allowed; those that start last are missing. */
  readonly isWhole: boolean;
}

/** What a span says beyond its place in the trace. */
export interface SpanDetails
  extends Pick<TraceSpan, "spanId" | "kind" | "startNs" | "statusMessage" | "attributes" | "resource"> {
  readonly events: readonly unknown[];
  readonly links: readonly unknown[];
}

/** A log record; its trace is the one that was asked for. */
export interface LogOfTrace extends Omit<LogRecord, "traceId"> {
  readonly attributes: Record<string, unknown>;
  readonly resource: Record<string, unknown>;
}

/** Each list in the order of time. */
export interface TraceLogs {
  readonly requests: readonly AccessLogRecord[];
  readonly logs: readonly LogOfTrace[];
  /** False: there are more of one kind or both than the limit allowed; the latest are missing. */
  readonly isWhole: boolean;
}

export interface RecentRequests {
  /** Newest first. */
  readonly requests: readonly AccessLogRecord[];
  /** The list was cut short because time ran out: of earlier requests nothing is known yet. Undefined: it was not. */
  readonly searchedBackToNs: bigint | undefined;
}

export interface TailBatch {
  /** In the order of time within the batch; a later batch may have earlier ones. */
  readonly requests: readonly AccessLogRecord[];
  /** So many more have come since the batch before, and will not be told. */
  readonly missed: number;
}

export interface VersionTotal extends Traffic, Latency {
  readonly version: string;
  /** Of the requests to all versions. */
  readonly share: number | undefined;
}

export interface VersionTotals {
  /** In natural order. */
  readonly versions: readonly VersionTotal[];
  readonly coveredSeconds: number;
}

export interface VersionSplit extends VersionTotals {
  readonly versions: readonly (VersionTotal & { readonly series: readonly SeriesPoint[] })[];
}

export interface DecisionCounts {
  readonly evaluated: number;
  /** In observe: these requests would have gone differently. */
  readonly wouldAct: number;
  readonly acted: number;
}

export interface PolicyDecisions {
  /** Most frequent first. */
  readonly verdicts: readonly (DecisionCounts & {
    readonly verdict: string;
    readonly mode: string;
    readonly revision: number;
  })[];
  readonly sources: readonly (DecisionCounts & ServiceName)[];
}

export interface ServiceOperations extends ServiceName {
  /** In alphabetical order. */
  readonly operations: readonly string[];
}

export interface IngestHealth {
  /** End of the newest interval that has edge data; undefined while there is none. */
  readonly newestSlotEndMs: number | undefined;
  /** OTLP requests committed in the last minute. */
  readonly requestsLastMinute: number;
  /** Rows whose time lies in the last minute. */
  readonly spansLastMinute: number;
  readonly accessLogsLastMinute: number;
}
