import { z } from "zod";
import { Version } from "../service/names.ts";
import { weightProblems } from "./pick-backend.ts";

/** A version and the whole per cent of requests it takes. */
export const WeightedBackend = z.strictObject({
  version: Version.meta({
    description: "Of the service, as its sidecars report it.",
    examples: ["v1", "v2", "v3"],
  }),
  weight: z
    .int("must be a whole number of per cent")
    .min(0, "must be 0 or more")
    .max(100, "must be 100 or less")
    .meta({ description: "Share of the requests, in whole per cents.", examples: [100, 0] }),
});
export type WeightedBackend = z.infer<typeof WeightedBackend>;

/** Versions of one service and their shares: each version once, weights summing to 100. */
export const WeightedBackends = z
  .array(WeightedBackend)
  .min(1, "needs at least one version")
  .superRefine((backends, context) => {
    for (const { code, path, message } of weightProblems(backends))
      context.addIssue({ code: "custom", params: { code }, path: [...path], message });
  });
