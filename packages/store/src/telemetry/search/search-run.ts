import { hourNs } from "../time.ts";
import type { TraceKey } from "../trace-summaries.ts";
import { type LookUp, lookUpOf } from "./look-up-spans.ts";
import {
  firstWidthNs,
  hoursBefore,
  later,
  narrowed,
  nextHours,
  nextWidth,
  type Slice,
  sliceBefore,
} from "./slice.ts";
import type { SpanCondition } from "./span-condition.ts";
import type { TraceFilter } from "./trace-matches.ts";

export interface SearchPlan {
  readonly filter: TraceFilter;
  /** Of one of its spans; undefined: any will do. */
  readonly condition: SpanCondition | undefined;
  /** So many traces are enough. */
  readonly wanted: number;
  /** Milliseconds after which no further statement begins. */
  readonly budgetMs: number;
  /** Found by the page before. */
  readonly known: readonly Hit[];
}

/** A row of `trace` that matches. */
export interface Hit extends TraceKey {
  readonly startNs: bigint;
  /** Start of the newest of its spans that are known to match; undefined: not known, or not asked for. */
  readonly newestNs?: bigint | undefined;
}

/** What a statement answers. */
export interface HitRow extends TraceKey {
  readonly startNs: string;
  /** Of a statement over spans: start of the newest that matches. */
  readonly newestNs?: string;
}

/** One statement of a search. */
export interface SearchStep {
  readonly slice: Slice;
  /** Through traces' summaries, through spans, or by what indexes know of spans. */
  readonly way: "traces" | "spans" | LookUp;
  /** Rows; the rest is left to the next step. */
  readonly limit: number;
}

/** So long a search only reads; then it is time to look up. */
const sweepMs = 20;
/** A span may start so much later than its trace and still be found from where a search or a page begins. */
const lateSpansNs = 10_000_000_000n;
const mostHits = 1_000;

/**
 * How a search goes back in time from the newest trace that may match, slice by slice. Most that is looked for is met soon
 * that way. Where it is not, and the condition is one that indexes know of, these tell where to look from then on.
 * Does nothing by itself: the caller runs the statement of each `step` and says what came of it.
 */
export class SearchRun {
  readonly #plan: SearchPlan;
  /** All that is to be found starts before it. */
  readonly #topNs: bigint;
  readonly #hits = new Map<string, Hit>();
  readonly #sweep: "traces" | "spans";
  #lookUp: LookUp | undefined;
  #widthNs = firstWidthNs;
  #hours = 1n;
  /** All matching traces that start at or after it are known. */
  #atNs: bigint;
  #tookMs = 0;

  constructor(plan: SearchPlan) {
    const { filter, condition } = plan;
    const { cursor, window } = filter;
    this.#plan = plan;
    this.#topNs = cursor && cursor.startNs < window.toNs ? cursor.startNs + 1n : window.toNs;
    // Of attributes and texts the summaries of traces know nothing.
    this.#sweep = condition && (condition.attributes.length > 0 || condition.text) ? "spans" : "traces";
    this.#lookUp = condition && lookUpOf(condition);
    const atNs = this.#topNs + (this.#sweep === "spans" ? lateSpansNs : 0n);
    const lastNs = condition?.lastHour === undefined ? atNs : BigInt(condition.lastHour + 1) * hourNs;
    this.#atNs = lastNs < atNs ? lastNs : atNs;
    for (const hit of plan.known) this.#hits.set(keyOf(hit), hit);
  }

