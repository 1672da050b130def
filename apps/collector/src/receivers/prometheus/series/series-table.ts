import { CounterSeries, type FirstSight } from "./counter-series.ts";
import type { HistogramSample } from "./histogram-series.ts";
import { KnownReports } from "./known-report.ts";
import { type Place, ScrapedSeries, type Series } from "./scraped-series.ts";
import type { SeriesBudget } from "./series-budget.ts";
import type { SeriesDelta } from "./series-delta.ts";
import { mergeLabels } from "./series-identity.ts";

export interface SeriesTableSettings {
  readonly targetLabels: ReadonlyMap<string, string>;
  readonly honorLabels: boolean;
  readonly budget: SeriesBudget;
}

/** What a scrape has brought. */
export interface CommittedScrape {
  readonly deltas: readonly SeriesDelta[];
  /** Series that are new and found no room. */
  readonly dropped: number;
  /** Series whose value was no count. */
  readonly invalid: number;
}

/** A series that is not shown any more is forgotten after as long as Prometheus looks back. */
const staleAfterMs = 5 * 60_000;
const sweepEveryMs = 60_000;

/** What the series of one target had counted when they were last seen. */
export class SeriesTable {
  readonly #settings: SeriesTableSettings;
  readonly #series = new Map<string, Series>();
  readonly #reports = new KnownReports();
  #places: ReadonlyMap<string, Place | null> = new Map();
  readonly #betterPrefixes = new Set<string>();
  #wasScraped = false;
  #hasOverflowed = false;
  #sweptMs = 0;

  constructor(settings: SeriesTableSettings) {
    this.#settings = settings;
  }

  /** Series that are remembered. */
  get size(): number {
    return this.#series.size;
  }

  begin(): ScrapedSeries {
    const { targetLabels, honorLabels, budget } = this.#settings;
    return new ScrapedSeries({
      places: this.#places,
      series: this.#series,
      merge: (labels) => mergeLabels(labels, targetLabels, honorLabels),
      room: budget.left,
    });
  }

  /** What has been counted since the scrape before; the first one only shows where counting begins. */
  commit(scraped: ScrapedSeries, nowMs: number): CommittedScrape {
    for (const prefix of scraped.betterPrefixes) this.#betterPrefixes.add(prefix);
    const firstSight = this.#firstSight();
    const deltas: SeriesDelta[] = [];
    let { dropped } = scraped;
    let invalid = 0;
    for (const [series, value] of scraped.values) {
      const known = this.#series.get(series.identity.id);
      if (this.#isCountedElsewhere(series) || (known && known !== series)) continue;
      const cells = known ? known.cells : 0;
      series.report = this.#reports.share(series.report);
      const delta = advance(series, value, firstSight);
      if (!delta) invalid++;
      else if (this.#keep(series, cells, nowMs)) deltas.push(delta);
      else dropped++;
    }
    this.#hasOverflowed ||= dropped > 0;
    this.#wasScraped = true;
    this.#places = scraped.places;
    this.#sweep(nowMs);
    return { deltas, dropped, invalid };
  }

  /** Gives back the room of all that is remembered. */
  close(): void {
    for (const series of this.#series.values()) this.#settings.budget.give(series.cells);
    this.#series.clear();
  }

  /**
   * A series that appears at a target that was scraped before has begun since then. Of a target that speaks for
   * others, or one of whose series some found no room, that is not certain: there a series counts from its first value.
   */
  #firstSight(): FirstSight {
    const isCertain = this.#wasScraped && !this.#settings.honorLabels && !this.#hasOverflowed;
    return isCertain ? "begins" : "was-there";
  }

  #isCountedElsewhere({ identity }: Series): boolean {
    return identity.table.yieldsTo?.some((prefix) => this.#betterPrefixes.has(prefix)) ?? false;
  }

  /** False: there is no room. `before`: the cells that the series had. */
  #keep(series: Series, before: number, nowMs: number): boolean {
    const { id } = series.identity;
    if (this.#settings.budget.take(series.cells - before)) {
      series.seenMs = nowMs;
      this.#series.set(id, series);
      return true;
    }
    if (this.#series.delete(id)) this.#settings.budget.give(before);
    return false;
  }

  #sweep(nowMs: number): void {
    if (nowMs - this.#sweptMs < sweepEveryMs) return;
    this.#sweptMs = nowMs;
    for (const [id, series] of this.#series)
      if (nowMs - series.seenMs > staleAfterMs) {
        this.#settings.budget.give(series.cells);
        this.#series.delete(id);
      }
    this.#reports.keep(this.#series.values().map(({ report }) => report));
  }
}

function advance(
  series: Series,
  value: number | HistogramSample,
  firstSight: FirstSight,
): SeriesDelta | undefined {
  if (series instanceof CounterSeries)
    return typeof value === "number" ? series.advance(value, firstSight) : undefined;
  return typeof value === "object" ? series.advance(value, firstSight) : undefined;
}
