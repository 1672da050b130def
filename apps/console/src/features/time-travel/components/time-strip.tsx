"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { isMoving, windowOf } from "@weir/domain/browser";
import { Pause, Play } from "lucide-react";
import { useMemo } from "react";
import { useTRPC } from "../../../client/trpc.ts";
import { Button } from "../../../ui/button.tsx";
import { formatInterval, formatMoment } from "../../../ui/format/times.ts";
import { Tooltip } from "../../../ui/tooltip.tsx";
import { ChangeTicks, useChanges } from "../../changes/index.ts";
import { textOf, useWindow } from "../../time/index.ts";
import { useReplay } from "../hooks/use-replay.ts";
import { around } from "../view-model/around.ts";
import { AgainstChoice } from "./against-choice.tsx";
import { StripBars } from "./strip-bars.tsx";
import { StripWindow } from "./strip-window.tsx";

/** The time around the window: requests and errors of the mesh, where the window stands in it, replay and comparison. */
export function TimeStrip() {
  const { length, setLength } = useWindow();
  const text = useMemo(() => around(length, Date.now()), [length]);
  const { data: strip } = useQuery(
    useTRPC().topology.ofMesh.queryOptions({ window: text }, { placeholderData: keepPreviousData }),
  );
  const changes = useChanges(undefined, text);
  const { playing, play, stop } = useReplay(strip?.fromMs ?? 0);
  if (!strip) return <div className="hidden h-18 shrink-0 border-line border-t bg-surface md:block" />;
  const window = windowOf(length, strip.toMs);
  return (
    <section
      aria-label="Time travel"
      className="hidden h-18 shrink-0 items-center gap-3 border-line border-t bg-surface px-3 md:flex"
    >
      <Tooltip side="top" text={playing ? "Stop" : "Replay what happened, up to now"}>
        <Button
          look="quiet"
          size="icon"
          aria-label={playing ? "Stop the replay" : "Replay"}
          aria-pressed={playing}
          onClick={playing ? stop : play}
        >
          {playing ? <Pause size={15} aria-hidden /> : <Play size={15} aria-hidden />}
        </Button>
      </Tooltip>
      <div className="relative h-full min-w-0 grow pt-1.5 pb-6">
        <div data-track className="relative mx-6 h-full touch-none select-none">
          <StripBars strip={strip} />
          <StripWindow
            strip={strip}
            window={window}
            onWindow={(next) => {
              stop();
              void setLength(textOf(next, strip.toMs));
            }}
          />
          <ChangeTicks changes={changes.data} axis={strip} of="the mesh" />
        </div>
        <p className="pointer-events-none absolute inset-x-7 top-2 flex justify-between font-mono text-[0.625rem] text-faint leading-none [&>span]:rounded-sm [&>span]:bg-surface/85 [&>span]:p-0.5">
          <span>{formatMoment(strip.fromMs, strip.nowMs)}</span>
          {!isMoving(length) && <span>{formatInterval(window)}</span>}
          <span>{strip.nowMs - strip.toMs < 60_000 ? "now" : formatMoment(strip.toMs, strip.nowMs)}</span>
        </p>
      </div>
      <AgainstChoice />
    </section>
  );
}
