import type { Target } from "../config/target.ts";
import { type ScrapeLoop, startScrapeLoop } from "./scrape-loop.ts";
import type { TargetHealth } from "./target-health.ts";
import type { TargetScraper } from "./target-scraper.ts";

interface Running {
  readonly scraper: TargetScraper;
  readonly loop: ScrapeLoop;
}

/** The targets that are scraped now. */
export class RunningTargets {
  readonly #scraperOf: (target: Target) => TargetScraper;
  #running = new Map<string, Running>();

  constructor(scraperOf: (target: Target) => TargetScraper) {
    this.#scraperOf = scraperOf;
  }

  /** In the order in which they were wanted. */
  health(): readonly TargetHealth[] {
    return [...this.#running.values()].map(({ scraper }) => scraper.health);
  }

  /** Begins with those that are new and ends those that are gone; the others go on and forget nothing. */
  async change(wanted: readonly Target[]): Promise<void> {
    const before = this.#running;
    this.#running = new Map();
    for (const target of wanted) {
      const { key } = target;
      if (!this.#running.has(key)) this.#running.set(key, before.get(key) ?? this.#start(target));
    }
    const gone = [...before].filter(([key]) => !this.#running.has(key));
    await Promise.all(gone.map(([, { loop }]) => loop.stop()));
  }

  #start(target: Target): Running {
    const scraper = this.#scraperOf(target);
    return { scraper, loop: startScrapeLoop(scraper, target.key, target.job.intervalMs) };
  }
}
