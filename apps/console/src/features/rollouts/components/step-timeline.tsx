"use client";

import type { Step } from "@weir/rollout";
import { Hash, UserCheck } from "lucide-react";
import { type ReactNode, useId, useRef, useState } from "react";
import { classes } from "../../../ui/classes.ts";
import { formatShare } from "../../../ui/format/numbers.ts";
import { useWidth } from "../../changes/index.ts";
import { percentBounds, percentOf, withPercent, withStep } from "../view-model/plan-draft.ts";
import { aboutSpan, spanStep, spanText, steppedSpan } from "../view-model/span-text.ts";
import {
  draggedSpan,
  type Stair,
  type Standing,
  staircase,
  standsAtPx,
  timeScale,
} from "../view-model/staircase.ts";
import { shortStep, stepEffect } from "../view-model/step-words.ts";
import { StaircaseShapes } from "./staircase-shapes.tsx";
import { TimelineHandle } from "./timeline-handle.tsx";

interface StepTimelineProps {
  readonly steps: readonly Step[];
  readonly canary: string;
  readonly hue: string;
  /** Undefined: nothing can be moved. */
  onChange?: ((steps: readonly Step[]) => void) | undefined;
  /** Steps before this one are over, and this one's traffic is as it is; absent: all can be moved. */
  readonly standing?: (Standing & { readonly isOver: boolean }) | undefined;
  /** The canary's share of the requests that came, 0 to 1, in the present step. */
  readonly observed?: number | undefined;
  /** Steps about which something is wrong. */
  readonly wrong?: readonly number[];
}

const heightPx = 200;
const rulerPx = 30;
const longestMs = 7 * 86_400_000;

