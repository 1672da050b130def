"use client";

import type { CSSProperties, KeyboardEvent, ReactNode } from "react";
import { classes } from "../../../ui/classes.ts";
import { useDrag } from "../hooks/use-drag.ts";

interface TimelineHandleProps {
  readonly label: string;
  readonly orientation: "horizontal" | "vertical";
  readonly value: number;
  readonly least: number;
  readonly most: number;
  readonly valueText: string;
  /** By how much an arrow key moves it, and Page Up / Down. */
  readonly step: number;
  readonly bigStep: number;
  onChange(value: number): void;
  /** The value at so many pixels from where `from` was, in its own direction: right, or up. */
  valueAt(from: number, byPx: number): number;
  onDragStart?(): void;
  onDragEnd?(): void;
  /** Escape: all is to be as it was when the drag began. */
  onDragCancel(): void;
  readonly className?: string;
  readonly style?: CSSProperties;
  readonly children: ReactNode;
}

/** Something on the timeline that is dragged, or moved by arrow keys, Page Up / Down, Home and End (ARIA APG: slider). */
export function TimelineHandle(props: TimelineHandleProps) {
  const { label, orientation, value, least, most, valueText, step, bigStep, onChange } = props;
  const isVertical = orientation === "vertical";
  const drag = useDrag<number>({
    begin() {
      props.onDragStart?.();
      return value;
    },
    move: (byX, byY, from) => onChange(props.valueAt(from, isVertical ? -byY : byX)),
    end: () => props.onDragEnd?.(),
    cancel: () => props.onDragCancel(),
  });
  const moveByKey = (event: KeyboardEvent<HTMLElement>) => {
    drag.onKeyDown(event);
    const to = {
      ...{ ArrowUp: value + step, ArrowRight: value + step },
      ...{ ArrowDown: value - step, ArrowLeft: value - step },
      ...{ PageUp: value + bigStep, PageDown: value - bigStep, Home: least, End: most },
    }[event.key];
    if (to === undefined || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    onChange(Math.max(least, Math.min(most, to)));
  };
  return (
    <div
      role="slider"
      tabIndex={0}
      aria-label={label}
      aria-orientation={orientation}
      aria-valuenow={value}
      aria-valuemin={least}
      aria-valuemax={most}
      aria-valuetext={valueText}
      {...drag}
      onKeyDown={moveByKey}
      className={classes(
        "group absolute touch-none select-none outline-none",
        isVertical ? "cursor-ns-resize" : "cursor-ew-resize",
        props.className,
      )}
      style={props.style}
    >
      {props.children}
    </div>
  );
}
