import type { Sql } from "../connection/open-sql.ts";
import type { TraceSummary } from "./answers.ts";
import { uuidToTraceId } from "./ids.ts";
import type { ServiceIdentity } from "./records.ts";
import { hourNs } from "./time.ts";

interface Row {
  readonly traceId: string;
  readonly startNs: string;
  readonly endNs: string;
  readonly spanCount: number;
  readonly errorCount: number;
  readonly rootOperation: string | null;
  readonly rootServiceId: number | null;
  readonly firstOperation: string;
  readonly firstServiceId: number;
  readonly serviceIds: number[];
}

/** A row of `trace`: a trace in one hour. */
export interface TraceKey {
  readonly traceId: string;
  readonly hourNs: string;
}

/**
 * Summaries of traces, in the order of the keys. A trace that runs over the hour has a row on both sides, so the
 * neighbouring hours are looked at too and put together.
 */
export async function readTraceSummaries(sql: Sql, keys: readonly TraceKey[]): Promise<TraceSummary[]> {
  if (keys.length === 0) return [];
  const rows = await sql<Row[]>`
    SELECT t.trace_id AS "traceId", t.start_ns AS "startNs", t.end_ns AS "endNs", t.span_count AS "spanCount",
      t.error_count AS "errorCount", t.service_ids AS "serviceIds",
      r.name AS "rootOperation", r.service_id AS "rootServiceId",
      f.name AS "firstOperation", f.service_id AS "firstServiceId"
    FROM unnest(${keys.map((key) => key.traceId)}::uuid[], ${keys.map((key) => key.hourNs)}::bigint[])
        AS key (trace_id, hour_ns)
      JOIN trace t ON t.trace_id = key.trace_id
        AND t.hour_ns BETWEEN key.hour_ns - ${hourNs.toString()}::bigint AND key.hour_ns + ${hourNs.toString()}::bigint
      JOIN telemetry_operation f ON f.id = t.first_operation_id
      LEFT JOIN telemetry_operation r ON r.id = t.root_operation_id`;
  const services = await readServices(sql, new Set(rows.flatMap((row) => row.serviceIds)));
  const byTrace = Map.groupBy(rows, (row) => row.traceId);
  const order = new Set(keys.map((key) => key.traceId));
  return [...order].flatMap((traceId) => {
    const own = byTrace.get(traceId);
    return own ? [toSummary(own, services)] : [];
  });
}

/** Names of services by their id. */
async function readServices(sql: Sql, ids: ReadonlySet<number>): Promise<Map<number, ServiceIdentity>> {
  const rows = await sql<(ServiceIdentity & { id: number })[]>`
    SELECT id, namespace, name, version FROM telemetry_service WHERE id = ANY(${[...ids]}::int[])`;
  return new Map(rows.map(({ id, ...identity }) => [id, identity]));
}

const unknownService: ServiceIdentity = { namespace: "", name: "", version: "" };

function toSummary(rows: readonly Row[], services: ReadonlyMap<number, ServiceIdentity>): TraceSummary {
  // The same row twice where both of its hours were asked for.
  const parts = [...new Map(rows.map((row) => [row.startNs, row])).values()];
  const inOrder = parts.sort((a, b) => (BigInt(a.startNs) < BigInt(b.startNs) ? -1 : 1));
  const first = inOrder[0] as Row;
  const root = inOrder.find((row) => row.rootOperation !== null);
  const startNs = BigInt(first.startNs);
  const endNs = inOrder.reduce((end, row) => (BigInt(row.endNs) > end ? BigInt(row.endNs) : end), startNs);
  const serviceIds = new Set(inOrder.flatMap((row) => row.serviceIds));
  return {
    traceId: uuidToTraceId(first.traceId),
    startNs,
    durationNs: endNs - startNs,
    service: services.get(root?.rootServiceId ?? first.firstServiceId) ?? unknownService,
    operation: root?.rootOperation ?? first.firstOperation,
    rootMissing: root === undefined,
    spanCount: inOrder.reduce((sum, row) => sum + row.spanCount, 0),
    errorCount: inOrder.reduce((sum, row) => sum + row.errorCount, 0),
    services: [...serviceIds].flatMap((id) => services.get(id) ?? []),
  };
}