/** Weight over time as a staircase: tops are dragged for the weight, borders for the time; every handle by keys as well. */
export function StepTimeline(props: StepTimelineProps) {
  const { steps, canary, hue, onChange, standing, observed, wrong = [] } = props;
  const box = useRef<HTMLDivElement>(null);
  const widthPx = useWidth(box);
  const id = useId();
  const fitted = timeScale(steps, widthPx);
  const [held, setHeld] = useState<typeof fitted>();
  const scale = held ?? fitted;
  const stairs = staircase(steps, scale);
  const nowPx = standing && standsAtPx(stairs, steps, standing);
  const isLocked = (index: number) => standing !== undefined && index < standing.step;
  const label = `Share of ${canary} over time: ${steps.map((step) => `${shortStep(step)} for ${spanText(step.forMs)}`).join(", ")}`;
  return (
    <div className="grid grid-cols-[2.25rem_minmax(0,1fr)]">
      <Scale />
      <div ref={box} className="relative overflow-x-clip pt-7" style={{ height: heightPx + rulerPx + 28 }}>
        <div className="rounded-sm bg-sunken">
          <StaircaseShapes
            {...{ stairs, widthPx, heightPx, hue, id, label }}
            doneToPx={standing?.isOver && standing.step >= steps.length ? widthPx : nowPx}
          />
        </div>
        {stairs.map((stair) => (
          <StairLabel
            key={stair.index}
            stair={stair}
            step={steps[stair.index] as Step}
            isPresent={standing?.step === stair.index && !standing.isOver}
            isWrong={wrong.includes(stair.index)}
          />
        ))}
        {nowPx !== undefined && standing && !standing.isOver && (
          <Now leftPx={nowPx} observed={observed} widthPx={widthPx} />
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
                    onChange={(percent) => onChange(withPercent(steps, stair.index, percent))}
                    className="z-20 flex h-6 -translate-x-1/2 items-center justify-center"
                    style={{
                      left: stair.leftPx + stair.widthPx / 2,
                      top: 28 + heightPx * (1 - stair.share) - 12,
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
                    onDragStart={() => setHeld(scale)}
                    onDragEnd={() => setHeld(undefined)}
                    onChange={(forMs) =>
                      onChange(
                        withStep(steps, stair.index, { forMs: Math.min(longestMs, steppedSpan(forMs)) }),
                      )
                    }
                    className="z-10 flex w-6 -translate-x-1/2 items-end justify-center"
                    style={{
                      left: Math.min(stair.leftPx + stair.widthPx, Math.max(0, widthPx - 4)),
                      top: 28,
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
        "relative rounded-full border-2 border-surface group-hover:scale-125 group-focus-visible:scale-125",
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
      style={{ height: heightPx + 28 }}
    >
      {[100, 75, 50, 25, 0].map((percent) => (
        <span
          key={percent}
          className="absolute right-1.5 -translate-y-1/2"
          style={{ top: 28 + heightPx * (1 - percent / 100) }}
        >
          {percent}
        </span>
      ))}
    </div>
  );
}

interface StairLabelProps {
  readonly stair: Stair;
  readonly step: Step;
  readonly isPresent: boolean;
  readonly isWrong: boolean;
}

/** Its per cent above it, its time on the ruler below, and signs of what it waits for. */
function StairLabel({ stair, step, isPresent, isWrong }: StairLabelProps) {
  const { leftPx, widthPx } = stair;
  const isRoomy = widthPx >= 56;
  const topPx = 28 + heightPx * (1 - stair.share) - (stair.way === "match" ? 44 : 30);
  return (
    <span aria-hidden className="pointer-events-none">
      <span
        className="absolute -translate-x-1/2 whitespace-nowrap font-medium font-mono text-xs"
        style={{ left: leftPx + widthPx / 2, top: Math.max(0, topPx) }}
      >
        {isRoomy || stair.way === "weight" ? shortStep(step) : `${percentOf(step)} %`}
      </span>
      <Signs leftPx={leftPx + widthPx - 18} step={step} />
      <span
        className={classes(
          "absolute truncate border-t-2 px-1 pt-1 text-center font-mono text-[0.6875rem]",
          isPresent ? "border-accent font-medium text-accent" : "border-line-strong text-muted",
          isWrong && "border-failing text-failing",
        )}
        style={{ left: leftPx + 1, width: Math.max(0, widthPx - 2), top: 28 + heightPx + 2 }}
      >
        {widthPx >= 34 ? aboutSpan(step.forMs) : ""}
      </span>
    </span>
  );
}

function Signs({ leftPx, step }: { leftPx: number; step: Step }): ReactNode {
  return (
    <span
      className="absolute flex flex-col items-center gap-1 text-muted"
      style={{ left: leftPx, top: 28 + heightPx - (step.approval && step.minRequests ? 36 : 20) }}
    >
      {step.minRequests !== undefined && step.minRequests > 0 && <Hash size={13} />}
      {step.approval === true && <UserCheck size={14} />}
    </span>
  );
}

interface NowProps {
  readonly leftPx: number;
  readonly widthPx: number;
  readonly observed: number | undefined;
}

/** Where the rollout stands, and what share of the requests the canary really gets there. */
function Now({ leftPx, widthPx, observed }: NowProps) {
  const isRight = leftPx > widthPx / 2;
  return (
    <span aria-hidden className="pointer-events-none">
      <span
        className="absolute w-0.5 -translate-x-1/2 bg-text"
        style={{ left: leftPx, top: 18, height: heightPx + 12 }}
      />
      <span
        className="absolute -translate-x-1/2 rounded-sm bg-text px-1 font-medium text-[0.625rem] text-surface leading-4"
        style={{ left: Math.max(14, Math.min(widthPx - 14, leftPx)), top: 2 }}
      >
        now
      </span>
      {observed !== undefined && (
        <span
          className={classes(
            "absolute flex -translate-y-1/2 items-center gap-1 font-mono text-[0.6875rem]",
            isRight && "-translate-x-full flex-row-reverse",
          )}
          style={{ left: leftPx + (isRight ? 5 : -5), top: 28 + heightPx * (1 - observed) }}
        >
          <span className="size-2.5 rotate-45 border-2 border-text bg-surface" />
          <span className="rounded-sm bg-surface px-1 text-text">{formatShare(observed)} observed</span>
        </span>
      )}
    </span>
  );
}
