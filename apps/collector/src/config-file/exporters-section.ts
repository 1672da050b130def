import { isAbsolute } from "node:path";
import { z } from "zod";
import { Duration } from "./duration.ts";

const hourMs = 3_600_000;

/** Whole hours, for partitions are as long. */
const Hours = Duration.refine((ms) => ms >= hourMs && ms % hourMs === 0 && ms <= 99_999 * hourMs, {
  message: "must be whole hours, such as 36h or 7d",
}).transform((ms) => ms / hourMs);

/** In the order of the tables; `default` is for all that have none, the coarser sums at least as long as usual. */
export const RetentionSection = z.strictObject({
  default: Hours.optional(),
  traces: Hours.optional(),
  access_logs: Hours.optional(),
  logs: Hours.optional(),
  metrics: Hours.optional(),
  edges_10s: Hours.optional(),
  edges_1m: Hours.optional(),
  edges_10m: Hours.optional(),
  edges_1h: Hours.optional(),
  edges_1d: Hours.optional(),
  decisions_10s: Hours.optional(),
  decisions_1h: Hours.optional(),
});
export type RetentionSection = z.infer<typeof RetentionSection>;

export const spoolDirectory = z
  .string()
  .refine(isAbsolute, "must be an absolute path: what is acknowledged must be found again");

const PostgresSection = z.strictObject({
  retention: RetentionSection.prefault({}).describe("How long each kind of telemetry is kept."),
  spool: z
    .strictObject({
      directory: spoolDirectory,
      max_mib: z.int().min(1).default(1024),
    })
    .optional()
    .describe(
      "Where requests wait, acknowledged, while the database is away. Absent: senders are told to come again.",
    ),
});

const ForwardSection = z
  .strictObject({
    endpoint: z
      .url({ protocol: /^https?$/, error: "must be an http:// or https:// URL without /v1/traces" })
      .describe("/v1/traces, /v1/metrics and /v1/logs are put behind it."),
    signals: z
      .array(z.enum(["traces", "metrics", "logs"]))
      .min(1)
      .default(["traces", "metrics", "logs"]),
    headers: z.record(z.string().regex(/^[\w!#$%&'*+.^`|~-]+$/, "is no header name"), z.string()).default({}),
    compression: z.enum(["gzip", "none"]).default("gzip"),
    tls: z
      .strictObject({ ca_file: z.string().min(1) })
      .optional()
      .describe("Certificates to trust, in PEM. Absent: those that Node trusts."),
    timeout: Duration.prefault("30s").describe("For one attempt."),
    retry_on_failure: z
      .strictObject({
        initial_interval: Duration.prefault("5s"),
        max_interval: Duration.prefault("30s"),
        max_elapsed_time: Duration.prefault("300s").describe("0s: there is none."),
      })
      .prefault({}),
    sending_queue: z
      .strictObject({
        max_mib: z
          .int()
          .min(1)
          .max(4096)
          .default(32)
          .describe("Of the process's memory; what does not fit is dropped."),
        num_consumers: z.int().min(1).max(100).default(4),
      })
      .prefault({}),
  })
  .transform((section) => ({
    endpoint: new URL(section.endpoint),
    signals: section.signals,
    headers: section.headers,
    compression: section.compression,
    caFile: section.tls?.ca_file,
    timeoutMs: section.timeout,
    retry: {
      initialIntervalMs: section.retry_on_failure.initial_interval,
      maxIntervalMs: section.retry_on_failure.max_interval,
      maxElapsedMs: section.retry_on_failure.max_elapsed_time,
    },
    queue: {
      maxBytes: section.sending_queue.max_mib * 2 ** 20,
      consumers: section.sending_queue.num_consumers,
    },
  }));

/** `exporters` of a collector's file. */
export const ExportersSection = z.strictObject({
  postgres: PostgresSection.prefault({}).describe("The database itself is named by DATABASE_URL."),
  otlp_forward: z
    .array(ForwardSection)
    .default([])
    .describe(
      "Other backends that get everything too, by OTLP/HTTP: redacted, but not sampled and not renamed.",
    ),
});
export type ForwardConfig = z.infer<typeof ForwardSection>;
