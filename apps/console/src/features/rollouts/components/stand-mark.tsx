import type { Phase } from "@weir/rollout";
import { classes } from "../../../ui/classes.ts";
import { formatShare } from "../../../ui/format/numbers.ts";
import { timelineFrame } from "./timeline-frame.ts";

const { abovePx, heightPx } = timelineFrame;

interface StandMarkProps {
  readonly leftPx: number;
  readonly widthPx: number;
  readonly phase: Phase;
  /** The step has had all of its time, and waits for something else. */
  readonly isTimeOver: boolean;
  readonly observed: number | undefined;
}

const flags: Readonly<Record<Phase, { readonly text: string; readonly tone: string }>> = {
  running: { text: "now", tone: "bg-text" },
  paused: { text: "paused", tone: "bg-degraded" },
  succeeded: { text: "done", tone: "bg-ok" },
  rolledBack: { text: "taken back", tone: "bg-failing" },
  aborted: { text: "aborted", tone: "bg-failing" },
};

const waiting = { text: "waits", tone: "bg-text" };

/** Where the rollout stands, or ended, and what share of the requests the canary really gets there. */
export function StandMark({ leftPx, widthPx, phase, isTimeOver, observed }: StandMarkProps) {
  const isRight = leftPx > widthPx / 2;
  const { text, tone } = isTimeOver ? waiting : flags[phase];
  return (
    <span aria-hidden className="pointer-events-none">
      <span
        className={`absolute w-0.5 -translate-x-1/2 ${tone}`}
        style={{ left: leftPx, top: 18, height: heightPx + 12 }}
      />
      <span
        className={`absolute whitespace-nowrap rounded-sm px-1 font-medium text-[0.625rem] text-surface leading-4 ${tone} ${isRight ? "-translate-x-full" : ""}`}
        style={{ left: leftPx + (isRight ? 1 : -1), top: 2 }}
      >
        {text}
      </span>
      {observed !== undefined && (
        <span
          className={classes(
            "absolute flex -translate-y-1/2 items-center gap-1 whitespace-nowrap font-mono text-[0.6875rem]",
            isRight && "-translate-x-full flex-row-reverse",
          )}
          style={{ left: leftPx + (isRight ? 5 : -5), top: abovePx + heightPx * (1 - observed) }}
        >
          <span className="size-2.5 rotate-45 border-2 border-text bg-surface" />
          <span className="rounded-sm bg-surface px-1 text-text">{formatShare(observed)} observed</span>
        </span>
      )}
    </span>
  );
}
