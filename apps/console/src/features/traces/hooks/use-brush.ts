"use client";

import { type PointerEvent, useState } from "react";

/** A rectangle in shares of the picture's width and height, 0 to 1 from its top left. */
export interface Brush {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

/** Less than this, in pixels, is a click with an unsteady hand. */
const leastPx = 6;

/** Drawing a rectangle over a picture; `onDone` hears of it when the pointer is let go. Give the handlers to the picture. */
export function useBrush(onDone: (brush: Brush) => void) {
  const [start, setStart] = useState<{ x: number; y: number }>();
  const [brush, setBrush] = useState<Brush>();
  const place = ({ currentTarget, clientX, clientY }: PointerEvent) => {
    const box = currentTarget.getBoundingClientRect();
    const share = (at: number, from: number, size: number) => Math.max(0, Math.min(1, (at - from) / size));
    return { x: share(clientX, box.left, box.width), y: share(clientY, box.top, box.height), box };
  };
  const stop = () => {
    setStart(undefined);
    setBrush(undefined);
  };
  return {
    brush,
    handlers: {
      onPointerDown(event: PointerEvent) {
        if (event.button === 0 && event.pointerType !== "touch") setStart(place(event));
      },
      onPointerMove(event: PointerEvent) {
        if (!start) return;
        const { x, y, box } = place(event);
        const drawn = Math.hypot((x - start.x) * box.width, (y - start.y) * box.height) >= leastPx;
        if (!drawn && !brush) return;
        // Only now: a click must reach the trace below the pointer.
        event.currentTarget.setPointerCapture(event.pointerId);
        setBrush({
          ...{ left: Math.min(x, start.x), right: Math.max(x, start.x) },
          ...{ top: Math.min(y, start.y), bottom: Math.max(y, start.y) },
        });
      },
      onPointerUp() {
        if (brush) onDone(brush);
        stop();
      },
      onPointerCancel: stop,
    },
  };
}
