import { Agent } from "undici";
import { PrometheusConfig } from "../config/prometheus-config.ts";
import { targetsOf } from "../config/target.ts";
import { SourceReports } from "../edges/source-reports.ts";
import { Delivery } from "../scrape/delivery.ts";
import { type ScrapeCounts, TargetScraper } from "../scrape/target-scraper.ts";
import { SeriesBudget } from "../series/series-budget.ts";
import { collectEdges } from "./collect-edges.ts";

export interface ScraperSetup {
  readonly address: string;
  /** Of its entry in `scrape_configs`. */
  readonly job?: object;
  readonly labels?: Readonly<Record<string, string>>;
  readonly seriesLimit?: number;
  readonly sourceReports?: SourceReports;
  readonly collected?: ReturnType<typeof collectEdges>;
  readonly clock?: TestClock;
}

export interface TestClock {
  ms: number;
}

/** The clock begins where a slot of the map does. */
export const startMs = 1_700_000_000_000;

/** A scraper of one target before a real intake; scrapes when told to. */
export function createTestScraper(setup: ScraperSetup) {
  const clock = setup.clock ?? { ms: startMs };
  const collected = setup.collected ?? collectEdges(() => clock.ms);
  const labels = setup.labels ?? {};
  const config = PrometheusConfig.parse({
    scrape_configs: [
      { job_name: "mesh", static_configs: [{ targets: [setup.address], labels }], ...setup.job },
    ],
  });
  const [job] = config.jobs;
  const [target] = job ? job.targets.flatMap((group) => targetsOf(job, group)) : [];
  if (!target) throw new Error("the configuration has no target");
  const budget = new SeriesBudget(setup.seriesLimit ?? config.seriesLimit);
  const dispatcher = new Agent();
  const rejected: number[] = [];
  const faults: unknown[] = [];
  const counts: ScrapeCounts[] = [];
  const scraper = new TargetScraper({
    ...{ target, dispatcher, budget, now: () => clock.ms },
    sourceReports: setup.sourceReports ?? new SourceReports(),
    delivery: new Delivery({
      intake: collected.intake,
      onRejected: (partial) => rejected.push(partial.rejected),
      onFault: (error) => faults.push(error),
    }),
    onScraped: (_, counted) => counts.push(counted),
  });
  const stopped = new AbortController();
  return {
    ...{ clock, collected, scraper, budget, rejected, faults, counts },
    /** `afterMs` later; what the target said to it. */
    async scrape(afterMs = 10_000): Promise<string> {
      clock.ms += afterMs;
      await scraper.scrape(stopped.signal);
      return scraper.health.error ?? "ok";
    },
    async close(): Promise<void> {
      stopped.abort();
      await dispatcher.destroy();
    },
  };
}
