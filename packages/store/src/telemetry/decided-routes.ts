import { sparedVerdict, type Window } from "@weir/domain";
import { guarded, type Sql } from "../connection/open-sql.ts";
import type { EdgeName } from "./answers.ts";
import { uuidToTraceId } from "./ids.ts";
import type { DecisionFilter } from "./observed-decisions.ts";
import { pathTemplate } from "./path-template.ts";
import { readEnds } from "./requests/request-rows.ts";
import { type LookBack, newestFirst } from "./search/newest-first.ts";
import type { Slice } from "./search/slice.ts";
import { elsewhere } from "./service-routes.ts";
import { hourMs, hourNs } from "./time.ts";

/** Logged requests to one route that a policy, had it been enforced, would have changed in one way. */
export interface DecidedRoute extends EdgeName {
  readonly policy: string;
  readonly kind: string;
  readonly revision: number;
  readonly verdict: string;
  /** {@link elsewhere} for both: requests to paths that are too many to be told apart. */
  readonly method: string;
  /** With its ids left out; see {@link pathTemplate}. */
  readonly path: string;
  readonly requests: number;
  /** Of some of them, the newest first; only traces whose spans were kept. */
  readonly traceIds: readonly string[];
}

export interface DecidedRoutes {
  /** Those of most requests first. */
  readonly routes: readonly DecidedRoute[];
  /** How many there are without the limit. */
  readonly count: number;
  /** From when on requests were read: later than the window's start where there were too many of them. */
  readonly fromMs: number;
}

export interface DecidedRoutesSettings extends LookBack {
  readonly limit: number;
  readonly tracesEach: number;
  /** What only other observed policies let in counts as well: for one that begins to act without them. */
  readonly alone?: boolean | undefined;
}

/** Traces of one kind of request that are looked up at most: of most requests no spans are kept. */
const candidates = 24;
/** That are told apart, as they were asked for, in a stretch of time: anybody may ask for any path. */
const mostPaths = 5_000;

/**
 * By method and path, what policies that observe would have done to the requests of a window. The access log tells; the
 * counts of decisions know nothing of paths. Reads the newest requests first, as long as there is time.
 */
export function decidedRoutes(
  sql: Sql,
  filter: DecisionFilter,
  window: Window,
  { limit, tracesEach, alone = false, ...lookBack }: DecidedRoutesSettings,
): Promise<DecidedRoutes> {
  return guarded(sql, async () => {
    const destinationIds = await idsOf(sql, filter);
    const sums = new Map<string, Sum>();
    const fromMs = await newestFirst(window, lookBack, async (slice) => {
      for (const row of await rowsIn(sql, { destinationIds, policy: filter.policy, alone }, slice))
        add(sums, row);
    });
    const sorted = [...sums.values()].sort((a, b) => b.requests - a.requests || (a.path < b.path ? -1 : 1));
    const shown = sorted.slice(0, limit);
    const kept = await keptOf(
      sql,
      window,
      shown.flatMap(({ traces }) => [...traces]),
    );
    const ends = await readEnds(sql, new Set(shown.flatMap((row) => [row.sourceId, row.destinationId])));
    const nameOf = (id: number) => {
      const { namespace = "", service = "" } = ends.get(id) ?? {};
      return { namespace, service };
    };
    return {
      routes: shown.map(({ sourceId, destinationId, traces, ...route }) => ({
        ...route,
        source: nameOf(sourceId),
        destination: nameOf(destinationId),
        traceIds: [...traces]
          .filter((id) => kept.has(id))
          .slice(0, tracesEach)
          .map(uuidToTraceId),
      })),
      count: sorted.length,
      fromMs,
    };
  });
}

interface Row extends Omit<DecidedRoute, "source" | "destination" | "traceIds"> {
  /** Lowest number of all versions: they are one service. */
  readonly sourceId: number;
  readonly destinationId: number;
  readonly traces: readonly string[] | null;
}

type Sum = Omit<Row, "traces"> & { requests: number; readonly traces: Set<string> };

interface Asked {
  readonly destinationIds: readonly number[] | undefined;
  readonly policy: string | undefined;
  readonly alone: boolean;
}

