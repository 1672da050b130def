import type { Finding } from "@weir/domain";
import { isSame } from "./is-same.ts";
import type { RolloutPlan } from "./plan.ts";
import { comparesIn, type Step } from "./step.ts";

/**
 * What an edit of a plan may not touch once the rollout has come to the step of that index: who takes over from whom, what
 * its evidence rests on, and the traffic that there was and is. What lies ahead may change, and the conditions of the present
 * step.
 */
export function replanFindings(before: RolloutPlan, after: RolloutPlan, step: number): Finding[] {
  return [
    ...lasting.flatMap((member) => (isSame(before[member], after[member]) ? [] : [fixed(member)])),
    ...before.steps.slice(0, step).flatMap((own, at) => {
      const now = after.steps[at];
      return now !== undefined && isSame(own, now) ? [] : [refusal(`steps[${at}]`, `step ${at + 1} is over`)];
    }),
    ...presentStep(before.steps[step], after.steps[step], step),
  ];
}

const lasting = [
  "name",
  "namespace",
  "targetRef",
  "baseline",
  "canary",
  "checks",
  "testers",
  "sticky",
] as const;

function presentStep(before: Step | undefined, after: Step | undefined, step: number): Finding[] {
  const path = `steps[${step}]`;
  if (before === undefined) return [];
  if (after === undefined) return [refusal(path, `the rollout is in step ${step + 1}, which has to stay`)];
  if (!isSame(trafficIn(before), trafficIn(after)))
    return [refusal(path, `the rollout is in step ${step + 1}: its traffic has to stay as it is`)];
  return comparesIn(before) === comparesIn(after)
    ? []
    : [refusal(`${path}.compare`, "evidence of the present step is there already")];
}

function trafficIn(step: Step): unknown {
  if ("weight" in step) return { weight: step.weight };
  return "mirror" in step ? { mirror: step.mirror } : { match: step.match };
}

function fixed(member: (typeof lasting)[number]): Finding {
  return refusal(member, `${member} cannot change while the rollout goes on`);
}

function refusal(path: string, message: string): Finding {
  return {
    code: "replan",
    path,
    severity: "error",
    message,
    fix: "Change what lies ahead only, or end the rollout and start another.",
  };
}
