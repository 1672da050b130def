import type { Window } from "@weir/domain";
import { guarded, type Sql } from "../connection/open-sql.ts";
import type { ServiceName, TracePage } from "./answers.ts";
import { dictionaryText, digestOf } from "./dictionary.ts";
import { hourOf, msToNs } from "./time.ts";
import { readTraceSummaries, type TraceKey } from "./trace-summaries.ts";

export interface TraceSearch {
  /** By the trace's start. */
  readonly window: Window;
  /** That took part; with a version, exactly that one. */
  readonly service?: (ServiceName & { readonly version?: string | undefined }) | undefined;
  /** Exact name of an operation (of that service, where one is given). */
  readonly operation?: string | undefined;
  /** Of the whole trace, inclusive. */
  readonly minDurationMs?: number | undefined;
  readonly maxDurationMs?: number | undefined;
  /** Only traces with a span that failed. */
  readonly status?: "error" | undefined;
  readonly limit: number;
  /** `next` of the page before. */
  readonly before?: string | undefined;
}

interface Hit extends TraceKey {
  readonly startNs: string;
}

/** Traces, newest first, a page at a time. Conditions are judged by what has arrived of a trace so far. */
export function searchTraces(sql: Sql, search: TraceSearch): Promise<TracePage> {
  return guarded(sql, async () => {
    const operations = await matchingIds(sql, search);
    if (operations?.length === 0) return { traces: [], next: undefined };
    const hits = await findHits(sql, search, operations);
    const page = hits.slice(0, search.limit);
    const last = page.at(-1);
    return {
      traces: await readTraceSummaries(sql, page),
      next: hits.length > search.limit && last ? `${last.startNs}.${last.traceId}` : undefined,
    };
  });
}

async function findHits(sql: Sql, search: TraceSearch, ids: readonly number[] | undefined): Promise<Hit[]> {
  const [fromNs, toNs] = [msToNs(search.window.fromMs), msToNs(search.window.toMs)];
  const { minDurationMs: min, maxDurationMs: max } = search;
  const [beforeNs, beforeTrace] = parseCursor(search.before) ?? [];
  return sql<Hit[]>`
    SELECT trace_id AS "traceId", hour_ns AS "hourNs", start_ns AS "startNs" FROM trace
    WHERE start_ns >= ${fromNs.toString()} AND start_ns < ${toNs.toString()}
      AND hour_ns >= ${hourOf(fromNs).toString()} AND hour_ns < ${toNs.toString()} -- leaves other partitions out
      ${ids === undefined ? sql`` : sql`AND ${search.operation === undefined ? sql`service_ids` : sql`operation_ids`} && ${[...ids]}::int[]`}
      ${min === undefined ? sql`` : sql`AND end_ns - start_ns >= ${msToNs(min).toString()}`}
      ${max === undefined ? sql`` : sql`AND end_ns - start_ns <= ${msToNs(max).toString()}`}
      ${search.status === "error" ? sql`AND error_count > 0` : sql``}
      ${beforeNs && beforeTrace ? sql`AND (start_ns, trace_id) < (${beforeNs}::bigint, ${beforeTrace}::uuid)` : sql``}
    ORDER BY start_ns DESC, trace_id DESC LIMIT ${search.limit + 1}`;
}

/** Ids of operations where one is asked for, else of services; undefined when neither is. Few, and often none. */
async function matchingIds(
  sql: Sql,
  { service, operation }: TraceSearch,
): Promise<readonly number[] | undefined> {
  if (service === undefined && operation === undefined) return undefined;
  const ofService = service
    ? sql`s.namespace = ${service.namespace} AND s.name = ${service.service}
        ${service.version === undefined ? sql`` : sql`AND s.version = ${service.version}`}`
    : sql`true`;
  const rows =
    operation === undefined
      ? await sql<{ id: number }[]>`SELECT s.id FROM telemetry_service s WHERE ${ofService}`
      : await sql<{ id: number }[]>`
          SELECT o.id FROM telemetry_operation o JOIN telemetry_service s ON s.id = o.service_id
          WHERE ${ofService} AND o.digest = ${digestOf(dictionaryText(operation, 1_000))}`;
  return rows.map((row) => row.id);
}

/** Undefined for what is no cursor of ours: the search then starts at its newest. */
function parseCursor(cursor: string | undefined): [string, string] | undefined {
  const found = /^(-?\d{1,19})\.([0-9a-f-]{36})$/.exec(cursor ?? "");
  return found?.[1] && found[2] ? [found[1], found[2]] : undefined;
}
