import type { GraphSpan } from "@weir/domain";
import type { Sql, TransactionSql } from "../../connection/open-sql.ts";
import { createTelemetryCaches, type TelemetryCaches } from "../caches.ts";
import { resolveEdgeSeries, resolveServices } from "../dictionaries.ts";
import type { EdgePoint } from "../records.ts";
import type { SpanBlock } from "../spans/span-block.ts";
import type { TraceRow } from "../spans/trace-rows.ts";
import type { TraceState } from "../upsert-traces.ts";
import { edgePointsOf } from "./edge-points.ts";
import { changeOf, type GraphChange, longestTrace, planTraces, type TracePlan } from "./graph-plan.ts";
import { type HourStates, type KnownTrace, stateOf, withState } from "./known-traces.ts";
import { loadGraphSpans } from "./load-graph-spans.ts";

export type EdgePointWithSeries = EdgePoint & { readonly seriesId: number };

/** What a batch did to the service graph. */
export interface SpanGraphCounts {
  /** Edges that were drawn, less those that were taken back. */
  readonly edges: number;
  /** Calls with one end unknown, less those that have found it. */
  readonly expired: number;
  /** Traces whose other spans had to be read from the database. */
  readonly reloaded: number;
  /** Traces too long to be drawn any more. */
  readonly skipped: number;
}

/** The graph of a batch's spans, as far as it can be told before the transaction. */
export interface PreparedGraph {
  readonly blocks: readonly SpanBlock[];
  readonly rows: readonly TraceRow[];
  readonly plans: ReadonlyMap<string, TracePlan>;
  readonly changes: ReadonlyMap<string, GraphChange>;
  /** Undefined while their series have not been looked up. */
  readonly points: readonly EdgePointWithSeries[] | undefined;
}

export interface SettledGraph {
  readonly points: readonly EdgePointWithSeries[];
  readonly counts: SpanGraphCounts;
  /** To be called once the transaction has committed. */
  remember(): void;
}

function remember(caches: TelemetryCaches, trace: string, change: GraphChange | undefined): void {
  if (change && awaitsMore(change.known)) caches.knownTraces.set(trace, change.known);
  else caches.knownTraces.forget(trace);
}

/**
 * Whether spans are likely to come: a trace that has its root, and each of whose calls has found its other side, is
 * complete. Should another span come after all, the others are read from the database.
 */
function awaitsMore({ spans, graph }: KnownTrace): boolean {
  if (graph.expired > 0) return true;
  for (const { destination, source } of graph.edges)
    if (destination.kind === "peer" || source.kind === "peer") return true;
  return !spans.some(({ parentSpanId }) => parentSpanId === "");
}

/** To be called when a transaction has failed: what was drawn for it is not there. */
export function forgetGraph(caches: TelemetryCaches, { plans }: PreparedGraph): void {
  for (const trace of plans.keys()) caches.knownTraces.forget(trace);
}

/**
 * Draws the graph of a batch's traces with what this process knows of them. The next batch may already build on it, while
 * this one is on its way into the database; should it fail, the counts of the traces say so.
 */
export function drawGraph(
  caches: TelemetryCaches,
  blocks: readonly SpanBlock[],
  rows: readonly TraceRow[],
): PreparedGraph {
  const plans = planTraces(blocks, rows, caches.knownTraces);
  const changes = changesOf(plans.values());
  for (const trace of plans.keys()) remember(caches, trace, changes.get(trace));
  return { blocks, rows, plans, changes, points: undefined };
}

/**
 * Looks up the series of its edges before the transaction begins. Whether the process knows all there is shows inside of
 * it only: see {@link settleGraph}.
 */
export async function prepareGraph(
  sql: Sql,
  caches: TelemetryCaches,
  graph: PreparedGraph,
): Promise<PreparedGraph> {
  return { ...graph, points: await withSeries(sql, caches, edgePointsOf(graph.changes.values())) };
}

/**
 * The graph as it is to be stored, in the transaction that stores the spans. `stored` is what the summaries say after the
 * batch: where one says other than this process knows, another collector or an earlier run of this one has stored spans of that
 * trace, which are read now; its summary's lock keeps everybody else out.
 */
