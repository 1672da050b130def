"use client";

import { type KeyboardEvent, type PointerEvent, useRef } from "react";

interface Drag<T> {
  /** What is there when it begins, and is given to each move. */
  begin(): T;
  /** So many pixels to the right and down of where it began. */
  move(byX: number, byY: number, from: T): void;
  end?(): void;
  /** Escape, before it ends: what was there is wanted back. */
  cancel(from: T): void;
}

/** Follows a pointer from where it was pressed, by mouse, pen or finger, until it is let go or Escape is pressed; give the handlers to the element that is dragged. */
export function useDrag<T>({ begin, move, end, cancel }: Drag<T>) {
  const held = useRef<{ x: number; y: number; from: T }>(undefined);
  const release = () => {
    if (held.current === undefined) return;
    held.current = undefined;
    end?.();
  };
  return {
    onPointerDown(event: PointerEvent<HTMLElement>) {
      if (event.button !== 0) return;
      event.currentTarget.setPointerCapture(event.pointerId);
      event.currentTarget.focus(); // where Escape is heard
      held.current = { x: event.clientX, y: event.clientY, from: begin() };
    },
    onPointerMove(event: PointerEvent<HTMLElement>) {
      const { current } = held;
      if (current) move(event.clientX - current.x, event.clientY - current.y, current.from);
    },
    onPointerUp: release,
    onPointerCancel: release,
    onKeyDown(event: KeyboardEvent<HTMLElement>) {
      const { current } = held;
      if (event.key !== "Escape" || current === undefined) return;
      event.preventDefault(); // it is this drag that is left, and nothing around it
      event.stopPropagation();
      release();
      cancel(current.from);
    },
  };
}