  /** Time does not run out before something new was looked at: who goes on from a page that was cut short arrives. */
  get isDone(): boolean {
    const { filter, wanted, budgetMs } = this.#plan;
    if (this.#atNs <= filter.window.fromNs) return true;
    if (this.#tookMs === 0 || this.#atNs >= this.#topNs) return false;
    return this.#tookMs >= budgetMs || this.#known().length >= wanted;
  }

  /** In their order, at most as many as are wanted. */
  get hits(): Hit[] {
    return this.#known().sort(newestFirst).slice(0, this.#plan.wanted);
  }

  get searchedBackToNs(): bigint {
    return later(this.#atNs, this.#plan.filter.window.fromNs);
  }

  /** Traces behind a place that a search from there would not find: what of them matches begins too long before it. */
  lateBehind(place: Pick<Hit, "startNs" | "traceId">): Hit[] {
    if (this.#sweep === "traces") return [];
    return [...this.#hits.values()]
      .filter((hit) => newestFirst(place, hit) < 0)
      .filter(({ newestNs }) => newestNs === undefined || newestNs >= place.startNs + lateSpansNs)
      .sort(newestFirst);
  }

  /** The next one. */
  get step(): SearchStep {
    const { fromNs } = this.#plan.filter.window;
    if (this.#lookUp && this.#tookMs >= sweepMs)
      return { way: this.#lookUp, slice: hoursBefore(this.#atNs, this.#hours, fromNs), limit: mostHits };
    const slice = sliceBefore(this.#atNs, this.#widthNs, fromNs);
    return { way: this.#sweep, slice, limit: this.#sweep === "spans" ? mostHits : this.#plan.wanted };
  }

  /** What a step needs to be told of traces. */
  filterOf({ way }: SearchStep): TraceFilter {
    const { filter } = this.#plan;
    if (typeof way === "string" || filter.window.toNs <= this.#atNs) return filter;
    // Looking up takes in the whole hour again; of that only what is not known yet.
    return { ...filter, window: { ...filter.window, toNs: this.#atNs } };
  }

  /** `tripMs`: of the time it took, what any statement takes, however little it has to do. */
  take(step: SearchStep, rows: readonly HitRow[], tookMs: number, tripMs = 0): void {
    this.#tookMs += Math.max(tookMs, Number.MIN_VALUE);
    for (const row of rows) this.#add(row);
    const last = rows.length < step.limit ? undefined : rows.at(-1);
    const reachedNs = last ? endOf(last) : step.slice.fromNs;
    if (reachedNs < this.#atNs) this.#atNs = reachedNs;
    else this.#stuck(step);
    const workedMs = Math.max(0, tookMs - tripMs);
    if (typeof step.way === "string") this.#widthNs = nextWidth(this.#widthNs, workedMs);
    else this.#hours = nextHours(this.#hours, workedMs);
  }

  /** A step took too long and was given up: the next is smaller, or of another way. */
  giveUp({ way }: SearchStep, tookMs: number): void {
    this.#tookMs += tookMs;
    if (typeof way === "string") this.#widthNs = narrowed(this.#widthNs);
    else this.#lookUp = undefined;
  }

  /** A thousand traces and more that are all met at once are not few: they are read, and of one nanosecond's no more. */
  #stuck({ way }: SearchStep): void {
    if (typeof way === "string") this.#atNs -= 1n;
    else this.#lookUp = undefined;
  }

  #add({ traceId, hourNs, startNs, newestNs }: HitRow): void {
    const hit: Hit = { traceId, hourNs, startNs: BigInt(startNs) };
    const newest = newestNs === undefined ? undefined : BigInt(newestNs);
    const before = this.#hits.get(keyOf(hit))?.newestNs;
    this.#hits.set(keyOf(hit), { ...hit, newestNs: newest && before ? later(newest, before) : newest });
  }

  #known(): Hit[] {
    return [...this.#hits.values()].filter(({ startNs }) => startNs >= this.#atNs);
  }
}

/** Of the last of rows that were cut off there may be more at the same time, unless they are ordered by nothing else. */
function endOf({ startNs, newestNs }: HitRow): bigint {
  return newestNs === undefined ? BigInt(startNs) : BigInt(newestNs) + 1n;
}

function keyOf({ traceId, hourNs }: TraceKey): string {
  return `${traceId} ${hourNs}`;
}

function newestFirst(a: Pick<Hit, "startNs" | "traceId">, b: Pick<Hit, "startNs" | "traceId">): number {
  if (a.startNs !== b.startNs) return a.startNs < b.startNs ? 1 : -1;
  return a.traceId < b.traceId ? 1 : -1;
}
