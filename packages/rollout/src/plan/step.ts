import { RouteMatch } from "@weir/domain";
import { z } from "zod";

const weekMs = 7 * 86_400_000;

const conditions = z.strictObject({
  /** At least so long, of time in which evidence was fresh. */
  forMs: z
    .int("must be whole milliseconds")
    .min(0, "must be 0 or more")
    .max(weekMs, "must be a week or less"),
  /** At least so many requests of the canary; 20 when absent. */
  minRequests: z.int("must be a whole number").min(0, "must be 0 or more").max(1e9).optional(),
  /** Stays until somebody approves. */
  approval: z.boolean().optional(),
  /**
   * Whether both versions' requests are alike enough to be compared. Left out: not where a match chooses them, for those
   * who match may differ from those who don't; guards are kept all the same.
   */
  compare: z.boolean().optional(),
});

const weight = z
  .int("must be a whole number of per cent")
  .min(0, "must be 0 or more")
  .max(100, "must be 100 or less");
const mirror = z.number().gt(0, "must be above 0").max(100, "must be 100 or less");
/** Requests that meet any of these. */
export const Matches = z
  .array(RouteMatch)
  .min(1, "needs at least one match")
  .max(50, "takes 50 matches at most");

/**
 * A part of a rollout: what reaches the canary, and what must hold before the next part. The final step is the weight 100:
 * there is no baseline beside it any more, so it ends by its time and guards alone.
 */
export type Step = z.infer<typeof conditions> &
  (
    | { /** So many whole per cent of all requests. */ readonly weight: z.infer<typeof weight> }
    | {
        /** Copies of so many per cent, whose answers nobody gets. */ readonly mirror: z.infer<typeof mirror>;
      }
    | {
        /** All requests that meet any of these, such as testers'. */ readonly match: z.infer<typeof Matches>;
      }
  );

const ways = ["weight", "mirror", "match"] as const;

/** One object and not a union of three, so that what is wrong is told where it stands. */
export const Step = conditions
  .extend({ weight: weight.optional(), mirror: mirror.optional(), match: Matches.optional() })
  .refine((step) => ways.filter((way) => Object.hasOwn(step, way)).length === 1, {
    error: "must have exactly one of weight, mirror and match",
  }) as z.ZodType as z.ZodType<Step>;

/** Whether the comparisons of the two versions count in a step. */
export function comparesIn(step: Step): boolean {
  if ("weight" in step && (step.weight === 0 || step.weight === 100)) return false;
  return step.compare ?? !("match" in step);
}

/** Share of the requests that the canary gets in a step, or copies of, 0 to 1; 0 where a match chooses them: nobody knows. */
export function shareIn(step: Step): number {
  if ("match" in step) return 0;
  return ("mirror" in step ? step.mirror : step.weight) / 100;
}
