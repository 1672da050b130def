import { RouteMatch } from "@weir/domain";
import { z } from "zod";

const hourMs = 3_600_000;

const conditions = {
  /** At least so long, of time in which evidence was fresh. */
  forMs: z
    .int()
    .min(0)
    .max(168 * hourMs, "must be a week or less"),
  /** At least so many requests of the canary. */
  minRequests: z.int().min(0).max(1_000_000_000).optional(),
  /** Stays until somebody approves. */
  approval: z.boolean().optional(),
  /**
   * Whether both versions' requests are alike enough to be compared. Left out: not where a match chooses them, for those who
   * match may differ from those who don't; guards are kept all the same.
   */
  compare: z.boolean().optional(),
};

/**
 * A part of a rollout: what reaches the canary, and what must hold before the next part. The final step is the weight 100:
 * there is no baseline beside it any more, so it ends by its time and guards alone.
 */
export const Step = z.union(
  [
    /** Copies of so many per cent of the requests, whose answers nobody gets. */
    z.strictObject({ mirror: z.number().gt(0, "must be above 0").max(100), ...conditions }),
    /** All requests that meet any of these, such as those of testers. */
    z.strictObject({ match: z.array(RouteMatch).min(1).max(50), ...conditions }),
    /** So many whole per cent of all requests. */
    z.strictObject({ weight: z.int("must be a whole number of per cent").min(0).max(100), ...conditions }),
  ],
  { error: "must have forMs and exactly one of weight (0 to 100), mirror (up to 100) and match" },
);
export type Step = z.infer<typeof Step>;

/** Whether the comparisons of the two versions count in a step. */
export function comparesIn(step: Step): boolean {
  if ("weight" in step && (step.weight === 0 || step.weight === 100)) return false;
  return step.compare ?? !("match" in step);
}
