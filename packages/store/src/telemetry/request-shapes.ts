import type { Window } from "@weir/domain";
import { inTransaction } from "../connection/in-transaction.ts";
import { guarded, type Sql, type TransactionSql } from "../connection/open-sql.ts";
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
  /** So many requests. */
  readonly requests: number;
  /** Milliseconds after the window's start, in no particular order. */
  readonly atMs: Int32Array;
  /** In the order of `atMs`; those over 35 minutes are cut there. */
  readonly durationUs: Int32Array;
}

interface ShapeRow extends Omit<RequestShape, "source" | "version" | "requests" | "atMs" | "durationUs"> {
  readonly sourceId: number;
  readonly destinationId: number;
  /** 8 bytes a request: when it began, and how long it took, 4 bytes each in network order. */
  readonly times: Buffer;
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
      const rows = await inTransaction(sql, async (transaction) => {
        // Ten thousand rows are few shapes, which the planner cannot know: it would sort them all by nine columns.
        await transaction`SET LOCAL enable_sort = off`;
        // Nor that they fit into memory: it would put them on disk in hundreds of parts, for three times as long.
        await transaction`SET LOCAL work_mem = '64MB'`;
        return shapeRows(transaction, condition, window);
      });
      const ids = rows.flatMap(({ sourceId, destinationId }) => [sourceId, destinationId]);
      const unmet = new Set(ids.filter((id) => !ends.has(id)));
      for (const [id, end] of await readEnds(sql, unmet)) ends.set(id, end);
      return rows.map(
        (row) =>
          new PackedShape(row, ends.get(row.sourceId) ?? nobody, ends.get(row.destinationId) ?? nobody),
      );
    });
}

/** One row a shape: a row a request would take the client longer to read than the database to find. */
function shapeRows(sql: TransactionSql, condition: RequestCondition, { fromMs, toMs }: Window) {
  const [fromNs, toNs] = [String(msToNs(fromMs)), String(msToNs(toMs))];
  return sql<ShapeRow[]>`
    SELECT source_id AS "sourceId", destination_id AS "destinationId", protocol, method, path,
      coalesce(host, '') AS host, status, flag, upstream_ns > 0 AS sent,
      string_agg(int8send(((time_ns - ${fromNs}::bigint) / 1000000 << 32) + least(duration_ns / 1000, 2147483647)),
        ''::bytea) AS times
    FROM access_log
    WHERE time_ns >= ${fromNs}::bigint AND time_ns < ${toNs}::bigint ${requestMatches(sql, condition)}
    GROUP BY source_id, destination_id, protocol, method, path, host, status, flag, upstream_ns > 0`;
}

const nobody: EdgeEnd = { namespace: "", service: "", version: "" };

/** Times are unpacked when somebody asks: of many shapes all requests are judged at once, and their number is enough. */
class PackedShape implements RequestShape {
  readonly source: EdgeEnd;
  readonly version: string;
  readonly protocol: string;
  readonly method: string;
  readonly path: string;
  readonly host: string;
  readonly status: number;
  readonly flag: string;
  readonly sent: boolean;
  readonly requests: number;
  readonly #times: Buffer;
  #atMs: Int32Array | undefined;
  #durationUs: Int32Array | undefined;

  constructor(row: ShapeRow, source: EdgeEnd, { version }: EdgeEnd) {
    this.source = source;
    this.version = version;
    this.protocol = row.protocol;
    this.method = row.method;
    this.path = row.path;
    this.host = row.host;
    this.status = row.status;
    this.flag = row.flag;
    this.sent = row.sent;
    this.requests = row.times.length / 8;
    this.#times = row.times;
  }

  get atMs(): Int32Array {
    this.#atMs ??= numbersOf(this.#times, 0);
    return this.#atMs;
  }

  get durationUs(): Int32Array {
    this.#durationUs ??= numbersOf(this.#times, 4);
    return this.#durationUs;
  }
}

function numbersOf(times: Buffer, place: number): Int32Array {
  const numbers = new Int32Array(times.length / 8);
  for (let i = 0; i < numbers.length; i++) numbers[i] = times.readInt32BE(i * 8 + place);
  return numbers;
}
