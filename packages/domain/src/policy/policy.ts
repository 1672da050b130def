import { z } from "zod";
import { AuthorizationSpec } from "../authorization/authorization-spec.ts";
import { CircuitBreakerSpec } from "../circuit-breaker/circuit-breaker-spec.ts";
import { type FindingCode, ignorableCodes } from "../finding/finding-catalogue.ts";
import { checkHashOn, LoadBalancerSpec } from "../load-balancer/load-balancer-spec.ts";
import { Mode } from "../mode/mode.ts";
import { OutlierDetectionSpec } from "../outlier-detection/outlier-detection-spec.ts";
import { RateLimitSpec } from "../rate-limit/rate-limit-spec.ts";
import { Name } from "../service/names.ts";
import { CanarySpec } from "./canary.ts";
import { RouteSpec } from "./route.ts";

/** Every kind of policy this release can evaluate; a kind it cannot evaluate is refused, never ignored. */
export const policyKinds = [
  "route",
  "canary",
  "circuitBreaker",
  "outlierDetection",
  "loadBalancer",
  "rateLimit",
  "authorization",
] as const;
export type PolicyKind = (typeof policyKinds)[number];

/** The one list of what each kind holds, with what all kinds have in common where the policy is written down. */
export function policyUnion<Common extends z.ZodRawShape>(common: Common) {
  return z.discriminatedUnion(
    "kind",
    [
      z.strictObject({ kind: z.literal("route"), ...common, ...RouteSpec.shape }),
      z.strictObject({ kind: z.literal("canary"), ...common, ...CanarySpec.shape }),
      z.strictObject({ kind: z.literal("circuitBreaker"), ...common, ...CircuitBreakerSpec.shape }),
      z.strictObject({ kind: z.literal("outlierDetection"), ...common, ...OutlierDetectionSpec.shape }),
      z
        .strictObject({ kind: z.literal("loadBalancer"), ...common, ...LoadBalancerSpec.shape })
        .superRefine((policy, context) => checkHashOn(policy as LoadBalancerSpec, context)),
      z.strictObject({ kind: z.literal("rateLimit"), ...common, ...RateLimitSpec.shape }),
      z.strictObject({ kind: z.literal("authorization"), ...common, ...AuthorizationSpec.shape }),
    ],
    { error: (issue) => (issue.code === "invalid_union" ? unknownKind : undefined) },
  );
}

const unknownKind = `unknown kind of policy; this release knows ${policyKinds.slice(0, -1).join(", ")} and ${policyKinds.at(-1)}`;

/** What every policy has, whatever its kind. */
export const policyCommon = {
  name: Name.meta({ description: "Of the policy; once in its namespace.", examples: ["my-policy"] }),
  namespace: Name.meta({ description: "Of the policy and of its service.", examples: ["default"] }),
  targetRef: Name.meta({
    description: "The service whose requests the policy is about, in the same namespace.",
    examples: ["my-service"],
  }),
  mode: Mode.optional().describe(
    "observe counts what the policy would do, enforce lets it act. Left out: as the service, its namespace or the mesh.",
  ),
};

export const Policy = policyUnion({
  ...policyCommon,
  ignoreFindings: z
    .array(
      z.enum(ignorableCodes as [FindingCode, ...FindingCode[]], {
        error: "is no code of a warning or hint about a policy",
      }),
    )
    .min(1, "leave it out to ignore none")
    .optional()
    .describe("Codes of warnings and hints about this policy that are meant so. Sidecars never see it."),
});
export type Policy = z.infer<typeof Policy>;
export type PolicyOf<Kind extends PolicyKind> = Extract<Policy, { kind: Kind }>;

/** A policy as it was accepted: `revision` counts from 1 for each (namespace, name) and never changes content. */
export type RevisedPolicy = Policy & { readonly revision: number };
