import type { Sql } from "../../connection/open-sql.ts";
import type { TailBatch } from "../answers.ts";
import { later } from "../search/slice.ts";
import { msToNs } from "../time.ts";
import {
  type RequestCondition,
  type RequestFilter,
  requestMatches,
  resolveRequestFilter,
} from "./request-filter.ts";
import { type RequestRow, requestColumns, toRequests } from "./request-rows.ts";

/** Where a row stands: rows of the log never move or change, but for outliers whose hour gets a partition. */
interface Place {
  readonly table: number;
  readonly place: string;
  readonly timeNs: string;
}

/** So many rows are told apart; of older ones, where there are more within the overlap, it is only told how many. */
const mostPlaces = 20_000;

/**
 * What is new in the access log since the last look. A look goes back by the overlap beyond the one before, because
 * requests are not logged in the order of their time, and remembers what it has seen there.
 */
export class RequestTail {
  readonly #filter: RequestFilter;
  readonly #overlapMs: number;
  readonly #batch: number;
  readonly #seen = new Map<string, bigint>();
  #sinceNs: bigint;

  constructor(
    filter: RequestFilter,
    {
      overlapMs,
      batch,
      startMs,
    }: { readonly overlapMs: number; readonly batch: number; readonly startMs: number },
  ) {
    this.#filter = filter;
    this.#overlapMs = overlapMs;
    this.#batch = batch;
    this.#sinceNs = msToNs(startMs - overlapMs);
  }

  /** What is there already is not new. */
  async passOver(sql: Sql, nowMs: number): Promise<void> {
    const condition = await resolveRequestFilter(sql, this.#filter);
    await this.#look(sql, condition, nowMs);
  }

  async read(sql: Sql, nowMs: number): Promise<TailBatch> {
    const condition = await resolveRequestFilter(sql, this.#filter);
    const sinceNs = this.#sinceNs;
    const { fresh, older } = await this.#look(sql, condition, nowMs);
    const rows = await rowsAt(sql, fresh.slice(0, this.#batch), sinceNs);
    return {
      requests: await toRequests(sql, rows),
      missed: Math.max(0, fresh.length - this.#batch) + older,
    };
  }

  async #look(
    sql: Sql,
    condition: RequestCondition,
    nowMs: number,
  ): Promise<{ fresh: Place[]; older: number }> {
    const sinceNs = this.#sinceNs;
    const places = await sql<Place[]>`
      SELECT tableoid::int8::float8 AS table, ctid::text AS place, time_ns AS "timeNs" FROM access_log
      WHERE time_ns >= ${String(sinceNs)}::bigint ${requestMatches(sql, condition)}
      ORDER BY time_ns DESC LIMIT ${mostPlaces}`;
    const fresh = places.filter((place) => !this.#seen.has(keyOf(place)));
    const overlapNs = msToNs(nowMs - this.#overlapMs);
    const oldestNs = BigInt(places.at(-1)?.timeNs ?? 0);
    const isCut = places.length === mostPlaces;
    const older = isCut ? await this.#countBefore(sql, condition, oldestNs) : 0;
    this.#remember(fresh, isCut ? later(oldestNs, overlapNs) : overlapNs);
    return { fresh, older };
  }

  /** How many have never been seen, of those before `untilNs`. */
  async #countBefore(sql: Sql, condition: RequestCondition, untilNs: bigint): Promise<number> {
    const [row] = await sql<{ count: number }[]>`
      SELECT count(*)::float8 AS count FROM access_log
      WHERE time_ns >= ${String(this.#sinceNs)}::bigint AND time_ns < ${String(untilNs)}::bigint
        ${requestMatches(sql, condition)}`;
    const seen = [...this.#seen.values()].filter((timeNs) => timeNs < untilNs).length;
    return Math.max(0, (row?.count ?? 0) - seen);
  }

  #remember(fresh: readonly Place[], sinceNs: bigint): void {
    for (const place of fresh) this.#seen.set(keyOf(place), BigInt(place.timeNs));
    for (const [key, timeNs] of this.#seen) if (timeNs < sinceNs) this.#seen.delete(key);
    this.#sinceNs = sinceNs;
  }
}

function keyOf({ table, place }: Place): string {
  return `${table}${place}`;
}

/** The rows that stand there, in the order of time. */
async function rowsAt(sql: Sql, places: readonly Place[], sinceNs: bigint): Promise<RequestRow[]> {
  if (places.length === 0) return [];
  return sql<RequestRow[]>`
    SELECT ${requestColumns(sql)}
    FROM unnest(${places.map(({ table }) => table)}::int8[], ${places.map(({ place }) => place)}::text[])
      AS wanted (row_table, row_place)
      JOIN access_log ON access_log.tableoid = row_table::oid AND access_log.ctid = row_place::tid
    WHERE time_ns >= ${String(sinceNs)}::bigint ORDER BY time_ns`;
}
