import { meshAttributes } from "@weir/domain";
import { guarded, type Sql } from "../connection/open-sql.ts";
import { isTraceId, traceIdToUuid } from "./ids.ts";
import { type NamedOperation, namedOperations, unknownOperation } from "./named-operations.ts";
import { joinAttributeSet } from "./span-attributes.ts";
import { traceHours } from "./trace-hours.ts";
import { mostSpans } from "./trace-skeleton.ts";

/**
 * The spans of a trace by columns, an entry a span in the order of their start. What goes on as it is comes as text: numbers
 * with commas between. A hundred thousand spans as rows take the process that asks a second of work, and as columns a tenth.
 */
export interface SpanColumns {
  readonly spans: number;
  readonly isWhole: boolean;
  /** First start and last end, in nanoseconds since 1970. */
  readonly startNs: bigint;
  readonly endNs: bigint;
  /** 16 hexadecimal digits each, one after another. */
  readonly ids: string;
  /** The same of the parent; empty where there is none. */
  readonly parents: readonly string[];
  /** Number of one of `names`. */
  readonly operations: readonly string[];
  readonly names: ReadonlyMap<string, NamedOperation>;
  /** OTLP's kind, and its status times 8. */
  readonly kindAndStatus: string;
  /** Since `startNs`. */
  readonly startsNs: string;
  readonly durationsNs: string;
  /** Of spans that have events or links: number of the span, events, links. */
  readonly more: readonly (readonly [number, number, number])[];
  readonly marks: readonly SpanMark[];
}

/**
 * What a waterfall shows of a span's attributes before it is opened: number of the span; path asked for, unless the
 * operation's name has it; whose sidecar recorded it; nanoseconds that this one waited for its upstream; response flag.
 */
type SpanMark = readonly [number, string | null, string | null, string | null, string | null];

interface Row {
  readonly total: number | null;
  readonly spans: number;
  readonly first: string;
  readonly last: string;
  readonly ids: string;
  readonly parents: string;
  readonly operations: string;
  readonly kindAndStatus: string;
  readonly starts: string;
  readonly durations: string;
  readonly more: SpanColumns["more"] | null;
  readonly marks: readonly SpanMark[] | null;
}

/** A span that was sent twice comes once. Undefined for an id that is unknown, or is none. */
export function spanColumns(
  sql: Sql,
  traceId: string,
  { limit = mostSpans }: { readonly limit?: number } = {},
): Promise<SpanColumns | undefined> {
  return guarded(sql, async () => {
    if (!isTraceId(traceId)) return undefined;
    const id = traceIdToUuid(traceId);
    const hours = await traceHours(sql, id);
    if (!hours) return undefined;
    const { path, reporter, upstreamNs, responseFlag } = meshAttributes;
    const of = (name: string) => sql`coalesce(span.attributes ->> ${name}, a.attributes ->> ${name})`;
    const [row] = await sql<Row[]>`
      SELECT max(total)::int AS total, count(*)::int AS spans, min(start_ns) AS first, max(start_ns + duration_ns) AS last,
        string_agg(encode(int8send(span_id), 'hex'), '') AS ids,
        string_agg(coalesce(encode(int8send(parent_span_id), 'hex'), ''), ',') AS parents,
        string_agg(operation_id::text, ',') AS operations,
        string_agg((kind + 8 * status)::text, ',') AS "kindAndStatus",
        string_agg((start_ns - first_ns)::text, ',') AS starts, string_agg(duration_ns::text, ',') AS durations,
        json_agg(json_build_array(place, events, links)) FILTER (WHERE events + links > 0) AS more,
        json_agg(json_build_array(place, path, reporter, upstream_ns, flag))
          FILTER (WHERE path IS NOT NULL OR reporter IS NOT NULL) AS marks
      FROM (
        SELECT *, count(*) OVER () AS total, min(start_ns) OVER () AS first_ns,
          row_number() OVER (ORDER BY start_ns, span_id, service_id, kind) - 1 AS place
        FROM (
          SELECT DISTINCT ON (start_ns, span_id, service_id, kind)
            span_id, parent_span_id, span.service_id, operation_id, kind, status, start_ns, duration_ns,
            coalesce(jsonb_array_length(events), 0) AS events, coalesce(jsonb_array_length(links), 0) AS links,
            CASE WHEN position(${of(path)} IN o.name) = 0 THEN ${of(path)} END AS path, ${of(reporter)} AS reporter,
            ${of(upstreamNs)} AS upstream_ns, ${of(responseFlag)} AS flag
          FROM span LEFT JOIN telemetry_operation o ON o.id = operation_id ${joinAttributeSet(sql)}
          WHERE trace_id = ${id} AND start_ns >= ${String(hours.fromNs)} AND start_ns <= ${String(hours.toNs)}
          ORDER BY start_ns, span_id, service_id, kind, duration_ns DESC LIMIT ${limit + 1}
        ) AS each
      ) AS placed WHERE place < ${limit}`;
    if (!row || row.total === null) return undefined;
    const operations = row.operations.split(",");
    return {
      ...{ spans: row.spans, isWhole: row.total <= limit },
      ...{ startNs: BigInt(row.first), endNs: BigInt(row.last) },
      ...{ ids: row.ids, parents: row.parents.split(","), operations },
      names: await namesOf(sql, new Set(operations)),
      ...{ kindAndStatus: row.kindAndStatus, startsNs: row.starts, durationsNs: row.durations },
      ...{ more: row.more ?? [], marks: row.marks ?? [] },
    };
  });
}

async function namesOf(sql: Sql, ids: ReadonlySet<string>): Promise<Map<string, NamedOperation>> {
  const names = await namedOperations(sql, [...ids].map(Number));
  return new Map([...ids].map((id) => [id, names.get(Number(id)) ?? unknownOperation]));
}
