import type { Attributes } from "@weir/telemetry/otlp";
import type { Dispatcher } from "undici";
import type { Target } from "../config/target.ts";
import { edgeMetricsRequests } from "../edges/edge-metrics.ts";
import { OtherMetrics } from "../edges/other-metrics.ts";
import type { SourceReports } from "../edges/source-reports.ts";
import { trafficOfDeltas } from "../edges/traffic-of-deltas.ts";
import { TrafficTotals } from "../edges/traffic-totals.ts";
import type { SampleLine } from "../exposition/sample-line.ts";
import type { ScrapedSeries } from "../series/scraped-series.ts";
import type { SeriesBudget } from "../series/series-budget.ts";
import { SeriesTable } from "../series/series-table.ts";
import type { Delivery } from "./delivery.ts";
import { fetchExposition } from "./fetch-exposition.ts";
import { ScrapeFailed } from "./scrape-failed.ts";
import type { TargetHealth } from "./target-health.ts";

export interface TargetScraperSettings {
  readonly target: Target;
  readonly dispatcher: Dispatcher;
  readonly delivery: Delivery;
  readonly budget: SeriesBudget;
  readonly sourceReports: SourceReports;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly onScraped: (health: TargetHealth, counts: ScrapeCounts) => void;
}

export interface ScrapeCounts {
  /** Series without room. */
  readonly droppedSeries: number;
  /** Series whose value was no count. */
  readonly invalidSeries: number;
  /** Points of other metrics that were left out: they were too many, or the intake took nothing. */
  readonly droppedPoints: number;
}

/** Scrapes one target: each time, what its counters have counted since the time before goes to the intake. */
export class TargetScraper {
  readonly #settings: TargetScraperSettings;
  readonly #series: SeriesTable;
  readonly #totals = new TrafficTotals();
  readonly #resource: Attributes;
  #countedUntilMs: number | undefined;
  #health: TargetHealth;

  constructor(settings: TargetScraperSettings) {
    this.#settings = settings;
    const { job, labels, instance, url } = settings.target;
    const { budget } = settings;
    this.#series = new SeriesTable({ targetLabels: labels, honorLabels: job.honorLabels, budget });
    this.#resource = { "service.name": job.name, "service.instance.id": instance };
    this.#health = {
      ...{ job: job.name, instance, url },
      ...{ lastScrapeMs: undefined, durationMs: 0, samples: 0, series: 0, error: undefined },
    };
  }

  get health(): TargetHealth {
    return this.#health;
  }

  /** One scrape. Never throws: what goes wrong is the target's health. */
  async scrape(signal: AbortSignal): Promise<void> {
    const { now, onScraped } = this.#settings;
    const startMs = now();
    let samples = this.#health.samples;
    let error: string | undefined;
    let counts: ScrapeCounts = { droppedSeries: 0, invalidSeries: 0, droppedPoints: 0 };
    try {
      const scraped = await this.#read(signal);
      samples = scraped.samples;
      counts = await this.#count(scraped, startMs);
    } catch (cause) {
      if (signal.aborted) return;
      error = cause instanceof Error ? messageOf(cause) : String(cause);
    }
    this.#health = {
      ...this.#health,
      ...{ lastScrapeMs: startMs, durationMs: now() - startMs, samples, error },
      series: this.#series.size,
    };
    onScraped(this.#health, counts);
  }

  /** Forgets all that the target had counted. */
  close(): void {
    this.#series.close();
  }

  async #read(signal: AbortSignal): Promise<Scraped> {
    const { target, dispatcher } = this.#settings;
    const { url, job } = target;
    const series = this.#series.begin();
    const other = job.keepOtherMetrics ? new OtherMetrics() : undefined;
    let samples = 0;
    const sample = (line: SampleLine): string | undefined => {
      samples++;
      if (job.sampleLimit > 0 && samples > job.sampleLimit)
        throw new ScrapeFailed(`the target has more than ${job.sampleLimit} samples`);
      return series.add(line) ?? other?.add(line);
    };
    const sink = { sample, type: (family: string, type: string) => other?.type(family, type) };
    await fetchExposition({ url, dispatcher, signal, timeoutMs: job.timeoutMs }, sink);
    return { series, other, samples };
  }

  /** What is counted is counted: it waits here until the intake takes it. */
  async #count({ series, other }: Scraped, nowMs: number): Promise<ScrapeCounts> {
    const { delivery, sourceReports } = this.#settings;
    const { deltas, dropped, invalid } = this.#series.commit(series, nowMs);
    const traffic = trafficOfDeltas(deltas);
    const counters = deltas.filter(({ measure }) => measure.of === "requests");
    sourceReports.note(
      counters.map(({ report }) => report),
      nowMs,
    );
    this.#totals.add(traffic, { fromMs: Math.min(this.#countedUntilMs ?? nowMs, nowMs), toMs: nowMs });
    this.#countedUntilMs = nowMs;
    const others = other?.requests(this.#resource, nowMs) ?? [];
    let droppedPoints = other?.dropped ?? 0;
    if (await delivery.flush()) {
      delivery.add([...this.#trafficRequests(nowMs), ...others]);
      await delivery.flush();
    } else droppedPoints += other?.size ?? 0;
    return { droppedSeries: dropped, invalidSeries: invalid, droppedPoints };
  }

  #trafficRequests(nowMs: number): Buffer[] {
    const taken = this.#totals.take();
    if (!taken) return [];
    const { sourceReports } = this.#settings;
    return edgeMetricsRequests(this.#resource, taken.traffic, taken.interval, (traffic) =>
      sourceReports.reporterOf(traffic, nowMs),
    );
  }
}

interface Scraped {
  readonly series: ScrapedSeries;
  readonly other: OtherMetrics | undefined;
  readonly samples: number;
}

/** Of an attempt at several addresses the first one's reason. */
function messageOf(error: Error): string {
  const first = error instanceof AggregateError ? error.errors[0] : undefined;
  return (first instanceof Error ? first.message : error.message) || error.name;
}