export async function settleGraph(
  transaction: TransactionSql,
  caches: TelemetryCaches,
  prepared: PreparedGraph,
  stored: readonly TraceState[],
): Promise<SettledGraph> {
  const { changes, points } = prepared;
  const foreign = foreignTraces(prepared, stored);
  if (foreign.size === 0 && points) return settled(caches, prepared, changes, points, new Set());
  const all = new Map(changes);
  for (const trace of foreign.keys()) all.delete(trace);
  for (const [trace, change] of await reload(transaction, prepared, foreign)) all.set(trace, change);
  // Ids that this transaction makes are nobody's before it has committed, so they are not remembered.
  const unsure = createTelemetryCaches();
  const own = await withSeries(transaction, unsure, edgePointsOf(all.values()));
  return settled(caches, prepared, all, own, new Set(foreign.keys()));
}

/** Traces with spans that this process does not know, and what their summaries count. */
function foreignTraces({ rows, plans }: PreparedGraph, stored: readonly TraceState[]) {
  const foreign = new Map<string, HourStates>();
  rows.forEach(({ trace, hour }, i) => {
    const states = plans.get(trace)?.states;
    const [expected, state] = [stateOf(states, hour), stored[i]];
    if (!state || (expected.count === state.count && expected.signature === state.signature)) return;
    foreign.set(trace, withState(foreign.get(trace) ?? states, hour, state));
  });
  return foreign;
}

function settled(
  caches: TelemetryCaches,
  { plans }: PreparedGraph,
  changes: ReadonlyMap<string, GraphChange>,
  points: readonly EdgePointWithSeries[],
  foreign: ReadonlySet<string>,
): SettledGraph {
  let edges = 0;
  let expired = 0;
  for (const change of changes.values()) {
    edges += change.plus.length - change.minus.length;
    expired += change.expired;
  }
  return {
    points,
    counts: { edges, expired, reloaded: foreign.size, skipped: plans.size - changes.size },
    remember() {
      for (const trace of foreign) remember(caches, trace, changes.get(trace));
    },
  };
}

async function reload(
  transaction: TransactionSql,
  { plans, rows }: PreparedGraph,
  foreign: ReadonlyMap<string, HourStates>,
): Promise<Map<string, GraphChange>> {
  const drawn = [...foreign].filter(([, states]) => totalOf(states) <= longestTrace);
  if (drawn.length === 0) return new Map();
  const hours = rows.filter(({ trace }) => foreign.has(trace)).map(({ hour }) => hour);
  const first = hours.reduce((least, hour) => Math.min(least, hour));
  const last = hours.reduce((most, hour) => Math.max(most, hour));
  const stored = await loadGraphSpans(
    transaction,
    drawn.map(([trace]) => trace),
    { first, last },
  );
  return changesOf(
    drawn.map(([trace, states]): TracePlan => {
      const added = plans.get(trace)?.added ?? [];
      const earlier = without(stored.get(trace) ?? [], added);
      const before = changeOf({ trace, added: earlier, states, before: undefined })?.known;
      return { trace, added, states, before };
    }),
  );
}

function totalOf(states: HourStates): number {
  return states.reduce((sum, { count }) => sum + count, 0);
}

/** Spans that were stored before the batch: each of the batch's own is left out once. */
function without(stored: readonly GraphSpan[], own: readonly GraphSpan[]): GraphSpan[] {
  const left = new Map<string, number>();
  for (const span of own) left.set(keyOf(span), (left.get(keyOf(span)) ?? 0) + 1);
  return stored.filter((span) => {
    const count = left.get(keyOf(span)) ?? 0;
    if (count > 0) left.set(keyOf(span), count - 1);
    return count === 0;
  });
}

function keyOf({ spanId, kind, service, startMs, durationNs }: GraphSpan): string {
  return `${spanId}\n${kind}\n${service}\n${startMs}\n${durationNs}`;
}

function changesOf(plans: Iterable<TracePlan>): Map<string, GraphChange> {
  const changes = new Map<string, GraphChange>();
  for (const plan of plans) {
    const change = changeOf(plan);
    if (change) changes.set(plan.trace, change);
  }
  return changes;
}

async function withSeries(
  sql: Sql | TransactionSql,
  caches: TelemetryCaches,
  points: readonly EdgePoint[],
): Promise<EdgePointWithSeries[]> {
  if (points.length === 0) return [];
  const ends = points.flatMap(({ source, destination }) => [source, destination]);
  const identities = ends.map(({ namespace, service, version }) => ({ namespace, name: service, version }));
  const services = await resolveServices(sql as Sql, caches, identities);
  const ids = await resolveEdgeSeries(sql as Sql, caches, services, points);
  return points.map((point, i) => ({ ...point, seriesId: ids[i] ?? 0 }));
}
