import { inTransaction } from "../connection/in-transaction.ts";
import { guarded, type Sql, type TransactionSql } from "../connection/open-sql.ts";
import { channels } from "../connection/subscribe.ts";
import type { TelemetryCaches } from "./caches.ts";
import { copyEvidence } from "./copy-evidence.ts";
import type { TelemetryBatch, TelemetryRequest } from "./records.ts";
import { type ResolvedRequest, resolveRequests } from "./resolved-batch.ts";
import { upsertDecisions } from "./upsert-decisions.ts";
import { upsertEdges } from "./upsert-edges.ts";
import { upsertTraces } from "./upsert-traces.ts";

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
    const resolved = await resolveRequests(
      sql,
      caches,
      requests.map(([, request]) => request),
    );
    const rowsOf = new Map(requests.map(([digest], index) => [digest, resolved[index]]));
    const fresh = await inTransaction(sql, async (transaction) => {
      if (statementTimeoutMs !== undefined)
        await transaction`SELECT set_config('statement_timeout', ${String(Math.ceil(statementTimeoutMs))}, true)`;
      const claimed = await claimDigests(transaction, [...rowsOf.keys()]);
      await storeRows(
        transaction,
        claimed.flatMap((digest) => rowsOf.get(digest) ?? []),
      );
      return claimed;
    });
    return committed(batch, [...empty, ...fresh.flatMap((digest) => byDigest.get(digest) ?? [])]);
  });
}

function committed({ requests }: TelemetryBatch, stored: readonly TelemetryRequest[]): Committed {
  return { committed: stored.length, duplicates: requests.length - stored.length, stored: new Set(stored) };
}

function hexOf({ digest }: TelemetryRequest): string {
  return Buffer.from(digest.buffer, digest.byteOffset, digest.byteLength).toString("hex");
}

function hasRows({ digest: _, ...lists }: TelemetryRequest): boolean {
  return Object.values(lists).some((list) => list.length > 0);
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
async function storeRows(transaction: TransactionSql, requests: readonly ResolvedRequest[]): Promise<void> {
  if (requests.length === 0) return;
  const spans = requests.flatMap((request) => request.spans);
  const edgePoints = requests.flatMap((request) => request.edgePoints);
  await copyEvidence(transaction, requests);
  await upsertTraces(transaction, spans);
  await upsertEdges(transaction, edgePoints);
  await upsertDecisions(
    transaction,
    requests.flatMap((request) => request.decisionPoints),
  );
  const logs = requests.reduce((sum, request) => sum + request.logs.length + request.accessLogs.length, 0);
  const payload = JSON.stringify({ spans: spans.length, edges: edgePoints.length, logs });
  await transaction`SELECT pg_notify(${channels.telemetry}, ${payload})`;
}
