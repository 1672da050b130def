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
      <div
        role="progressbar"
        aria-label="Watched"
        aria-valuemin={0}
        aria-valuemax={Math.round(forMs / 1_000)}
        aria-valuenow={Math.round(Math.min(watchedMs, forMs) / 1_000)}
        aria-valuetext={`${minuteWords(leftMs)} left`}
        className="h-2 overflow-hidden rounded-sm bg-sunken"
      >
        <div
          className="h-full bg-enforce"
          style={{ width: `${Math.min(100, (watchedMs / forMs) * 100)}%` }}
        />
      </div>
    </div>
  );
}
