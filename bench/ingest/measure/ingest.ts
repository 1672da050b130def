import { setTimeout as sleep } from "node:timers/promises";
import { type Sql, topology } from "@weir/store";
import { sidecarNamespace } from "../corpus/request-record.ts";
import type { LoadResult } from "../load/load-process.ts";
import type { RunningPeer } from "../peers/peer.ts";
import { readMetrics } from "../read-metrics.ts";

/** What takes part in ingesting. */
export interface Ingest {
  readonly collector: RunningPeer;
  readonly sql: Sql;
  readonly pids: { readonly collector: number; readonly postgres: number };
}

/** Acknowledged telemetry never reached the database, or more of it did than was acknowledged. */
export class LedgerMismatch extends Error {
  readonly code = "ledger-mismatch";
}

/** Without another row for so long, what is missing will not come. */
const patienceMs = 30_000;

/** Seconds from the beginning of a load until all that was acknowledged is in the database; see below. */
export async function secondsUntilCommitted(
  { tally, seconds }: LoadResult,
  count: () => Promise<number>,
  before: number,
): Promise<number> {
  const answeredAt = performance.now();
  const committedAt = await awaitCommitted(count, before + tally.amount);
  return seconds + (committedAt - answeredAt) / 1000;
}

/**
 * Resolves with the time, by `performance.now()`, at which `count` first answered `expected`. Throws
 * {@link LedgerMismatch} when it answers more, or no more than before for 30 s.
 */
export async function awaitCommitted(count: () => Promise<number>, expected: number): Promise<number> {
  let best = -1;
  let since = performance.now();
  while (true) {
    const askedAt = performance.now();
    const found = await count();
    if (found === expected) return askedAt;
    if (found > best) {
      best = found;
      since = askedAt;
    }
    if (found > expected || askedAt - since > patienceMs)
      throw new LedgerMismatch(`${expected} were acknowledged and ${found} are in the database`);
    await sleep(100);
  }
}

export async function countSpans(sql: Sql): Promise<number> {
  const [row] = await sql<{ count: number }[]>`SELECT count(*)::float8 AS count FROM span`;
  return row?.count ?? 0;
}

const hourMs = 3_600_000;

/** Requests on the map among the sidecars of this benchmark; spans of the shop draw edges there, too. */
export async function countEdgeRequests(sql: Sql, nowMs: number): Promise<number> {
  const { edges } = await topology(sql, { fromMs: nowMs - hourMs, toMs: nowMs + hourMs });
  return edges
    .filter(({ source }) => source.namespace === sidecarNamespace)
    .reduce((sum, { requests }) => sum + requests, 0);
}

/** What the collector counts of itself, so far. */
export async function readCounts({ collector }: Ingest): Promise<{ batches: number; spooled: number }> {
  const metrics = await readMetrics(collector.port);
  return {
    batches: metrics.get("weir_collector_commit_seconds_count") ?? 0,
    spooled: metrics.get("weir_collector_items_spooled_total") ?? 0,
  };
}
