import { isCount } from "../../../processors/exponential-buckets.ts";
import { apportion } from "../edges/apportion.ts";
import { spreadBuckets } from "../edges/spread-buckets.ts";
import type { FirstSight } from "./counter-series.ts";
import type { KnownReport } from "./known-report.ts";
import type { SeriesDelta, SeriesExemplar } from "./series-delta.ts";
import type { SeriesIdentity } from "./series-identity.ts";

/** The samples of one histogram in one scrape, as they stand there: cumulative, in the metric's own unit. */
export interface HistogramSample {
  /** By upper border; +Inf is one. */
  readonly buckets: Map<number, number>;
  sum: number | undefined;
  count: number | undefined;
  /** By the upper border of their bucket. */
  readonly exemplars: Map<number, SeriesExemplar>;
}

/** What a classic histogram had counted when it was last seen. */
interface Seen {
  readonly bounds: readonly number[];
  /** As exposed; the last one is the total. */
  readonly cumulative: readonly number[];
  /** Of each bucket alone. */
  readonly counts: readonly number[];
  readonly sum: number;
}

/** A classic histogram: all its series are one, for they begin anew together. */
export class HistogramSeries {
  readonly identity: SeriesIdentity;
  report: KnownReport;
  seenMs = 0;
  #seen: Seen | undefined;

  constructor(identity: SeriesIdentity, report: KnownReport) {
    this.identity = identity;
    this.report = report;
  }

  /** Numbers that are remembered. */
  get cells(): number {
    return this.#seen ? this.#seen.bounds.length + 2 : 0;
  }

  /** Undefined for samples that are no histogram. */
  advance(sample: HistogramSample, firstSight: FirstSight): SeriesDelta | undefined {
    const now = seenOf(sample);
    if (!now) return undefined;
    const before = this.#baseOf(now, firstSight);
    const counts = growthOf(now, before);
    // What has been given, not what has been seen.
    this.#seen = { ...now, counts: counts.map((count, i) => count + (before.counts[i] ?? 0)) };
    const sum = Math.max(0, now.sum - before.sum);
    const { measure } = this.identity;
    const secondsPerUnit = measure.unit === "ms" ? 0.001 : 1;
    return {
      report: this.report,
      measure,
      count: counts.reduce((total, count) => total + count, 0),
      latency: {
        buckets: spreadBuckets({ bounds: now.bounds, counts, sum }, secondsPerUnit),
        seconds: sum * secondsPerUnit,
        // One of a bucket that has not grown was there before.
        exemplars: [...sample.exemplars].flatMap(([bound, exemplar]) =>
          (counts[indexOf(now.bounds, bound)] ?? 0) > 0
            ? [{ ...exemplar, seconds: exemplar.seconds * secondsPerUnit }]
            : [],
        ),
      },
    };
  }

  #baseOf(now: Seen, firstSight: FirstSight): Seen {
    const last = this.#seen;
    const nothing = { ...now, cumulative: [], counts: [], sum: 0 };
    if (!last) return firstSight === "begins" ? nothing : now;
    // With other borders the counts cannot be compared.
    if (last.bounds.length !== now.bounds.length || last.bounds.some((bound, i) => bound !== now.bounds[i]))
      return now;
    // Each of them alone can only grow, unless the process has begun anew.
    return now.cumulative.some((value, i) => value < (last.cumulative[i] ?? 0)) ? nothing : last;
  }
}

/**
 * What each bucket has more than was given for it. Buckets that are read one after the other, while requests end, may
 * show one of them in two places, and put that right in the next scrape: all together give no more than the total grew.
 */
function growthOf(now: Seen, before: Seen): number[] {
  const growth = now.counts.map((count, i) => Math.max(0, count - (before.counts[i] ?? 0)));
  const given = before.counts.reduce((sum, count) => sum + count, 0);
  const mayGive = Math.max(0, (now.cumulative.at(-1) ?? 0) - given);
  return growth.reduce((sum, count) => sum + count, 0) > mayGive ? apportion(mayGive, growth) : growth;
}

/** Undefined without a total, or with a number that is no count. */
function seenOf({ buckets, sum, count }: HistogramSample): Seen | undefined {
  const bounds = [...buckets.keys()].filter(Number.isFinite).sort((a, b) => a - b);
  const total = buckets.get(Number.POSITIVE_INFINITY) ?? count;
  if (total === undefined) return undefined;
  const cumulative = [...bounds.map((bound) => buckets.get(bound) ?? 0), total].map(Math.round);
  if (!cumulative.every(isCount)) return undefined;
  const counts = cumulative.map((value, i) => Math.max(0, value - (cumulative[i - 1] ?? 0)));
  return { bounds, cumulative, counts, sum: sum !== undefined && Number.isFinite(sum) ? sum : 0 };
}

/** Of a bucket by its upper border; the last one for +Inf. */
function indexOf(bounds: readonly number[], bound: number): number {
  return Number.isFinite(bound) ? bounds.indexOf(bound) : bounds.length;
}
