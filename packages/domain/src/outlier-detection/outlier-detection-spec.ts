import { z } from "zod";

const percent = z.number().min(0).max(100);
const durationMs = z.int().min(1).max(86_400_000);
const count = z.int().min(1).max(1_000_000_000);

/** When an endpoint is left out for a while because of how it answers; the rules and defaults are Envoy's. */
export const OutlierDetectionSpec = z.strictObject({
  /** 10,000 when absent. */
  intervalMs: durationMs.optional(),
  /** 5 when absent; 0 turns it off. */
  consecutive5xx: z.int().min(0).max(1_000_000).optional(),
  /** 502, 503, 504 and no answer; off (0) when absent. */
  consecutiveGatewayFailure: z.int().min(0).max(1_000_000).optional(),
  successRate: z
    .strictObject({
      /** 5 when absent. */
      minimumHosts: count.optional(),
      /** Per host and interval; 100 when absent. */
      requestVolume: count.optional(),
      /** 1.9 when absent. */
      stdevFactor: z.number().min(0).max(100).optional(),
    })
    .optional(),
  failurePercentage: z
    .strictObject({
      /** 85 when absent. */
      threshold: percent.optional(),
      /** 5 when absent. */
      minimumHosts: count.optional(),
      /** Per host and interval; 50 when absent. */
      requestVolume: count.optional(),
    })
    .optional(),
  /** 30,000 when absent. */
  baseEjectionMs: durationMs.optional(),
  /** 300,000 when absent, or the base if that is more. */
  maxEjectionMs: durationMs.optional(),
  /** 10 when absent; one host may be ejected whatever this says, unless it is 0. */
  maxEjectionPercent: percent.optional(),
  /** With fewer per cent of the hosts healthy, all are used; 50 when absent, 0 turns it off. */
  panicThresholdPercent: percent.optional(),
});
export type OutlierDetectionSpec = z.infer<typeof OutlierDetectionSpec>;
