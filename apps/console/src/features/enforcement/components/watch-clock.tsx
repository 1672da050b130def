"use client";

import type { GuardBudget } from "@weir/rollout";
import type { ShownProgress } from "../../../server/enforcement/shown-enforcement.ts";
import { formatAgo } from "../../../ui/format/times.ts";
import { minuteWords } from "../view-model/minute-words.ts";

interface WatchClockProps {
  readonly progress: ShownProgress;
  readonly budget: Pick<GuardBudget, "forMs">;
}

/** How much of the time is over, and how fresh what the guard knows is. */
export function WatchClock({ progress: { watchedMs, toMs, held }, budget: { forMs } }: WatchClockProps) {
  const leftMs = Math.max(0, forMs - watchedMs);
  return (
    <div className="flex flex-col gap-1.5 rounded-md border border-line bg-surface px-4 py-3">
      <div className="flex flex-wrap items-baseline gap-x-3">
        <span className="font-medium">{leftMs === 0 ? "Time is over" : `${minuteWords(leftMs)} left`}</span>
        <span className="grow text-muted text-xs">
          {held ? "on hold: no time passes" : `of ${minuteWords(forMs)} with requests and fresh telemetry`}
        </span>
        <span className="text-faint text-xs">
          {toMs === undefined ? "nothing heard yet" : `requests until ${formatAgo(toMs, Date.now())}`}
        </span>
      </div>
      <progress
        aria-label="Watched"
        max={forMs}
        value={Math.min(watchedMs, forMs)}
        className="h-2 w-full accent-enforce"
      />
    </div>
  );
}
