import { z } from "zod";

/** When a try counts as failed; the names and their meaning are Envoy's (`x-envoy-retry-on`, `-grpc-on`). */
export const RetryCondition = z.union(
  [
    z
      .enum([
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
      ])
      .meta({
        title: "condition",
        description: "By Envoy's names; from cancelled on those of gRPC.",
        examples: ["connect-failure"],
      }),
    z
      .int()
      .min(400)
      .max(599)
      .meta({ title: "status", description: "An HTTP status, 400 to 599.", examples: [503] }),
  ],
  { error: "must be a condition such as 5xx, gateway-error or reset, or a status from 400 to 599" },
);
export type RetryCondition = z.infer<typeof RetryCondition>;

export const RetrySpec = z.strictObject({
  on: z.array(RetryCondition).min(1, "needs at least one condition").describe("When a try counts as failed."),
  attempts: z
    .int()
    .min(1)
    .max(10)
    .meta({
      description: "How often a request is tried again at most, the first try not counted.",
      examples: [2],
    }),
  perTryTimeoutMs: z
    .int()
    .min(1)
    .max(3_600_000)
    .optional()
    .meta({ description: "ms for each try. Left out: only the rule's timeout.", examples: [500] }),
  backOff: z
    .strictObject({
      baseMs: z
        .int()
        .min(1)
        .max(60_000)
        .optional()
        .meta({ description: "ms that the waits grow from; 25 when left out.", examples: [25] }),
      maxMs: z
        .int()
        .min(1)
        .max(600_000)
        .optional()
        .meta({ description: "ms of the longest wait; ten times the base when left out.", examples: [250] }),
    })
    .optional()
    .describe("The waits between tries, drawn at random up to a bound that grows."),
  budget: z
    .strictObject({
      percent: z
        .number()
        .min(0)
        .max(100)
        .optional()
        .meta({ description: "Retries per hundred requests under way; 20 when left out.", examples: [20] }),
      minConcurrent: z
        .int()
        .min(0)
        .max(10_000)
        .optional()
        .meta({ description: "So many retries are allowed in any case; 3 when left out.", examples: [3] }),
    })
    .optional()
    .describe("Holds retries under way to a share of the requests under way."),
});
export type RetrySpec = z.infer<typeof RetrySpec>;
