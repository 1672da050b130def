import type { Window } from "@weir/domain";
import { guarded, type Sql } from "../connection/open-sql.ts";
import type { ServiceName } from "./answers.ts";
import type { EdgeEnd } from "./records.ts";
import { type RequestCondition, requestMatches, resolveRequestFilter } from "./requests/request-filter.ts";
import { readEnds } from "./requests/request-rows.ts";
import { msToNs } from "./time.ts";

/** Stored requests that agree in all that a rule can know of them, packed: when each of them began, and how long it took. */
export interface RequestShape {
  readonly source: EdgeEnd;
  /** It went to; empty where it went nowhere. */
  readonly version: string;
  readonly protocol: string;
  readonly method: string;
  /** Without the query. */
  readonly path: string;
  readonly host: string;
  /** 0: no response. */
  readonly status: number;
  readonly flag: string;
  /** Something of it reached an upstream. */
  readonly sent: boolean;
  /** Milliseconds after the window's start, in no particular order. */
  readonly atMs: Int32Array;
  /** In the order of `atMs`; those over 35 minutes are cut there. */
  readonly durationUs: Int32Array;
}

interface ShapeRow extends Omit<RequestShape, "source" | "version" | "atMs" | "durationUs"> {
  readonly sourceId: number;
  readonly destinationId: number;
  readonly at: Buffer;
  readonly durations: Buffer;
}

/**
 * Reads what the access log holds of requests to a service, window by window: the services are looked up once. Each
 * request is there once, as its source has it, or its destination where the source stands outside the mesh. A window
 * must be shorter than 24 days, and what it holds must fit into memory at 8 bytes a request.
 */
export async function openRequestShapes(
  sql: Sql,
  destination: ServiceName,
): Promise<(window: Window) => Promise<RequestShape[]>> {
  const condition = await guarded(sql, () => resolveRequestFilter(sql, { destination }));
  const ends = new Map<number, EdgeEnd>();
  return (window) =>
    guarded(sql, async () => {
      if (condition.destinationIds?.length === 0) return [];
      const rows = await shapeRows(sql, condition, window);
      const ids = rows.flatMap(({ sourceId, destinationId }) => [sourceId, destinationId]);
      const unmet = new Set(ids.filter((id) => !ends.has(id)));
      for (const [id, end] of await readEnds(sql, unmet)) ends.set(id, end);
      return rows.map(
        ({ sourceId, destinationId, at, durations, ...row }): RequestShape => ({
          ...row,
          source: ends.get(sourceId) ?? { namespace: "", service: "", version: "" },
          version: ends.get(destinationId)?.version ?? "",
          atMs: numbersOf(at),
          durationUs: numbersOf(durations),
        }),
      );
    });
}

/** One row a shape: a row a request would take the client longer to read than the database to find. */
function shapeRows(sql: Sql, condition: RequestCondition, { fromMs, toMs }: Window) {
  const [fromNs, toNs] = [String(msToNs(fromMs)), String(msToNs(toMs))];
  return sql<ShapeRow[]>`
    SELECT source_id AS "sourceId", destination_id AS "destinationId", protocol, method, path, coalesce(host, '') AS host, status, flag,
      upstream_ns > 0 AS sent,
      string_agg(int4send(((time_ns - ${fromNs}::bigint) / 1000000)::int), ''::bytea) AS at,
      string_agg(int4send(least(duration_ns / 1000, 2147483647)::int), ''::bytea) AS durations
    FROM access_log
    WHERE time_ns >= ${fromNs}::bigint AND time_ns < ${toNs}::bigint ${requestMatches(sql, condition)}
    GROUP BY source_id, destination_id, protocol, method, path, host, status, flag, upstream_ns > 0`;
}

/** Integers of 4 bytes in network order, as `int4send` writes them. */
function numbersOf(bytes: Buffer): Int32Array {
  const numbers = new Int32Array(bytes.length / 4);
  for (let i = 0; i < numbers.length; i++) numbers[i] = bytes.readInt32BE(i * 4);
  return numbers;
}
