import { useId } from "react";
import type { ShownRollout } from "../../../server/rollouts/shown-rollout.ts";
import { formatShare } from "../../../ui/format/numbers.ts";
import { progressOf } from "../view-model/rollout-sentence.ts";
import { staircase, standsAtPx, timeScale } from "../view-model/staircase.ts";
import { StaircaseShapes } from "./staircase-shapes.tsx";

const [widthPx, heightPx] = [176, 56];

/** Where a rollout stands on its steps, small. */
export function MiniStaircase({ rollout, hue }: { rollout: ShownRollout; hue: string }) {
  const { plan, state } = rollout;
  const stairs = staircase(plan.steps, timeScale(plan.steps, widthPx));
  const doneToPx = state.phase === "succeeded" ? widthPx : standsAtPx(stairs, plan.steps, state);
  return (
    <div className="self-start rounded-sm bg-sunken">
      <StaircaseShapes
        {...{ stairs, widthPx, heightPx, doneToPx, hue }}
        id={useId()}
        label={`Step ${Math.min(state.step + 1, plan.steps.length)} of ${plan.steps.length}, ${formatShare(progressOf(rollout))} of the time`}
      />
    </div>
  );
}
