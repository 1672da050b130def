import type { Retention } from "./retention.ts";

export interface PartitionedTable {
  readonly name: string;
  /** A bigint column. */
  readonly column: string;
  readonly unitsPerMs: bigint;
  /** Hours in a partition. They begin at multiples of it, counted from 1970. */
  readonly hours: number;
  readonly kept: keyof Retention;
  /** Rows are updated while they are young; room on their page keeps that cheap (no index is touched then). */
  readonly updated?: true;
  /** A table of sums has its row in `rollup`. It is made of `finer`, which must be there until it is. */
  readonly rollup?: { readonly finer?: string };
}

const ns = { unitsPerMs: 1_000_000n, hours: 1 };
const ms = { column: "slot_ms", unitsPerMs: 1n };
const day = 24;

/** A partition of the coarser sums holds about as many slots as one of 10 s. */
export const partitionedTables: readonly PartitionedTable[] = [
  { name: "span", column: "start_ns", ...ns, kept: "spans" },
  { name: "span_value", column: "hour_ns", ...ns, kept: "spans" },
  { name: "trace", column: "hour_ns", ...ns, kept: "spans", updated: true },
  { name: "access_log", column: "time_ns", ...ns, kept: "accessLogs" },
  { name: "log_record", column: "time_ns", ...ns, kept: "logs" },
  { name: "metric_point", column: "time_ns", ...ns, kept: "metrics" },
  { name: "edge_10s", ...ms, hours: 1, kept: "edges10s", rollup: {} },
  { name: "edge_1m", ...ms, hours: day, kept: "edges1m", rollup: { finer: "edge_10s" } },
  { name: "edge_5m", ...ms, hours: 3 * day, kept: "edges1m", rollup: { finer: "edge_1m" } },
  { name: "edge_10m", ...ms, hours: 7 * day, kept: "edges10m", rollup: { finer: "edge_5m" } },
  { name: "edge_1h", ...ms, hours: 30 * day, kept: "edges1h", rollup: { finer: "edge_10m" } },
  { name: "edge_6h", ...ms, hours: 180 * day, kept: "edges1h", rollup: { finer: "edge_1h" } },
  { name: "edge_1d", ...ms, hours: 365 * day, kept: "edges1d", rollup: { finer: "edge_6h" } },
  { name: "decision_10s", ...ms, hours: 1, kept: "decisions10s", updated: true, rollup: {} },
  { name: "decision_1h", ...ms, hours: day, kept: "decisions1h", updated: true, rollup: {} },
];
