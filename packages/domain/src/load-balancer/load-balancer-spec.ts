import { z } from "zod";

export const BalancingAlgorithm = z.enum([
  "leastRequest",
  "peakEwma",
  "roundRobin",
  "random",
  "ringHash",
  "maglev",
]);
export type BalancingAlgorithm = z.infer<typeof BalancingAlgorithm>;

const name = z.string().min(1);

/** What of a request chooses its endpoint: one part, and the same value goes to the same endpoint. */
export const HashOn = z.union(
  [
    z.strictObject({ header: name }),
    z.strictObject({ cookie: name }),
    z.strictObject({ query: name }),
    z.strictObject({ source: z.literal(true) }),
  ],
  { error: "must have exactly one of header, cookie, query and source" },
);
export type HashOn = z.infer<typeof HashOn>;

export const LoadBalancerSpec = z
  .strictObject({
    algorithm: BalancingAlgorithm,
    hashOn: HashOn.optional(),
    /** A new endpoint's share grows over this time (Envoy: slow start window). */
    slowStartMs: z.int().min(0).max(3_600_000).optional(),
    /** Endpoints in the sidecar's own zone come first while enough of them are healthy. */
    zonePreference: z.boolean().optional(),
  })
  .superRefine(checkHashOn);
export type LoadBalancerSpec = z.infer<typeof LoadBalancerSpec>;

/** A hash needs something to hash. For the schemas that take this one's shape into their own. */
export function checkHashOn(
  spec: { readonly algorithm: BalancingAlgorithm; readonly hashOn?: HashOn | undefined },
  context: z.RefinementCtx,
): void {
  if ((spec.algorithm === "ringHash" || spec.algorithm === "maglev") && spec.hashOn === undefined)
    context.addIssue({
      code: "custom",
      path: ["hashOn"],
      message: `${spec.algorithm} needs hashOn: { header }, { cookie }, { query } or { source: true }`,
    });
}
