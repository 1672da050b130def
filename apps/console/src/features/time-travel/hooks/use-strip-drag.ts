"use client";

import type { Window } from "@weir/domain";
import { type PointerEvent, useEffect, useRef, useState } from "react";
import { draggedWindow } from "../view-model/around.ts";

/** What of the window is taken hold of. */
export type Grip = "start" | "end" | "all";

/** While people drag, the page follows this long after the pointer has come to rest. */
const restMs = 150;

/** Drags a window over a strip of time. `draft` is where it is under the pointer; `onWindow` hears of it at rest. */
export function useStripDrag(strip: Window, window: Window, onWindow: (window: Window) => void) {
  const [draft, setDraft] = useState<Window>();
  const held = useRef<{ grip: Grip; x: number; from: Window; msPerPixel: number }>(undefined);
  const rest = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(rest.current), []);

  const moved = (event: PointerEvent): Window | undefined => {
    if (!held.current) return undefined;
    const { grip, x, from, msPerPixel } = held.current;
    return draggedWindow(from, by(grip, (event.clientX - x) * msPerPixel), strip);
  };
  const take = (grip: Grip) => ({
    onPointerDown: (event: PointerEvent<HTMLElement>) => {
      const track = event.currentTarget.closest("[data-track]");
      if (!track || event.button !== 0) return;
      event.stopPropagation();
      event.currentTarget.setPointerCapture(event.pointerId);
      const msPerPixel = (strip.toMs - strip.fromMs) / track.getBoundingClientRect().width;
      held.current = { grip, x: event.clientX, from: window, msPerPixel };
    },
    onPointerMove: (event: PointerEvent<HTMLElement>) => {
      const next = moved(event);
      if (!next) return;
      setDraft(next);
      clearTimeout(rest.current);
      rest.current = setTimeout(() => onWindow(next), restMs);
    },
    onPointerUp: (event: PointerEvent<HTMLElement>) => {
      const next = moved(event);
      const wasMoved = held.current !== undefined && event.clientX !== held.current.x;
      held.current = undefined;
      clearTimeout(rest.current);
      setDraft(undefined);
      if (next && wasMoved) onWindow(next);
    },
    onPointerCancel: () => {
      held.current = undefined;
      clearTimeout(rest.current);
      setDraft(undefined);
    },
  });
  return { draft, take };
}

function by(grip: Grip, ms: number) {
  return { ...(grip === "end" ? {} : { fromMs: ms }), ...(grip === "start" ? {} : { toMs: ms }) };
}
