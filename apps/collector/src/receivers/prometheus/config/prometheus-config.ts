import { z } from "zod";
import { Duration } from "../../../config-file/duration.ts";
import { TargetGroup } from "./target-group.ts";

const Milliseconds = Duration.refine(
  (ms) => Number.isInteger(ms) && ms > 0,
  "must be a millisecond at the least",
);

/** A file of targets; `*` may stand in its last part (Prometheus: file_sd_config). */
const TargetFile = z
  .string()
  .regex(/^[^*]*?[^/]*\.(json|ya?ml)$/, "must end in .json, .yml or .yaml, with * in its last part only");

const ScrapeConfig = z.strictObject({
  job_name: z.string().min(1),
  scrape_interval: Milliseconds.optional(),
  scrape_timeout: Milliseconds.optional(),
  metrics_path: z.string().startsWith("/").default("/metrics"),
  scheme: z.enum(["http", "https"]).default("http"),
  params: z
    .record(z.string(), z.array(z.string()))
    .default({})
    .describe("Of the query, such as match[] of another Prometheus' /federate."),
  honor_labels: z
    .boolean()
    .default(false)
    .describe(
      "The target speaks for others (another Prometheus, say): its labels win over those of the configuration, and a series that it begins to show is not taken for one that has just begun.",
    ),
  sample_limit: z
    .int()
    .nonnegative()
    .default(0)
    .describe("Samples beyond which a scrape is refused; 0: none but its 64 MiB."),
  keep_other_metrics: z
    .boolean()
    .default(false)
    .describe("Keep what is no traffic between services, too, as plain gauges and sums."),
  static_configs: z.array(TargetGroup).default([]),
  file_sd_configs: z
    .array(z.strictObject({ files: z.array(TargetFile).min(1) }))
    .default([])
    .describe("Files of targets, JSON or YAML, read again when they change."),
});

/** One entry of `scrape_configs`, complete. */
export interface ScrapeJob {
  readonly name: string;
  readonly intervalMs: number;
  readonly timeoutMs: number;
  readonly scheme: "http" | "https";
  readonly path: string;
  readonly params: Readonly<Record<string, readonly string[]>>;
  readonly honorLabels: boolean;
  /** 0: no limit. */
  readonly sampleLimit: number;
  readonly keepOtherMetrics: boolean;
  readonly targets: readonly TargetGroup[];
  readonly files: readonly string[];
}

/**
 * What to scrape, in the words of Prometheus' own configuration; words it has beyond these are errors, so that nothing
 * is silently left out. The interval is 10 s by default, not a minute: a slot of the map is as long.
 */
export const PrometheusConfig = z
  .strictObject({
    global: z
      .strictObject({
        scrape_interval: Milliseconds.prefault("10s"),
        scrape_timeout: Milliseconds.prefault("10s"),
      })
      .prefault({}),
    scrape_configs: z.array(ScrapeConfig).default([]),
    series_limit: z
      .int()
      .positive()
      .default(100_000)
      .describe(
        "Series of mesh metrics, of all targets together, whose last value is remembered. A bucket of a histogram takes some 150 bytes, a counter of an edge of its own a kilobyte.",
      ),
  })
  .transform((config, context) => {
    const jobs = config.scrape_configs.map((job) => jobOf(job, config.global));
    for (const [i, job] of jobs.entries()) {
      const fault = (key: string, message: string) =>
        context.addIssue({ code: "custom", path: ["scrape_configs", i, key], message });
      if (jobs.findIndex(({ name }) => name === job.name) < i)
        fault("job_name", `${job.name} is there twice`);
      if (job.timeoutMs > job.intervalMs) fault("scrape_timeout", "must not be longer than the interval");
    }
    return { jobs, seriesLimit: config.series_limit };
  });
export type PrometheusConfig = z.infer<typeof PrometheusConfig>;

interface Global {
  readonly scrape_interval: number;
  readonly scrape_timeout: number;
}

function jobOf(config: z.infer<typeof ScrapeConfig>, global: Global): ScrapeJob {
  const intervalMs = config.scrape_interval ?? global.scrape_interval;
  return {
    name: config.job_name,
    intervalMs,
    timeoutMs: config.scrape_timeout ?? Math.min(global.scrape_timeout, intervalMs),
    scheme: config.scheme,
    path: config.metrics_path,
    params: config.params,
    honorLabels: config.honor_labels,
    sampleLimit: config.sample_limit,
    keepOtherMetrics: config.keep_other_metrics,
    targets: config.static_configs,
    files: config.file_sd_configs.flatMap(({ files }) => files),
  };
}
