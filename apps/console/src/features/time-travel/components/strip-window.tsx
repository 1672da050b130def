"use client";

import type { Window } from "@weir/domain";
import type { KeyboardEvent } from "react";
import { classes } from "../../../ui/classes.ts";
import { formatInterval, formatMoment } from "../../../ui/format/times.ts";
import { type Grip, useStripDrag } from "../hooks/use-strip-drag.ts";
import { draggedWindow } from "../view-model/around.ts";

interface StripWindowProps {
  readonly strip: Window & { readonly nowMs: number };
  readonly window: Window;
  onWindow(window: Window): void;
}

/** The window in its strip: dragged as a whole or at its ends, by pointer and by arrow keys. */
export function StripWindow({ strip, window, onWindow }: StripWindowProps) {
  const { draft, take } = useStripDrag(strip, window, onWindow);
  const shown = draft ?? window;
  const share = (ms: number) =>
    Math.min(1, Math.max(0, (ms - strip.fromMs) / (strip.toMs - strip.fromMs))) * 100;
  const stepMs = Math.max(10_000, (window.toMs - window.fromMs) / 4);
  const onKeyDown = (grip: Grip) => (event: KeyboardEvent) => {
    const by = { ArrowLeft: -stepMs, ArrowRight: stepMs }[event.key];
    if (by === undefined) return;
    event.preventDefault();
    const moved = {
      ...(grip === "end" ? {} : { fromMs: by }),
      ...(grip === "start" ? {} : { toMs: by }),
    };
    onWindow(draggedWindow(window, moved, strip));
  };
  const slider = (grip: Grip, label: string, atMs: number, words: string) => ({
    role: "slider",
    tabIndex: 0,
    "aria-label": label,
    "aria-valuemin": strip.fromMs,
    "aria-valuemax": strip.toMs,
    "aria-valuenow": atMs,
    "aria-valuetext": words,
    onKeyDown: onKeyDown(grip),
    ...take(grip),
  });
  const [left, right] = [share(shown.fromMs), share(shown.toMs)];
  return (
    <>
      <div
        {...slider("all", "Window", shown.fromMs, formatInterval(shown))}
        className="absolute inset-y-0 min-w-6 cursor-grab rounded-sm border border-accent bg-accent/15 active:cursor-grabbing"
        style={{ left: `${left}%`, width: `${right - left}%` }}
      />
      {(
        [
          ["start", "Start of the window", shown.fromMs, left],
          ["end", "End of the window", shown.toMs, right],
        ] as const
      ).map(([grip, label, atMs, at]) => (
        <div
          key={grip}
          {...slider(grip, label, atMs, formatMoment(atMs, strip.nowMs))}
          // Outside of the window, so that the narrowest can still be taken hold of by its middle.
          className={classes(
            "group absolute inset-y-0 flex w-6 cursor-ew-resize",
            grip === "start" ? "-translate-x-full justify-end" : "justify-start",
          )}
          style={{ left: `${at}%` }}
        >
          <span className="h-full w-1.5 rounded-sm group-hover:bg-accent group-focus-visible:bg-accent" />
        </div>
      ))}
    </>
  );
}