function rowsIn(sql: Sql, { destinationIds, policy, alone }: Asked, { fromNs, toNs }: Slice): Promise<Row[]> {
  const said = (what: { wouldAct: true } | { verdict: string }) =>
    JSON.stringify([{ ...what, mode: "observe", ...(policy !== undefined && { policy }) }]);
  const acting = sql`decisions @> ${said({ wouldAct: true })}::text::jsonb`;
  const spared = sql`decisions @> ${said({ verdict: sparedVerdict })}::text::jsonb`;
  return sql<Row[]>`
    WITH decided AS MATERIALIZED (
      SELECT source_id, destination_id, said.policy, said.kind, said.revision, said.verdict, method, path,
        count(*)::float8 AS requests,
        (array_agg(trace_id ORDER BY time_ns DESC) FILTER (WHERE trace_id IS NOT NULL))[1:${candidates}] AS traces
      FROM access_log CROSS JOIN LATERAL jsonb_to_recordset(decisions)
        AS said (policy text, kind text, revision int, verdict text, mode text, "wouldAct" boolean)
      WHERE time_ns >= ${String(fromNs)}::bigint AND time_ns < ${String(toNs)}::bigint
        AND ${alone ? sql`(${acting} OR ${spared})` : acting} AND said.mode = 'observe'
        AND ${alone ? sql`(said."wouldAct" OR said.verdict = ${sparedVerdict})` : sql`said."wouldAct"`}
        ${destinationIds ? sql`AND destination_id = ANY(${[...destinationIds]}::int[])` : sql``}
        ${policy === undefined ? sql`` : sql`AND said.policy = ${policy}`}
      GROUP BY 1, 2, 3, 4, 5, 6, 7, 8
    ), first AS (SELECT namespace, name, min(id) AS id FROM telemetry_service GROUP BY 1, 2)
    SELECT f.id AS "sourceId", t.id AS "destinationId", policy, kind, revision, verdict, requests, traces,
      CASE WHEN place <= ${mostPaths} THEN method ELSE ${elsewhere} END AS method,
      CASE WHEN place <= ${mostPaths} THEN path ELSE ${elsewhere} END AS path
    FROM (SELECT *, row_number() OVER (ORDER BY requests DESC) AS place FROM decided) AS placed
      JOIN telemetry_service s ON s.id = source_id JOIN first f ON f.namespace = s.namespace AND f.name = s.name
      JOIN telemetry_service d ON d.id = destination_id JOIN first t ON t.namespace = d.namespace AND t.name = d.name`;
}

/** Slices come from the newest to the oldest. */
function add(sums: Map<string, Sum>, { traces, ...row }: Row): void {
  const path = pathTemplate(row.path);
  const key = JSON.stringify([
    row.sourceId,
    row.destinationId,
    row.policy,
    row.revision,
    row.verdict,
    row.method,
    path,
  ]);
  const sum = sums.get(key) ?? { ...row, path, requests: 0, traces: new Set() };
  sums.set(key, sum);
  sum.requests += row.requests;
  if (traces && sum.traces.size < candidates) for (const id of traces) sum.traces.add(id);
}

async function idsOf(sql: Sql, { namespace, service }: DecisionFilter): Promise<number[] | undefined> {
  if (namespace === undefined && service === undefined) return undefined;
  const rows = await sql<{ id: number }[]>`
    SELECT id FROM telemetry_service
    WHERE true ${namespace === undefined ? sql`` : sql`AND namespace = ${namespace}`}
      ${service === undefined ? sql`` : sql`AND name = ${service}`}`;
  return rows.map(({ id }) => id);
}

/** Traces that began in the window, or in the hour before it, and of which spans are stored. */
async function keptOf(sql: Sql, { fromMs, toMs }: Window, traceIds: readonly string[]): Promise<Set<string>> {
  if (traceIds.length === 0) return new Set();
  const fromHour = BigInt(Math.floor(fromMs / hourMs) - 1) * hourNs;
  const toHour = BigInt(Math.floor(toMs / hourMs)) * hourNs;
  const rows = await sql<{ id: string }[]>`
    SELECT DISTINCT trace_id AS id FROM trace
    WHERE trace_id = ANY(${[...traceIds]}::uuid[])
      AND hour_ns BETWEEN ${String(fromHour)}::bigint AND ${String(toHour)}::bigint`;
  return new Set(rows.map(({ id }) => id));
}
