import type { Window } from "@weir/domain";
import { guarded, type Sql } from "../connection/open-sql.ts";
import type { TracePage } from "./answers.ts";
import { clampInt8 } from "./copy-text.ts";
import { namespaceIds } from "./requests/request-filter.ts";
import { runSearch } from "./search/run-search.ts";
import type { Hit, HitRow, SearchPlan, SearchRun } from "./search/search-run.ts";
import { resolveSpanFilter, type SpanFilter } from "./search/span-condition.ts";
import { cursorAt, formatCursor, parseCursor, type TraceCursor } from "./search/trace-cursor.ts";
import { type TraceFilter, traceMatches } from "./search/trace-matches.ts";
import { hourNs, msToNs } from "./time.ts";
import { readTraceSummaries } from "./trace-summaries.ts";

/**
 * What is asked of spans (service, operation, caller, attributes, text) one and the same span must fulfil, all of it; a service
 * without a version means all its versions, an operation without a service any service's of that name.
 */
export interface TraceSearch extends SpanFilter {
  /** By the trace's start. */
  readonly window: Window;
  /** Of the whole trace, inclusive. */
  readonly minDurationMs?: number | undefined;
  readonly maxDurationMs?: number | undefined;
  /** Only traces with a span that failed. */
  readonly status?: "error" | undefined;
  /** Only traces with a span of a service in one of these. */
  readonly namespaces?: readonly string[] | undefined;
  readonly limit: number;
  /** `next` of the page before. */
  readonly before?: string | undefined;
  /** Milliseconds after which a page is cut short, about; 80 unless told. */
  readonly budgetMs?: number | undefined;
}

/**
 * Traces, newest first, a page at a time. Conditions are judged by what has arrived of a trace so far.
 *
 * What cannot be found by an index within the budget (a text that few spans have, say) comes as a page that is cut
 * short: it has what was found back to `searchedBackToNs`, perhaps nothing, and `next` goes on from there.
 */
export function searchTraces(
  sql: Sql,
  search: TraceSearch,
  clock: () => number = () => performance.now(),
): Promise<TracePage> {
  return guarded(sql, async () => {
    const plan = await planOf(sql, search);
    if (plan === undefined) return { traces: [], next: undefined, searchedBackToNs: undefined };
    return pageOf(sql, plan, await runSearch(sql, plan, clock));
  });
}

async function planOf(sql: Sql, search: TraceSearch): Promise<SearchPlan | undefined> {
  const cursor = parseCursor(search.before);
  const { service, operation, calledBy, attributes, text, minDurationMs: min, maxDurationMs: max } = search;
  const window = { fromNs: within(msToNs(search.window.fromMs)), toNs: within(msToNs(search.window.toMs)) };
  const condition = await resolveSpanFilter(
    sql,
    { service, operation, calledBy, attributes, text },
    Math.max(0, Number(window.fromNs / hourNs)),
  );
  const serviceIds = search.namespaces && (await namespaceIds(sql, search.namespaces));
  // Nobody is there, so that nothing need be looked through.
  if (condition === undefined || serviceIds?.length === 0) return undefined;
  const filter: TraceFilter = {
    ...{ window, cursor, failed: search.status === "error" },
    serviceIds,
    minDurationNs: min === undefined ? undefined : within(durationNs(min)),
    maxDurationNs: max === undefined ? undefined : within(durationNs(max)),
  };
  return {
    ...{ condition, filter, wanted: search.limit + 1, budgetMs: search.budgetMs ?? 80 },
    known: await readKnown(sql, filter),
  };
}

/** What the page before has found and had no room for, as far as it would not be found again. */
async function readKnown(sql: Sql, filter: TraceFilter): Promise<Hit[]> {
  const known = filter.cursor?.known ?? [];
  if (known.length === 0) return [];
  const rows = await sql<HitRow[]>`
    SELECT t.trace_id AS "traceId", t.hour_ns AS "hourNs", t.start_ns AS "startNs"
    FROM unnest(${known.map(({ traceId }) => traceId)}::uuid[], ${known.map(({ hourNs }) => hourNs)}::bigint[])
      AS known (trace_id, hour_ns) JOIN trace t USING (trace_id, hour_ns)
    WHERE true ${traceMatches(sql, filter)}`;
  return rows.map(({ traceId, hourNs, startNs }) => ({ traceId, hourNs, startNs: BigInt(startNs) }));
}

/** Spans are often shorter than a millisecond, so that fractions of it count. */
function durationNs(ms: number): bigint {
  const wholeMs = Math.floor(ms);
  return msToNs(wholeMs) + BigInt(Math.round((ms - wholeMs) * 1e6) || 0);
}

/** Some hours from the ends of what 8 bytes hold, so that what is computed with it fits as well. */
function within(ns: bigint): bigint {
  const most = clampInt8(2n ** 63n) - 24n * hourNs;
  return ns > most ? most : ns < -most ? -most : ns;
}

async function pageOf(sql: Sql, { filter, wanted }: SearchPlan, run: SearchRun): Promise<TracePage> {
  const { hits, searchedBackToNs } = run;
  const page = hits.slice(0, wanted - 1);
  const last = page.at(-1);
  const traces = await readTraceSummaries(sql, page);
  const nextFrom = (place: Omit<TraceCursor, "known">) =>
    formatCursor({ ...place, known: run.lateBehind(place) });
  if (hits.length === wanted && last) return { traces, next: nextFrom(last), searchedBackToNs: undefined };
  if (searchedBackToNs <= filter.window.fromNs)
    return { traces, next: undefined, searchedBackToNs: undefined };
  return { traces, next: nextFrom(cursorAt(searchedBackToNs)), searchedBackToNs };
}
