import { type Policy, policyKinds, previewEffects } from "@weir/domain";
import { z } from "zod";
import { MeshName } from "../bounded-text.ts";
import { PolicyHead } from "../policies/policy-schemas.ts";

/** What would be switched to enforce at once. */
export const EffectScope = z.discriminatedUnion("scope", [
  z.object({ scope: z.literal("mesh") }),
  z.object({ scope: z.literal("namespace"), namespace: MeshName }),
  z.object({ scope: z.literal("service"), namespace: MeshName, service: MeshName }),
  z.object({ scope: z.literal("policy"), namespace: MeshName, name: MeshName }),
]);
export type EffectScope = z.infer<typeof EffectScope>;

export function isInScope(scope: EffectScope, policy: Policy): boolean {
  switch (scope.scope) {
    case "mesh":
      return true;
    case "namespace":
      return policy.namespace === scope.namespace;
    case "service":
      return policy.namespace === scope.namespace && policy.targetRef === scope.service;
    case "policy":
      return policy.namespace === scope.namespace && policy.name === scope.name;
  }
}

/** Where all policies of the scope are to be found; absent members: anywhere. */
export function placeOf(
  scope: EffectScope,
  policies: readonly Policy[],
): { readonly namespace?: string; readonly service?: string } {
  switch (scope.scope) {
    case "mesh":
      return {};
    case "namespace":
      return { namespace: scope.namespace };
    case "service":
      return { namespace: scope.namespace, service: scope.service };
    case "policy":
      return { namespace: scope.namespace, service: policies[0]?.targetRef ?? "" };
  }
}

/** Requests between which the truth lies; `atMost` absent: nobody can tell. Equal: as many exactly. */
const Range = z.object({ atLeast: z.number(), atMost: z.number().optional() });

/** Requests that would have fared otherwise in one way. */
const EffectCount = z.object({
  effect: z.enum(previewEffects),
  /** As the sidecars said it, such as `version=v2, mirror=v3`. */
  verdict: z.string(),
  ...Range.shape,
});
export type EffectCount = z.infer<typeof EffectCount>;

const End = z.object({ namespace: z.string(), service: z.string() });

/** One policy, by what its observed decisions say. */
const PolicyOutlook = z.object({
  ...PolicyHead.shape,
  /** Its present revision, observing, said something of so many requests; what earlier revisions said is left out. */
  judged: z.number(),
  /** The gravest first. */
  effects: z.array(EffectCount),
  /** Those of whose requests it would have changed most first; without those of whose requests it said nothing. */
  callers: z.array(z.object({ ...End.shape, judged: z.number(), effects: z.array(EffectCount) })),
});
export type PolicyOutlook = z.infer<typeof PolicyOutlook>;

/** The requests of one caller to one service, under all policies of the scope together. */
const EdgeOutlook = z.object({
  source: End,
  destination: End,
  /** That any of the policies judged while it observed; those that were sent before are not among them. */
  requests: z.number(),
  /** By effect, the gravest first, each request once where that is known. */
  effects: z.array(z.object({ effect: z.enum(previewEffects), ...Range.shape })),
  /** Denied, limited or turned away by a breaker: these callers would break. */
  refused: Range,
  /** Fared otherwise in any way. */
  touched: Range,
});
export type EdgeOutlook = z.infer<typeof EdgeOutlook>;

/** What would have become of a window's requests, had the policies of a scope been enforced, by the sidecars' counts. */
export const ObservedEffect = z.object({
  window: z.object({ fromMs: z.number(), toMs: z.number() }),
  /** All of the scope, those that observed nothing too, by namespace and name. */
  policies: z.array(PolicyOutlook),
  /** Those of which something would have changed; most refused, then most touched first. */
  edges: z.array(EdgeOutlook),
});
export type ObservedEffect = z.infer<typeof ObservedEffect>;

/** Logged requests to one route that one policy would have changed in one way. */
const ObservedRoute = z.object({
  source: End,
  destination: End,
  /** In the destination's namespace. */
  policy: z.string(),
  kind: z.enum(policyKinds),
  effect: z.enum(previewEffects),
  verdict: z.string(),
  /** `*`: of many paths, which are not told apart. */
  method: z.string(),
  path: z.string(),
  requests: z.number(),
  ...Range.shape,
  /** Of some of them; those whose spans were kept. */
  traceIds: z.array(z.string()),
});
export type ObservedRoute = z.infer<typeof ObservedRoute>;

export const ObservedRoutes = z.object({
  window: z.object({ fromMs: z.number(), toMs: z.number() }),
  /** From when on logs were read: later than the window's start where they were too many. */
  readFromMs: z.number(),
  /** Those of most requests first. */
  routes: z.array(ObservedRoute),
  /** That are not listed. */
  more: z.number(),
});
export type ObservedRoutes = z.infer<typeof ObservedRoutes>;
