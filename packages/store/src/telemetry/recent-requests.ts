import type { Window } from "@weir/domain";
import { guarded, type Sql } from "../connection/open-sql.ts";
import type { RecentRequests } from "./answers.ts";
import {
  type RequestCondition,
  type RequestFilter,
  requestMatches,
  resolveRequestFilter,
} from "./requests/request-filter.ts";
import { type RequestRow, requestColumns, toRequests } from "./requests/request-rows.ts";
import { firstWidthNs, nextWidth, type Slice, sliceBefore } from "./search/slice.ts";
import { msToNs } from "./time.ts";

export interface RecentSettings {
  /** Milliseconds after which the list is cut short, about; 100 unless told. */
  readonly budgetMs?: number;
  readonly clock?: () => number;
}

/**
 * Requests from the access log, newest first. They are looked for slice by slice, so that a long window costs nothing as
 * long as its end has enough of them; a list that is cut short says how far back it goes.
 */
export function recentRequests(
  sql: Sql,
  filter: RequestFilter,
  window: Window,
  limit: number,
  { budgetMs = 100, clock = () => performance.now() }: RecentSettings = {},
): Promise<RecentRequests> {
  return guarded(sql, async () => {
    const condition = await resolveRequestFilter(sql, filter);
    const fromNs = msToNs(window.fromMs);
    const rows: RequestRow[] = [];
    const untilMs = clock() + budgetMs;
    let atNs = msToNs(window.toMs);
    let widthNs = firstWidthNs;
    do {
      const slice = sliceBefore(atNs, widthNs, fromNs);
      const beganMs = clock();
      rows.push(...(await requestsIn(sql, condition, slice, limit - rows.length)));
      widthNs = nextWidth(widthNs, clock() - beganMs);
      atNs = slice.fromNs;
    } while (rows.length < limit && atNs > fromNs && clock() < untilMs);
    const isCut = rows.length < limit && atNs > fromNs;
    return { requests: await toRequests(sql, rows), searchedBackToNs: isCut ? atNs : undefined };
  });
}

function requestsIn(sql: Sql, condition: RequestCondition, { fromNs, toNs }: Slice, limit: number) {
  return sql<RequestRow[]>`
    SELECT ${requestColumns(sql)} FROM access_log
    WHERE time_ns >= ${String(fromNs)}::bigint AND time_ns < ${String(toNs)}::bigint ${requestMatches(sql, condition)}
    ORDER BY time_ns DESC LIMIT ${limit}`;
}
