/** What went over an edge; `other` where the spans don't say. */
export type SpanEdgeType = "http" | "rpc" | "messaging" | "database" | "other";

/**
 * One end of an edge. `service` has spans of its own, and its name is the key that its spans carry; `user` is whoever
 * calls from outside; `peer`, `database` and `messaging` are known by the other end's attributes only.
 */
export interface GraphEnd {
  readonly kind: "service" | "user" | "peer" | "database" | "messaging";
  readonly name: string;
  /** What a database or messaging end runs (`postgresql`, `kafka`), part of its identity; empty for the others. */
  readonly system: string;
}

/** A node that no span is of. */
export type VirtualEnd = GraphEnd & { readonly kind: Exclude<GraphEnd["kind"], "service"> };

/** One request or message between two ends, as the spans of one trace show it. */
export interface SpanEdge {
  readonly source: GraphEnd;
  readonly destination: GraphEnd;
  readonly type: SpanEdgeType;
  /** The destination has no spans of its own. Withdrawn when one appears. */
  readonly virtual: boolean;
  /** The client's start, or the server's where no client span belongs to this request. */
  readonly startMs: number;
  /** Either side says ERROR. */
  readonly failed: boolean;
  readonly clientNs: number | undefined;
  readonly serverNs: number | undefined;
  /** Either side stands for several. */
  readonly sampled: boolean;
}

export interface TraceGraph {
  readonly edges: readonly SpanEdge[];
  /** Calls of which one end stays unknown: client spans that name no peer, servers and consumers without a source. */
  readonly expired: number;
}

export const userEnd: VirtualEnd = { kind: "user", name: "user", system: "" };
