import type { Step } from "@weir/rollout";
import { plural } from "../../../ui/format/numbers.ts";

/** `25 %`, `mirror 10 %`, `matching requests`. */
export function shortStep(step: Step): string {
  if ("mirror" in step) return `mirror ${step.mirror} %`;
  return "match" in step ? "by match" : `${step.weight} %`;
}

/** What a step does to traffic: `25 % of the requests go to v2`. */
export function stepEffect(step: Step, canary: string): string {
  if ("mirror" in step)
    return `copies of ${step.mirror} % of the requests go to ${canary}, whose answers nobody gets`;
  if ("match" in step)
    return `requests that meet ${step.match.length === 1 ? "a match" : `any of ${plural(step.match.length, "match", "matches")}`} go to ${canary}`;
  if (step.weight === 0) return `no request goes to ${canary}`;
  return step.weight === 100
    ? `all requests go to ${canary}`
    : `${step.weight} % of the requests go to ${canary}`;
}
