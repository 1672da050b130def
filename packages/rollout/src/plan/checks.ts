import { z } from "zod";
import { PlanWebhook, PrometheusQuery } from "./external-checks.ts";

const share = z.number().gt(0, "must be above 0").lt(0.9, "must be below 0.9");
const quantile = z.number().min(0.5).max(0.999);

/** Limits that hold whatever the baseline does. Each is a test of its own at the level of the plan's. */
export const Guard = z.discriminatedUnion("kind", [
  z.strictObject({
    kind: z.literal("errorBudget"),
    /** Share of requests that are to succeed. */
    objective: z.number().min(0.5).lt(1, "must be below 1"),
    /** How many times as fast as the objective allows errors may come (Google, SRE workbook, chapter 5). */
    burnRate: z.number().min(1).max(1_000),
    minRequests: z.int().min(1).max(1_000_000).default(20),
  }),
  z.strictObject({
    kind: z.literal("latency"),
    quantile,
    limitMs: z.number().gt(0, "must be above 0").max(3_600_000),
    minRequests: z.int().min(1).max(1_000_000).default(20),
  }),
]);
export type Guard = z.infer<typeof Guard>;

/** How the canary is judged. All shares from 0 to 1. */
export const Checks = z.strictObject({
  /** Probability that a canary that is as good as the baseline is ever taken back or stopped, over the whole rollout. */
  level: z.number().min(0.0001).max(0.2).default(0.01),
  /** Probability that a canary that is worse by the margin or more passes a step. */
  passLevel: z.number().min(0.0001).max(0.2).default(0.05),
  /** Requests that failed. */
  successRate: z.strictObject({ margin: share.default(0.01) }).optional(),
  /** Requests that took longer than this quantile of the baseline's. */
  latency: z.strictObject({ quantile: quantile.default(0.99), margin: share.default(0.01) }).optional(),
  /** The canary's share of the requests against the assigned one. */
  sampleRatio: z.strictObject({ tolerance: z.number().min(0.01).max(0.9).default(0.2) }).optional(),
  guards: z.array(Guard).max(10).default([]),
  /** What others know: a bound that is broken takes back, what is not known holds. Not asked while the canary has no requests. */
  queries: z.array(PrometheusQuery).max(10, "takes 10 queries at most").default([]),
  webhooks: z.array(PlanWebhook).max(20, "takes 20 webhooks at most").default([]),
});
export type Checks = z.infer<typeof Checks>;

/** Every check that a plan has unless it names its own. */
export const usualChecks = { successRate: {}, latency: {}, sampleRatio: {} };
