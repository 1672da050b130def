import type { Mode } from "../mode/mode.ts";
import type { PolicyKind } from "../policy/policy.ts";
import type { Decision } from "./decision.ts";

/** What of a policy stands in all of its decisions. */
export interface PolicyFacts {
  readonly name: string;
  readonly kind: PolicyKind;
  readonly revision: number;
  readonly mode: Mode;
}

/** One decision of a policy, made with the policy and not with the request, so that it is always the same object. */
export function decisionOf(
  { name, kind, revision, mode }: PolicyFacts,
  verdict: string,
  reason: string,
  wouldAct: boolean,
): Decision {
  const acted = wouldAct && mode === "enforce";
  return Object.freeze({ policy: name, kind, revision, mode, verdict, wouldAct, acted, reason });
}

/** By name, which is what precedence among equals goes by: the same in every sidecar and every order of reading. */
export function byName(a: { readonly name: string }, b: { readonly name: string }): number {
  return a.name < b.name ? -1 : a.name > b.name ? 1 : 0;
}

/** As far as the first enforced one: what stands behind it is shadowed whatever the request. */
export function untilEnforced<P extends { readonly mode: Mode }>(policies: readonly P[]): readonly P[] {
  const end = policies.findIndex(({ mode }) => mode === "enforce");
  return end < 0 ? policies : policies.slice(0, end + 1);
}
