import type { Evidence, RolloutPlan } from "@weir/rollout";
import type { CoursePoint } from "@weir/store";
import type { Changes } from "../../../server/changes/list.ts";
import { ComparisonPart } from "./comparison-part.tsx";
import { GuardPart } from "./guard-part.tsx";
import { OthersPart } from "./others-part.tsx";
import { SplitPart } from "./split-part.tsx";

interface EvidenceViewProps {
  readonly evidence: Evidence;
  readonly plan: Pick<RolloutPlan, "canary" | "baseline">;
  /** Do the comparisons count in its step? */
  readonly compares: boolean;
  /** Over the step; absent for evidence that was frozen. */
  readonly course?: readonly CoursePoint[];
  /** Of the service, over that time. */
  readonly changes?: Changes | undefined;
}

/** All that a decision looked at: comparisons with their intervals, the split, the limits, and what others say. */
export function EvidenceView({ evidence, plan, compares, course, changes }: EvidenceViewProps) {
  const { comparisons, sampleRatio, guards, others } = evidence;
  return (
    <div className="flex flex-col divide-y divide-line">
      {compares ? (
        comparisons.map((compared) => (
          <ComparisonPart
            key={compared.check}
            {...{ compared, plan, changes }}
            course={course?.filter(({ check }) => check === compared.check)}
          />
        ))
      ) : (
        <p className="px-4 py-3 text-muted">
          The versions are not compared in this step: {plan.canary} gets all requests, none, or others than{" "}
          {plan.baseline}. Guards watch it all the same.
        </p>
      )}
      {sampleRatio?.observed !== undefined && <SplitPart split={sampleRatio} />}
      {guards.map((guard, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a guard has no name, only a place
        <GuardPart key={at} {...guard} />
      ))}
      {others.length > 0 && <OthersPart others={others} />}
    </div>
  );
}
