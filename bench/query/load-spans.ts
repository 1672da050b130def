import { maintainPartitions, type Sql } from "@weir/store";
import { loadDictionaries } from "./load-dictionaries.ts";
import { spanTreeRows } from "./span-tree.ts";

export interface SpanLoad {
  /** Of ten spans each. */
  readonly traces: number;
  /** Each has ten operations, and calls ten others. */
  readonly services: number;
  readonly attributeSets: number;
  /** Whole hours, the last of which ends at `untilMs`. */
  readonly hours: number;
  /** The end of an hour, milliseconds since 1970. */
  readonly untilMs: number;
  /** An access log line for each root, reported by the source of the request, and a log record for each tenth. */
  readonly logs: boolean;
}

/** What `bench -- query` asks its questions of. */
export const wholeLoad: Omit<SpanLoad, "untilMs"> = {
  ...{ traces: 1_000_000, services: 1_000, attributeSets: 5_000, hours: 24, logs: true },
};

/** Of them half have an attribute of their own. */
const spansPerCommit = 5_000;
const hourMs = 3_600_000;
const nsPerMs = 1_000_000n;

/**
 * Fills an empty, migrated database with traces, by SQL alone: a million traces in some ten minutes, always the same ones.
 * A service calls ten others, the first of them most often; a trace begins at one of twenty gateways; one span of a
 * hundred fails. Half of the spans have an attribute of their own, `url.path` = `/orders/N`, where N is hardly ever met
 * twice. Needs Postgres 18, which knows CRC-32.
 */
export async function loadSpans(
  sql: Sql,
  load: SpanLoad,
  onHour: (hoursDone: number) => void = () => {},
): Promise<void> {
  const fromMs = load.untilMs - load.hours * hourMs;
  await maintainPartitions(sql, { nowMs: fromMs, aheadHours: load.hours, retentionHours: 0 });
  await loadDictionaries(sql, load);
  const perHour = Math.ceil(load.traces / load.hours);
  for (let hour = 0; hour < load.hours; hour++) {
    const first = hour * perHour;
    const count = Math.min(perHour, load.traces - first);
    if (count <= 0) break;
    const startNs = BigInt(fromMs + hour * hourMs) * nsPerMs;
    await loadHour(sql, load, { first, count, startNs });
    onHour(hour + 1);
  }
  await sql.unsafe("ANALYZE span, trace, access_log, log_record");
}

interface HourOfTraces {
  /** Number of its first trace. */
  readonly first: number;
  readonly count: number;
  readonly startNs: bigint;
}

async function loadHour(sql: Sql, load: SpanLoad, { first, count, startNs }: HourOfTraces): Promise<void> {
  // Spread over 99 % of the hour, so that none runs over its end.
  const stepNs = (BigInt(hourMs) * nsPerMs * 99n) / 100n / BigInt(count);
  await sql.unsafe(`
    INSERT INTO span (trace_id, span_id, parent_span_id, service_id, operation_id, resource_id, kind, status,
      start_ns, duration_ns, attribute_set_id, attributes, status_message, events)
    WITH ${spanTreeRows({ first, count, startNs, stepNs, services: load.services })}
    SELECT trace_id, span_id, parent_span_id, service_id,
      operation_id, service_id AS resource_id, kind, status, start_ns, duration_ns,
      1 + (operation_id % (${load.attributeSets} / 2)) * 2 + status / 2 AS attribute_set_id,
      CASE WHEN chance % 2 = 0 THEN jsonb_build_object('url.path', '/orders/' || chance % 100000000) END,
      CASE WHEN status = 2 THEN 'upstream answered 503' END,
      CASE WHEN status = 2 THEN '[{"name":"exception","timeUnixNano":"0","attributes":{"exception.type":"Timeout"}}]'::jsonb END
    FROM tree ORDER BY start_ns`);
  const endNs = startNs + BigInt(hourMs) * nsPerMs;
  await sql.unsafe(`
    INSERT INTO span_value (hour_ns, hashes, owners, traces)
    WITH value AS (
      SELECT DISTINCT trace_id, (row_number() OVER (ORDER BY start_ns) - 1) / ${spansPerCommit / 2} AS commit,
        (crc32(convert_to('"url.path":' || (attributes -> 'url.path')::text, 'UTF8')) << 32 >> 32)::int AS hash
      FROM span WHERE start_ns >= ${startNs} AND start_ns < ${endNs} AND attributes IS NOT NULL
    ), owner AS (
      SELECT commit, trace_id, row_number() OVER (PARTITION BY commit ORDER BY trace_id)::smallint AS place
      FROM value GROUP BY 1, 2
    ), known AS (
      SELECT commit, array_agg(trace_id ORDER BY place) AS traces FROM owner GROUP BY 1
    )
    SELECT ${startNs}, hashes, owners, traces FROM (
      SELECT commit, array_agg(hash ORDER BY hash, place) AS hashes, array_agg(place ORDER BY hash, place) AS owners
      FROM value JOIN owner USING (commit, trace_id) GROUP BY 1
    ) AS entry JOIN known USING (commit)`);
  await sql.unsafe(`
    INSERT INTO trace (hour_ns, trace_id, start_ns, end_ns, span_count, error_count, root_operation_id,
      first_operation_id, operation_ids, service_ids)
    SELECT ${startNs}, trace_id, min(start_ns) AS start_ns, max(start_ns + duration_ns), count(*),
      count(*) FILTER (WHERE status = 2), min(operation_id) FILTER (WHERE parent_span_id IS NULL),
      min(operation_id) FILTER (WHERE parent_span_id IS NULL),
      array_agg(DISTINCT operation_id), array_agg(DISTINCT service_id)
    FROM span WHERE start_ns >= ${startNs} AND start_ns < ${endNs}
    GROUP BY trace_id ORDER BY start_ns`);
  if (load.logs) await loadLogs(sql, startNs, endNs);
}

async function loadLogs(sql: Sql, startNs: bigint, endNs: bigint): Promise<void> {
  const roots = `FROM span WHERE start_ns >= ${startNs} AND start_ns < ${endNs} AND parent_span_id IS NULL`;
  await sql.unsafe(`
    INSERT INTO access_log (time_ns, trace_id, span_id, reporter, source_id, destination_id, protocol, method, path,
      host, status, flag, duration_ns, upstream_ns, request_bytes, response_bytes, decisions)
    SELECT start_ns + duration_ns, trace_id, span_id, 0 AS reporter, service_id, service_id + 20, 'http', 'GET',
      '/orders/' || (span_id & 65535), 'shop', CASE status WHEN 2 THEN 503 ELSE 200 END, '', duration_ns,
      duration_ns - 1000, 100, 2000, CASE WHEN span_id % 10 = 0 THEN
        '[{"policy":"canary","kind":"canary","revision":1,"mode":"observe","verdict":"version=v2","wouldAct":true,"acted":false,"reason":""}]'::jsonb
        ELSE '[]' END
    ${roots} ORDER BY start_ns`);
  await sql.unsafe(`
    INSERT INTO log_record (time_ns, trace_id, span_id, service_id, resource_id, severity, body, attributes)
    SELECT start_ns, trace_id, span_id, service_id, resource_id, 9, '"order taken"'::jsonb, '{"thread":"main"}'
    ${roots} AND span_id % 10 = 1 ORDER BY start_ns`);
}
