import { formatRate, formatShare } from "../../../ui/format/numbers.ts";
import type { PlanCheck } from "../hooks/use-plan-check.ts";
import { planForesight } from "../view-model/foresight-words.ts";
import { spanText } from "../view-model/span-text.ts";

interface ForesightNoteProps {
  readonly check: PlanCheck;
  readonly service: string;
}

/** The change before it is made: how long it takes at least, how long as requests come now, and what that rests on. */
export function ForesightNote({ check: { plan, foreseen, isPending }, service }: ForesightNoteProps) {
  if (isPending) return <p className="text-faint">Reading what {service} gets now…</p>;
  if (plan === undefined || foreseen === undefined)
    return (
      <p role="status" className="text-muted">
        What the steps would see is told once the plan is well formed.
      </p>
    );
  const { traffic, steps } = foreseen;
  return (
    <p role="status">
      {planForesight(plan.steps, steps)}{" "}
      <span className="text-muted">
        {traffic.requestsPerS > 0
          ? `${service} gets ${formatRate(traffic.requestsPerS)} now (over the last ${spanText(traffic.overMs)}), ${formatShare(traffic.failureShare)} of ${plan.baseline}'s requests fail.`
          : `${service} got no request in the last ${spanText(traffic.overMs)}: every step that needs some would wait.`}{" "}
        A step's time counts from the first evidence of it, some 10 to 20 s after it begins.
      </span>
    </p>
  );
}
