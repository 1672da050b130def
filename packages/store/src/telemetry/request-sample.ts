import type { Window } from "@weir/domain";
import { guarded, type Sql } from "../connection/open-sql.ts";
import type { ServiceName } from "./answers.ts";
import { traceIdToUuid } from "./ids.ts";
import {
  type RequestSpanRow,
  requestSpans,
  type SampledRequest,
  toSampledRequest,
} from "./requests/request-spans.ts";
import { later, nextWidth } from "./search/slice.ts";
import { resolveSpanFilter, type SpanCondition } from "./search/span-condition.ts";
import { hourNs, msToNs } from "./time.ts";

export interface RequestsOf {
  readonly destination: ServiceName;
  /** Only its calls; outside the mesh nobody leaves spans: requests that no span called. */
  readonly source?: ServiceName | undefined;
}

export interface RequestSampleSettings {
  /** Requests at most. */
  readonly limit: number;
  /** Milliseconds after which no more are looked for, about. */
  readonly budgetMs?: number;
  readonly clock?: () => number;
}

/** The window falls into so many parts, each with its share of the sample: so it is not of the newest second only. */
const parts = 8n;

/** A part is read in slices that begin with so much. */
const firstWidthNs = 30_000_000_000n;

/**
 * Requests that arrived at a service (from one of its callers), as their spans tell: some from each part of the window,
 * in no particular order. Requests whose trace was not kept cannot be among them. What has been found when the time
 * is up is the sample.
 */
export function requestSample(
  sql: Sql,
  of: RequestsOf,
  window: Window,
  { limit, budgetMs = 120, clock = () => performance.now() }: RequestSampleSettings,
): Promise<SampledRequest[]> {
  return guarded(sql, async () => {
    const [fromNs, toNs] = [msToNs(window.fromMs), msToNs(window.toMs)];
    const condition = await conditionOf(sql, of, fromNs);
    if (!condition) return [];
    const found: SampledRequest[] = [];
    const startedAt = clock();
    for (let part = 0n; part < parts; part++) {
      const range = {
        fromNs: fromNs + ((toNs - fromNs) * part) / parts,
        toNs: fromNs + ((toNs - fromNs) * (part + 1n)) / parts,
      };
      const wanted = Math.ceil((limit - found.length) / Number(parts - part));
      const untilMs = startedAt + (budgetMs * Number(part + 1n)) / Number(parts);
      found.push(...(await samplePart(sql, condition, range, wanted, () => clock() < untilMs)));
    }
    return found;
  });
}

/** The requests of these traces that are of the edge or service; traces that are not stored have none. */
export function requestsOfTraces(
  sql: Sql,
  of: RequestsOf,
  window: Window,
  traceIds: readonly string[],
): Promise<SampledRequest[]> {
  return guarded(sql, async () => {
    // A trace's exemplar stands at the end of its interval; the span began before, by its own clock.
    const range = { fromNs: msToNs(window.fromMs) - hourNs, toNs: msToNs(window.toMs) + hourNs };
    const condition = traceIds.length > 0 ? await conditionOf(sql, of, range.fromNs) : undefined;
    if (!condition) return [];
    const ids = traceIds.map(traceIdToUuid);
    const rows = await requestSpans(sql, condition, { ...range, traceIds: ids, limit: ids.length * 4 });
    return rows.map(toSampledRequest);
  });
}

function conditionOf(sql: Sql, { destination, source }: RequestsOf, fromNs: bigint) {
  const firstHour = Math.max(0, Number(fromNs / hourNs));
  return resolveSpanFilter(sql, { service: destination, calledBy: source }, firstHour);
}

/** From the part's start on, in slices that grow as long as they are quick. */
async function samplePart(
  sql: Sql,
  condition: SpanCondition,
  part: { readonly fromNs: bigint; readonly toNs: bigint },
  wanted: number,
  hasTime: () => boolean,
): Promise<SampledRequest[]> {
  const rows: RequestSpanRow[] = [];
  let atNs = part.fromNs;
  let widthNs = firstWidthNs;
  do {
    const toNs = -later(-part.toNs, -(atNs + widthNs));
    const startedAt = performance.now();
    rows.push(...(await requestSpans(sql, condition, { fromNs: atNs, toNs, limit: wanted - rows.length })));
    widthNs = nextWidth(widthNs, performance.now() - startedAt);
    atNs = toNs;
  } while (rows.length < wanted && atNs < part.toNs && hasTime());
  return rows.map(toSampledRequest);
}
