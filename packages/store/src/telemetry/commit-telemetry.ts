import { inTransaction } from "../connection/in-transaction.ts";
import { guarded, type Sql, type TransactionSql } from "../connection/open-sql.ts";
import { channels } from "../connection/subscribe.ts";
import type { TelemetryCaches } from "./caches.ts";
import { copyEvidence } from "./copy-evidence.ts";
import { writeEdgeDeltas } from "./edges/write-edge-deltas.ts";
import type { TelemetryBatch, TelemetryRequest } from "./records.ts";
import { type ResolvedRequest, resolveRequests } from "./resolved-batch.ts";
import { forgetGraph, type SettledGraph, type SpanGraphCounts } from "./span-graph/span-graph.ts";
import type { SpanBlock } from "./spans/span-block.ts";
import { onlyBlocks, type PreparedSpans, prepareSpans, storeSpans } from "./spans/store-spans.ts";
import { upsertDecisions } from "./upsert-decisions.ts";

export interface CommitSettings {
  /** Milliseconds that one statement of the transaction may take before Postgres itself cancels it (57014). */
  readonly statementTimeoutMs?: number;
}

export interface Committed {
  /** Requests whose rows this call stored. */
  readonly committed: number;
  /** Requests that were stored before: their rows were left out. */
  readonly duplicates: number;
  /** Those of `committed`, as they were given. */
  readonly stored: ReadonlySet<TelemetryRequest>;
  /** What their spans did to the service graph. */
  readonly graph: SpanGraphCounts;
}

/**
 * Stores a batch in one transaction: when this resolves, all of it is committed; when it rejects, none is. A
 * request whose digest is committed already is skipped, so a batch may be sent again after any doubt.
 *
 * @throws DatabaseUnreachable when the database is away: try the same batch again.
 * @throws InvalidRecord for an id that is none; the batch would never pass.
 */
export function commitTelemetry(
  sql: Sql,
  batch: TelemetryBatch,
  caches: TelemetryCaches,
  { statementTimeoutMs }: CommitSettings = {},
): Promise<Committed> {
  return guarded(sql, async () => {
    // The same request twice in one batch counts once.
    const byDigest = new Map(batch.requests.map((request) => [hexOf(request), request]));
    const requests = [...byDigest].filter(([, request]) => hasRows(request));
    const empty = [...byDigest.values()].filter((request) => !hasRows(request));
    if (requests.length === 0) return committed(batch, empty);
    const lists = requests.map(([, request]) => request);
    const resolved = await resolveRequests(sql, caches, lists);
    const spans = await prepareSpans(sql, caches, blocksOf(lists));
    const rowsOf = new Map(requests.map(([digest], index) => [digest, resolved[index]]));
    const stored = await inTransaction(sql, async (transaction) => {
      if (statementTimeoutMs !== undefined)
        await transaction`SELECT set_config('statement_timeout', ${String(Math.ceil(statementTimeoutMs))}, true)`;
      const claimed = await claimDigests(transaction, [...rowsOf.keys()]);
      const fresh = claimed.flatMap((digest) => byDigest.get(digest) ?? []);
      const graph = await storeRows(
        transaction,
        caches,
        claimed.flatMap((digest) => rowsOf.get(digest) ?? []),
        onlyBlocks(caches, spans, blocksOf(fresh)),
      );
      return { fresh, graph };
    }).catch((error: unknown) => {
      forgetGraph(caches, spans.graph);
      throw error;
    });
    stored.graph?.remember();
    return committed(batch, [...empty, ...stored.fresh], stored.graph?.counts);
  });
}

function blocksOf(requests: readonly TelemetryRequest[]): SpanBlock[] {
  return requests.flatMap(({ spans }) => (spans && spans.length > 0 ? [spans] : []));
}

const noGraph: SpanGraphCounts = { edges: 0, expired: 0, reloaded: 0, skipped: 0 };

function committed(
  { requests }: TelemetryBatch,
  stored: readonly TelemetryRequest[],
  graph: SpanGraphCounts = noGraph,
): Committed {
  return {
    committed: stored.length,
    duplicates: requests.length - stored.length,
    stored: new Set(stored),
    graph,
  };
}

function hexOf({ digest }: TelemetryRequest): string {
  return Buffer.from(digest.buffer, digest.byteOffset, digest.byteLength).toString("hex");
}

function hasRows({ digest: _, ...lists }: TelemetryRequest): boolean {
  return Object.values(lists).some((list) => list !== undefined && list.length > 0);
}

/** Those that were not there yet. A claim that another transaction has not finished yet is waited for. */
async function claimDigests(transaction: TransactionSql, digests: readonly string[]): Promise<string[]> {
  const rows = await transaction<{ digest: string }[]>`
    INSERT INTO ingest_request (digest)
    SELECT decode(hex, 'hex') FROM unnest(${[...digests]}::text[]) AS claim (hex) ORDER BY hex
    ON CONFLICT DO NOTHING RETURNING encode(digest, 'hex') AS digest`;
  return rows.map((row) => row.digest);
}

/** Every writer takes locks in this order: digests, traces, edges, decisions, each sorted by its key. */
async function storeRows(
  transaction: TransactionSql,
  caches: TelemetryCaches,
  requests: readonly ResolvedRequest[],
  spans: PreparedSpans,
): Promise<SettledGraph | undefined> {
  if (requests.length === 0) return undefined;
  await copyEvidence(transaction, requests);
  const graph = spans.blocks.length > 0 ? await storeSpans(transaction, caches, spans) : undefined;
  const edgePoints = requests.flatMap((request) => request.edgePoints);
  await writeEdgeDeltas(transaction, [...edgePoints, ...(graph?.points ?? [])]);
  await upsertDecisions(
    transaction,
    requests.flatMap((request) => request.decisionPoints),
  );
  const logs = requests.reduce((sum, request) => sum + request.logs.length + request.accessLogs.length, 0);
  const spanCount = spans.blocks.reduce((sum, block) => sum + block.length, 0);
  const payload = JSON.stringify({ spans: spanCount, edges: edgePoints.length, logs });
  await transaction`SELECT pg_notify(${channels.telemetry}, ${payload})`;
  return graph;
}
