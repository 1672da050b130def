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
    z.strictObject({ header: name.meta({ description: "Name of a header.", examples: ["x-session"] }) }),
    z.strictObject({ cookie: name.meta({ description: "Name of a cookie.", examples: ["session"] }) }),
    z.strictObject({ query: name.meta({ description: "Name of a query parameter.", examples: ["user"] }) }),
    z.strictObject({ source: z.literal(true).describe("The caller's address.") }),
  ],
  { error: "must have exactly one of header, cookie, query and source" },
);
export type HashOn = z.infer<typeof HashOn>;

export const LoadBalancerSpec = z
  .strictObject({
    algorithm: BalancingAlgorithm.describe(
      "How an endpoint is chosen. leastRequest: of two drawn at random the one with fewer under way, as without a policy. ringHash and maglev need hashOn.",
    ),
    hashOn: HashOn.optional().describe("The same value goes to the same endpoint, by ringHash or maglev."),
    /** Envoy: slow start window. */
    slowStartMs: z
      .int()
      .min(0)
      .max(3_600_000)
      .optional()
      .meta({
        description: "ms over which a new endpoint's share grows to its full size; 0 when left out.",
        examples: [30_000],
      }),
    zonePreference: z
      .boolean()
      .optional()
      .meta({
        description:
          "Endpoints in the sidecar's own zone come first while enough of them are healthy; off when left out.",
        examples: [true],
      }),
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
