"use client";

import type { Phase, Step } from "@weir/rollout";
import { useId, useRef, useState } from "react";
import { classes } from "../../../ui/classes.ts";
import { useWidth } from "../../changes/index.ts";
import { percentBounds, percentOf, withPercent, withStep } from "../view-model/plan-draft.ts";
import { spanStep, spanText, steppedSpan } from "../view-model/span-text.ts";
import { draggedSpan, type Standing, staircase, standsAtPx, timeScale } from "../view-model/staircase.ts";
import { shortStep, stepEffect } from "../view-model/step-words.ts";
import { StairLabel } from "./stair-label.tsx";
import { StaircaseShapes } from "./staircase-shapes.tsx";
import { StandMark } from "./stand-mark.tsx";
import { timelineFrame } from "./timeline-frame.ts";
import { TimelineHandle } from "./timeline-handle.tsx";

interface StepTimelineProps {
  readonly steps: readonly Step[];
  readonly canary: string;
  readonly hue: string;
  /** Undefined: nothing can be moved. */
  onChange?: ((steps: readonly Step[]) => void) | undefined;
  /** Steps before this one are over, and this one's traffic is as it is; absent: all can be moved. */
  readonly standing?: (Standing & { readonly phase: Phase }) | undefined;
  /** Of the present step. */
  readonly isTimeOver?: boolean;
  /** The canary's share of the requests that came, 0 to 1, in the present step. */
  readonly observed?: number | undefined;
  /** Steps about which something is wrong. */
  readonly wrong?: readonly number[];
}

const { abovePx, heightPx, rulerPx } = timelineFrame;
const longestMs = 7 * 86_400_000;

/** Weight over time as a staircase: tops are dragged for the weight, borders for the time, until Escape; every handle by keys as well. */
export function StepTimeline(props: StepTimelineProps) {
  const { steps, canary, hue, onChange, standing, isTimeOver = false, observed, wrong = [] } = props;
  const box = useRef<HTMLDivElement>(null);
  const widthPx = useWidth(box);
  const id = useId();
  const fitted = timeScale(steps, widthPx);
  const [held, setHeld] = useState<typeof fitted>();
  const scale = held ?? fitted;
  const before = useRef(steps);
  const remember = () => {
    before.current = steps;
  };
  const restore = () => onChange?.(before.current);
  const stairs = staircase(steps, scale);
  const nowPx = standing && (standing.phase === "succeeded" ? widthPx : standsAtPx(stairs, steps, standing));
  const isLocked = (index: number) => standing !== undefined && index < standing.step;
  const label = `Share of ${canary} over time: ${steps.map((step) => `${shortStep(step)} for ${spanText(step.forMs)}`).join(", ")}`;
  return (
    <div className="grid grid-cols-[2.25rem_minmax(0,1fr)]">
      <Scale />
      <div
        ref={box}
        className="relative overflow-x-clip pt-7"
        style={{ height: abovePx + heightPx + rulerPx }}
      >
        <div className="rounded-sm bg-sunken">
          <StaircaseShapes {...{ stairs, widthPx, heightPx, hue, id, label }} doneToPx={nowPx} />
        </div>
        {stairs.map((stair) => (
          <StairLabel
            key={stair.index}
            stair={stair}
            step={steps[stair.index] as Step}
            isPresent={standing?.step === stair.index && onChange !== undefined}
            isWrong={wrong.includes(stair.index)}
          />
        ))}
        {nowPx !== undefined && standing && (
          <StandMark
            leftPx={nowPx}
            phase={standing.phase}
            isTimeOver={isTimeOver}
            {...{ observed, widthPx }}
          />
        )}
        {onChange !== undefined &&
          stairs.map((stair) => {
            const step = steps[stair.index] as Step;
            const { least, most } = percentBounds(steps, stair.index);
            const isMovable = !isLocked(stair.index) && standing?.step !== stair.index;
            return (
              <span key={stair.index} className="contents">
                {isMovable && !("match" in step) && least < most && (
                  <TimelineHandle
                    label={`Weight of step ${stair.index + 1}`}
                    orientation="vertical"
                    value={percentOf(step)}
                    {...{ least, most }}
                    step={1}
                    bigStep={10}
                    valueText={stepEffect(step, canary)}
                    valueAt={(from, byPx) => from + (byPx / heightPx) * 100}
                    onDragStart={remember}
                    onDragCancel={restore}
                    onChange={(percent) => onChange(withPercent(steps, stair.index, percent))}
                    className="z-20 flex h-6 -translate-x-1/2 items-center justify-center"
                    style={{
                      left: stair.leftPx + stair.widthPx / 2,
                      top: abovePx + heightPx * (1 - stair.share) - 12,
                      width: Math.min(44, Math.max(24, stair.widthPx - 12)),
                    }}
                  >
                    <Grip hue={hue} className="h-2 w-full" />
                  </TimelineHandle>
                )}
                {!isLocked(stair.index) && (
                  <TimelineHandle
                    label={`Time of step ${stair.index + 1}`}
                    orientation="horizontal"
                    value={step.forMs}
                    least={0}
                    most={longestMs}
                    step={spanStep(step.forMs)}
                    bigStep={10 * spanStep(step.forMs)}
                    valueText={spanText(step.forMs)}
                    valueAt={(from, byPx) => draggedSpan(from, byPx, scale)}
                    onDragStart={() => {
                      remember();
                      setHeld(scale);
                    }}
                    onDragEnd={() => setHeld(undefined)}
                    onDragCancel={restore}
                    onChange={(forMs) =>
                      onChange(
                        withStep(steps, stair.index, { forMs: Math.min(longestMs, steppedSpan(forMs)) }),
                      )
                    }
                    className="z-10 flex w-6 -translate-x-1/2 items-end justify-center"
                    style={{
                      left: Math.min(stair.leftPx + stair.widthPx, Math.max(0, widthPx - 4)),
                      top: abovePx,
                      height: heightPx + 24,
                    }}
                  >
                    <span
                      aria-hidden
                      className="absolute inset-y-0 left-1/2 border-line-strong border-l group-hover:border-accent group-focus:border-accent"
                    />
                    <Grip hue="var(--text-muted)" className="h-5 w-1.5" />
                  </TimelineHandle>
                )}
              </span>
            );
          })}
      </div>
    </div>
  );
}

function Grip({ hue, className }: { hue: string; className: string }) {
  return (
    <span
      aria-hidden
      className={classes(
        "relative rounded-full border-2 border-surface outline-accent outline-offset-2 group-hover:scale-125 group-focus-visible:scale-125 group-focus-visible:outline-2",
        className,
      )}
      style={{ background: hue, boxShadow: `0 0 0 1px ${hue}` }}
    />
  );
}

function Scale() {
  return (
    <div
      aria-hidden
      className="relative pt-7 font-mono text-[0.6875rem] text-faint"
      style={{ height: abovePx + heightPx }}
    >
      {[100, 75, 50, 25, 0].map((percent) => (
        <span
          key={percent}
          className="absolute right-1.5 -translate-y-1/2"
          style={{ top: abovePx + heightPx * (1 - percent / 100) }}
        >
          {percent}
        </span>
      ))}
    </div>
  );
}
