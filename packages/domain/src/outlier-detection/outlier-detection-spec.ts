import { z } from "zod";

const percent = z.number().min(0).max(100);
const durationMs = z.int().min(1).max(86_400_000);
const count = z.int().min(1).max(1_000_000_000);
const failures = z.int().min(0).max(1_000_000);
const minimumHosts = count.meta({
  description: "Endpoints that must have had enough requests, or none is judged; 5 when left out.",
  examples: [5],
});

/** When an endpoint is left out for a while because of how it answers; the rules and defaults are Envoy's. */
export const OutlierDetectionSpec = z.strictObject({
  intervalMs: durationMs.optional().meta({
    description: "ms between two judgements by rate; 10000 when left out.",
    examples: [10_000],
  }),
  consecutive5xx: failures.optional().meta({
    description: "So many 5xx in a row eject an endpoint; 5 when left out, 0 is off.",
    examples: [5],
  }),
  consecutiveGatewayFailure: failures.optional().meta({
    description: "So many of 502, 503, 504 or no answer in a row eject an endpoint; 0 (off) when left out.",
    examples: [5],
  }),
  successRate: z
    .strictObject({
      minimumHosts: minimumHosts.optional(),
      requestVolume: count.optional().meta({
        description:
          "Requests that an endpoint must have had in the interval to be judged; 100 when left out.",
        examples: [100],
      }),
      stdevFactor: z
        .number()
        .min(0)
        .max(100)
        .optional()
        .meta({ description: "Standard deviations below the mean; 1.9 when left out.", examples: [1.9] }),
    })
    .optional()
    .describe("Ejects endpoints that succeed far less often than the others. Left out: off."),
  failurePercentage: z
    .strictObject({
      threshold: percent.optional().meta({
        description: "Per cent of failures from which an endpoint is ejected; 85 when left out.",
        examples: [85],
      }),
      minimumHosts: minimumHosts.optional(),
      requestVolume: count.optional().meta({
        description:
          "Requests that an endpoint must have had in the interval to be judged; 50 when left out.",
        examples: [50],
      }),
    })
    .optional()
    .describe("Ejects endpoints that fail more often than a fixed share. Left out: off."),
  baseEjectionMs: durationMs.optional().meta({
    description: "ms out for each time that the endpoint was ejected; 30000 when left out.",
    examples: [30_000],
  }),
  maxEjectionMs: durationMs.optional().meta({
    description: "ms out at most; 300000 when left out, or the base where that is more.",
    examples: [300_000],
  }),
  maxEjectionPercent: percent.optional().meta({
    description:
      "Per cent of a version's endpoints out at once, at most; one in any case, unless 0. 10 when left out.",
    examples: [10],
  }),
  panicThresholdPercent: percent.optional().meta({
    description:
      "With fewer per cent of the endpoints healthy, all are used again; 50 when left out, 0 is off.",
    examples: [50],
  }),
});
export type OutlierDetectionSpec = z.infer<typeof OutlierDetectionSpec>;
