import type { Window } from "@weir/domain";
import type { EdgeName, ServiceName, Sql } from "@weir/store";
import type { LoadedData } from "./loaded-data.ts";

/** What questions ask about, found in the database itself. */
export interface Samples {
  /** Ends now: a moment 20 to 30 minutes before the end of the data, another one in each run, for nobody asks at full hours. */
  readonly window: (hours: number, run: number) => Window;
  readonly traceIds: readonly string[];
  /** About whose requests a policy said something. */
  readonly decidedTraceIds: readonly string[];
  readonly services: readonly ServiceName[];
  readonly operations: readonly (ServiceName & { readonly operation: string })[];
  readonly edges: readonly EdgeName[];
  /** Values of `url.path` that hardly two spans have. */
  readonly paths: readonly string[];
  readonly policies: readonly { readonly namespace: string; readonly name: string }[];
}

const count = 50;

export async function readSamples(sql: Sql, { untilMs }: LoadedData): Promise<Samples> {
  const services = await sql<ServiceName[]>`
    SELECT namespace, name AS service FROM telemetry_service ORDER BY md5(id::text) LIMIT ${count}`;
  const operations = await sql<(ServiceName & { operation: string })[]>`
    SELECT s.namespace, s.name AS service, o.name AS operation
    FROM telemetry_operation o JOIN telemetry_service s ON s.id = service_id
    ORDER BY md5(o.id::text) LIMIT ${count}`;
  const traces = await sql<{ id: string }[]>`
    SELECT replace(trace_id::text, '-', '') AS id FROM trace TABLESAMPLE SYSTEM (1) ORDER BY md5(trace_id::text)
    LIMIT ${count}`;
  const decided = await sql<{ id: string }[]>`
    SELECT replace(trace_id::text, '-', '') AS id FROM access_log TABLESAMPLE SYSTEM (20) WHERE decisions <> '[]'
    ORDER BY md5(trace_id::text) LIMIT ${count}`;
  const paths = await sql<{ path: string }[]>`
    SELECT attributes ->> 'url.path' AS path FROM span TABLESAMPLE SYSTEM (1) WHERE attributes ? 'url.path'
    ORDER BY md5(span_id::text) LIMIT ${count}`;
  const edges = await sql<{ from: ServiceName; to: ServiceName }[]>`
    SELECT json_build_object('namespace', a.namespace, 'service', a.name) AS "from",
      json_build_object('namespace', b.namespace, 'service', b.name) AS "to"
    FROM edge_series e JOIN telemetry_service a ON a.id = source_id JOIN telemetry_service b ON b.id = destination_id
    ORDER BY md5(e.id::text) LIMIT ${count}`;
  const policies = await sql<{ namespace: string; name: string }[]>`
    SELECT DISTINCT namespace, policy AS name FROM decision_series LIMIT ${count}`;
  return {
    window: (hours, run) => {
      const toMs = untilMs - 20 * 60_000 - 10_000 * (1 + ((run * 37) % 59));
      return { fromMs: toMs - hours * 3_600_000, toMs };
    },
    traceIds: traces.map(({ id }) => id),
    edges: edges.map(({ from, to }) => ({ source: from, destination: to })),
    decidedTraceIds: decided.map(({ id }) => id),
    paths: paths.map(({ path }) => path),
    ...{ services, operations, policies },
  };
}

/** Another one in each run. */
export function nth<T>(list: readonly T[], run: number): T {
  const value = list[run % list.length];
  if (value === undefined) throw new Error("the data has nothing to ask about");
  return value;
}
