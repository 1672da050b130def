import type { Step } from "@weir/rollout";
import { plural } from "../../../ui/format/numbers.ts";
import { spanText } from "./span-text.ts";
import { shortStep } from "./step-words.ts";

/** What an edit of the steps changes, in words, one line for each step that differs. */
export function planChanges(before: readonly Step[], after: readonly Step[]): string[] {
  if (before.length !== after.length)
    return [
      `${plural(after.length, "step")} instead of ${before.length}: ${after.map((step) => `${shortStep(step)} for ${spanText(step.forMs)}`).join(", ")}`,
    ];
  return after.flatMap((step, at) => {
    const former = before[at];
    if (former === undefined || JSON.stringify(former) === JSON.stringify(step)) return [];
    const words = [
      shortStep(former) !== shortStep(step) && `${shortStep(former)} becomes ${shortStep(step)}`,
      former.forMs !== step.forMs && `at least ${spanText(former.forMs)} become ${spanText(step.forMs)}`,
      former.minRequests !== step.minRequests &&
        `at least ${plural(step.minRequests ?? 20, "request")} instead of ${former.minRequests ?? 20}`,
      former.approval !== step.approval &&
        (step.approval ? "waits for an approval" : "waits for no approval"),
      former.compare !== step.compare && "compared otherwise",
    ].filter((part) => part !== false);
    return [`Step ${at + 1}: ${words.length > 0 ? words.join("; ") : "chooses other requests"}`];
  });
}
