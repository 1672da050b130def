import { Counter, Gauge, type Registry } from "@weir/telemetry/process";
import type { TargetHealth } from "./scrape/target-health.ts";
import type { ScrapeCounts } from "./scrape/target-scraper.ts";

/** What is read when somebody asks. */
export interface PrometheusReadings {
  readonly targets: () => readonly TargetHealth[];
  readonly rememberedNumbers: () => number;
}

/** What the scraping of other data planes shows of itself. */
export interface PrometheusMeters {
  scraped(health: TargetHealth, counts: ScrapeCounts): void;
  /** Points that the pipeline rejected, or that could not be kept. */
  readonly lostPoints: Counter<"reason">;
  /** From now on these are shown. */
  show(readings: PrometheusReadings): void;
}

const nothing: PrometheusReadings = { targets: () => [], rememberedNumbers: () => 0 };

export function createPrometheusMeters(registry: Registry): PrometheusMeters {
  const registers = [registry];
  const nameOf = (name: string) => `weir_collector_prometheus_${name}`;
  const counter = <L extends string>(name: string, help: string, labelNames: L[]) =>
    new Counter({ name: nameOf(name), help, labelNames, registers });
  let readings = nothing;
  const ofTarget = (name: string, help: string, read: (health: TargetHealth) => number) =>
    new Gauge({
      name: nameOf(`target_${name}`),
      help,
      labelNames: ["job", "instance"],
      registers,
      collect() {
        this.reset();
        for (const health of readings.targets())
          if (health.lastScrapeMs !== undefined)
            this.set({ job: health.job, instance: health.instance }, read(health));
      },
    });
  ofTarget("up", "1: the last scrape was good.", ({ error }) => Number(error === undefined));
  ofTarget("last_scrape_timestamp_seconds", "When it was last scraped.", (h) => (h.lastScrapeMs ?? 0) / 1000);
  ofTarget("scrape_duration_seconds", "What the last scrape took.", ({ durationMs }) => durationMs / 1000);
  ofTarget("samples", "Samples of the last good scrape.", ({ samples }) => samples);
  ofTarget("series", "Series of mesh metrics that are remembered.", ({ series }) => series);
  new Gauge({
    name: nameOf("remembered_numbers"),
    help: "Last values of series, of all targets; series_limit is their limit.",
    registers,
    collect() {
      this.set(readings.rememberedNumbers());
    },
  });
  const scrapes = counter("scrapes_total", "Scrapes, by result.", ["job", "result"]);
  const dropped = counter("series_dropped_total", "Series that found no room, at each scrape.", ["job"]);
  const invalid = counter("series_invalid_total", "Series whose value was no count, at each scrape.", [
    "job",
  ]);
  const lostPoints = counter("points_lost_total", "Data points that were not kept, by reason.", ["reason"]);
  return {
    scraped({ job, error }, { droppedSeries, invalidSeries, droppedPoints }) {
      scrapes.inc({ job, result: error === undefined ? "ok" : "failed" });
      dropped.inc({ job }, droppedSeries);
      invalid.inc({ job }, invalidSeries);
      if (droppedPoints > 0) lostPoints.inc({ reason: "no_room" }, droppedPoints);
    },
    lostPoints,
    show(shown) {
      readings = shown;
    },
  };
}
