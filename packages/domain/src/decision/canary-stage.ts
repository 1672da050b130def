import type { RequestReader } from "../match/request-reader.ts";
import type { CanarySpec } from "../policy/canary.ts";
import { CanaryEffect, type CanaryTarget } from "./canary-effect.ts";
import type { DecisionStage } from "./outcome-draft.ts";
import { byName, type PolicyFacts, untilEnforced } from "./policy-voice.ts";

/** Canaries in the order of their names: observed ones say what they would choose, the first enforced chooses. */
export function canaryStage(
  policies: readonly (PolicyFacts & CanarySpec)[],
  service: CanaryTarget,
  reader: RequestReader,
): DecisionStage {
  const canaries = untilEnforced([...policies].sort(byName)).map(
    (policy) => new CanaryEffect(policy, service, reader),
  );
  return (request, draft, random) => {
    for (const canary of canaries) canary.apply(request, draft, random);
    return false;
  };
}
