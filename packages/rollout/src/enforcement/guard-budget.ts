import { z } from "zod";

const share = z.number().min(0, "must be 0 or more").max(0.9, "must be 0.9 or less");
const dayMs = 86_400_000;

const BudgetFields = z.strictObject({
  /** A policy may act on so many more of each caller's requests than predicted. */
  acts: share.default(0.01),
  /** So many more of a service's requests may fail than before and than the policies are predicted to have fail. */
  failures: share.default(0.01),
  /** A service's p99 may rise by this part of itself, or by `p99RiseMs`, whichever is more. */
  p99Rise: z.number().min(0.05).max(100).default(0.5),
  p99RiseMs: z.number().min(1).max(3_600_000).default(100),
  /** Watched for so long, of time in which evidence was fresh and policies acted. */
  forMs: z
    .int("must be whole milliseconds")
    .min(60_000, "must be a minute or more")
    .max(7 * dayMs, "must be a week or less")
    .default(900_000),
  /** Probability that an enforcement that does as predicted is ever taken back. */
  level: z.number().min(0.0001).max(0.2).default(0.01),
  /** Evidence that is older holds everything. */
  staleAfterMs: z.int().min(1_000).max(3_600_000).default(30_000),
  /** Where so long nothing could be said for want of requests, the watch ends, and policies stay enforced. A day, or twice `forMs`. */
  maxDurationMs: z
    .int()
    .min(60_000)
    .max(30 * dayMs)
    .optional(),
});

/** As one is stored: of an older release it may end before it is over. */
export const StoredGuardBudget = BudgetFields.transform((budget) => ({
  ...budget,
  maxDurationMs: budget.maxDurationMs ?? Math.max(dayMs, 2 * budget.forMs),
}));

/** How far reality may be from what was predicted before an enforcement is taken back. Shares from 0 to 1. */
export const GuardBudget = StoredGuardBudget.refine(({ forMs, maxDurationMs }) => forMs <= maxDurationMs, {
  path: ["maxDurationMs"],
  message: "must be forMs or more, or the watch ends before it is over",
});
export type GuardBudget = z.infer<typeof GuardBudget>;
