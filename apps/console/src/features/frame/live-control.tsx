"use client";

import { isMoving, widthOf } from "@weir/domain/browser";
import { History, Pause, Play, RotateCw } from "lucide-react";
import { Button } from "../../ui/button.tsx";
import { classes } from "../../ui/classes.ts";
import { Tooltip } from "../../ui/tooltip.tsx";
import { type LiveState, useLive } from "../live/index.ts";
import { lastText, useWindow } from "../time/index.ts";

const words: Record<LiveState, string> = {
  connecting: "Connecting",
  live: "Live",
  reconnecting: "Reconnecting",
  paused: "Paused",
};

/** Whether the page follows what happens; refresh and pause. */
export function LiveControl() {
  const { state, setPaused, refresh } = useLive();
  const { length, setLength } = useWindow();
  const paused = state === "paused";
  if (!isMoving(length))
    return (
      <Button
        look="quiet"
        className="hidden px-2 text-xs sm:inline-flex"
        aria-label="What is shown is past: back to now"
        onClick={() => void setLength(lastText(widthOf(length)))}
      >
        <History size={15} aria-hidden className="text-degraded" />
        <span className="hidden lg:inline">Past</span>
        <span className="font-normal text-accent">Back to now</span>
      </Button>
    );
  return (
    <div className="flex items-center">
      <span className="hidden sm:block">
        <Tooltip text="Read everything again">
          <Button look="quiet" size="icon" aria-label="Refresh" onClick={refresh}>
            <RotateCw size={15} aria-hidden />
          </Button>
        </Tooltip>
      </span>
      <Button
        look="quiet"
        aria-label={paused ? "Go on" : "Pause"}
        aria-pressed={paused}
        className="px-2"
        onClick={() => setPaused(!paused)}
      >
        {paused ? <Play size={15} aria-hidden /> : <Pause size={15} aria-hidden />}
        <span role="status" className="inline-flex items-center gap-1.5">
          <LiveDot state={state} />
          <span className="hidden text-xs sm:inline">{words[state]}</span>
          <span className="sr-only sm:hidden">{words[state]}</span>
        </span>
      </Button>
    </div>
  );
}

/** Full when live, a ring while it is not: the shape says it too. */
function LiveDot({ state }: { state: LiveState }) {
  return (
    <span
      aria-hidden
      className={classes(
        "size-2 rounded-full border-[1.5px]",
        state === "live" && "border-ok bg-ok",
        state === "paused" && "border-no-data",
        (state === "reconnecting" || state === "connecting") && "motion-safe:animate-pulse border-degraded",
      )}
    />
  );
}
