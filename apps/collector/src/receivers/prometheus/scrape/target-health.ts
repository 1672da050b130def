/** How a target fared when it was last scraped. */
export interface TargetHealth {
  readonly job: string;
  readonly instance: string;
  readonly url: string;
  /** Milliseconds since 1970, of the last scrape's begin; undefined before the first. */
  readonly lastScrapeMs: number | undefined;
  readonly durationMs: number;
  /** Samples of the last good scrape, of whatever metric. */
  readonly samples: number;
  /** Series of mesh metrics that are remembered. */
  readonly series: number;
  /** Why the last scrape failed, one sentence; undefined: it did not. */
  readonly error: string | undefined;
}
