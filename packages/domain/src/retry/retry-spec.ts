import { z } from "zod";

/** When a try counts as failed; the names and their meaning are Envoy's (`x-envoy-retry-on`, `-grpc-on`). */
export const RetryCondition = z.union(
  [
    z.enum([
      "5xx",
      "gateway-error",
      "reset",
      "connect-failure",
      "retriable-4xx",
      "refused-stream",
      "cancelled",
      "deadline-exceeded",
      "internal",
      "resource-exhausted",
      "unavailable",
    ]),
    z.int().min(400).max(599),
  ],
  { error: "must be a condition such as 5xx, gateway-error or reset, or a status from 400 to 599" },
);
export type RetryCondition = z.infer<typeof RetryCondition>;

export const RetrySpec = z.strictObject({
  on: z.array(RetryCondition).min(1, "needs at least one condition"),
  /** How often a request is tried again at most, the first try not counted. */
  attempts: z.int().min(1).max(10),
  perTryTimeoutMs: z.int().min(1).max(3_600_000).optional(),
  backOff: z
    .strictObject({
      /** 25 when absent. */
      baseMs: z.int().min(1).max(60_000).optional(),
      /** Ten times the base when absent. */
      maxMs: z.int().min(1).max(600_000).optional(),
    })
    .optional(),
  /** Retries under way are held to a share of the requests under way. */
  budget: z
    .strictObject({
      /** 20 when absent. */
      percent: z.number().min(0).max(100).optional(),
      /** So many are always allowed; 3 when absent. */
      minConcurrent: z.int().min(0).max(10_000).optional(),
    })
    .optional(),
});
export type RetrySpec = z.infer<typeof RetrySpec>;
