import { z } from "zod";
import { Version } from "../service/names.ts";

/** A version and the whole per cent of requests it takes. */
export const WeightedBackend = z.strictObject({
  version: Version,
  weight: z
    .int("must be a whole number of per cent")
    .min(0, "must be 0 or more")
    .max(100, "must be 100 or less"),
});
export type WeightedBackend = z.infer<typeof WeightedBackend>;

/** Versions of one service and their shares: each version once, weights summing to 100. */
export const WeightedBackends = z
  .array(WeightedBackend)
  .min(1, "needs at least one version")
  .superRefine((backends, context) => {
    const sum = backends.reduce((total, backend) => total + backend.weight, 0);
    if (sum !== 100)
      context.addIssue({
        code: "custom",
        params: { code: "weights-sum" },
        message: `weights must sum to 100, these sum to ${sum}`,
      });
    const seen = new Set<string>();
    backends.forEach((backend, index) => {
      if (seen.has(backend.version))
        context.addIssue({
          code: "custom",
          params: { code: "version-twice" },
          path: [index, "version"],
          message: `version ${backend.version} is listed twice; add its weights together`,
        });
      seen.add(backend.version);
    });
  });

/**
 * The version that a point in [0, 100) falls on, walking the list in order. Moving weight between two
 * neighbours moves only the points between their old and new border.
 */
export function pickBackend(backends: readonly WeightedBackend[], point: number): string {
  let end = 0;
  for (const backend of backends) {
    end += backend.weight;
    if (point < end) return backend.version;
  }
  const last = backends.findLast((backend) => backend.weight > 0);
  return last?.version ?? "";
}
