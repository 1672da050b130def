import type { Step } from "@weir/rollout";
import { Hash, UserCheck } from "lucide-react";
import { classes } from "../../../ui/classes.ts";
import { percentOf } from "../view-model/plan-draft.ts";
import { aboutSpan } from "../view-model/span-text.ts";
import type { Stair } from "../view-model/staircase.ts";
import { shortStep } from "../view-model/step-words.ts";
import { timelineFrame } from "./timeline-frame.ts";

const { abovePx, heightPx } = timelineFrame;

interface StairLabelProps {
  readonly stair: Stair;
  readonly step: Step;
  readonly isPresent: boolean;
  readonly isWrong: boolean;
}

/** Its per cent above it, its time on the ruler below, and signs of what it waits for. */
export function StairLabel({ stair, step, isPresent, isWrong }: StairLabelProps) {
  const { leftPx, widthPx } = stair;
  // Where there is little room, the flag of where the rollout stands would lie on the last step's per cent.
  const isInside = stair.share === 1 && widthPx < 120;
  const liftPx = stair.way === "match" ? 44 : isInside ? -8 : 30;
  const topPx = abovePx + heightPx * (1 - stair.share) - liftPx;
  return (
    <span aria-hidden className="pointer-events-none">
      <span
        className="absolute -translate-x-1/2 whitespace-nowrap font-medium font-mono text-xs"
        style={{ left: leftPx + widthPx / 2, top: Math.max(0, topPx) }}
      >
        {widthPx >= 92 || stair.way === "weight" ? shortStep(step) : narrowStep(step)}
      </span>
      <Signs leftPx={leftPx + widthPx - 18} step={step} />
      <span
        className={classes(
          "absolute truncate border-t-2 px-1 pt-1 text-center font-mono text-[0.6875rem]",
          isPresent ? "border-accent font-medium text-accent" : "border-line-strong text-muted",
          isWrong && "border-failing text-failing",
        )}
        style={{ left: leftPx + 1, width: Math.max(0, widthPx - 2), top: abovePx + heightPx + 2 }}
      >
        {widthPx >= 34 ? aboutSpan(step.forMs) : ""}
      </span>
    </span>
  );
}

/** Where there is no room for its words the hatching says that it is a mirror. */
function narrowStep(step: Step): string {
  return "match" in step ? "match" : `${percentOf(step)} %`;
}

function Signs({ leftPx, step }: { leftPx: number; step: Step }) {
  return (
    <span
      className="absolute flex flex-col items-center gap-1 text-muted"
      style={{ left: leftPx, top: abovePx + heightPx - (step.approval && step.minRequests ? 36 : 20) }}
    >
      {step.minRequests !== undefined && step.minRequests > 0 && <Hash size={13} />}
      {step.approval === true && <UserCheck size={14} />}
    </span>
  );
}
