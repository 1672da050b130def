"use client";

import type { Window } from "@weir/domain";
import { type KeyboardEvent, useMemo, useRef } from "react";
import type { Changes } from "../../../server/changes/list.ts";
import { useWidth } from "../hooks/use-width.ts";
import { ticksOf } from "../view-model/ticks.ts";
import { ChangeTick } from "./change-tick.tsx";

interface ChangeTicksProps {
  /** Undefined while nothing is known. */
  readonly changes: Changes | undefined;
  /** The moments at the chart's left and right border. */
  readonly axis: Window;
  /** What the chart is of, such as "requests". */
  readonly of: string;
}

/**
 * Changes over a chart: lie in its box, which must be `relative`, and let the pointer through. Their glyphs hang below the
 * box and need 20 pixels there. One stop of the Tab key; arrow keys, Home and End go from tick to tick.
 */
export function ChangeTicks({ changes, axis, of }: ChangeTicksProps) {
  const list = useRef<HTMLUListElement>(null);
  const width = useWidth(list);
  const { fromMs, toMs } = axis;
  const ticks = useMemo(
    () => ticksOf(changes?.changes ?? [], { fromMs, toMs }, width),
    [changes, fromMs, toMs, width],
  );
  return (
    <ul
      ref={list}
      aria-label={`Changes on the time axis of ${of}${changes?.isCut ? ", the newest of many" : ""}`}
      // Without a single change there is no list to tell of.
      aria-hidden={ticks.length === 0}
      className="pointer-events-none absolute inset-0 z-10"
    >
      {ticks.map((tick, index) => (
        <ChangeTick
          key={tick.changes[0].id}
          tick={tick}
          nowMs={toMs}
          isStop={index === ticks.length - 1}
          onKeyDown={moveByKey}
        />
      ))}
    </ul>
  );
}

/** The newest tick is where Tab arrives; from there the focus itself is moved. */
function moveByKey(event: KeyboardEvent<HTMLButtonElement>): void {
  const buttons = [...(event.currentTarget.closest("ul")?.querySelectorAll("button") ?? [])];
  const at = buttons.indexOf(event.currentTarget);
  const to = { ArrowLeft: at - 1, ArrowRight: at + 1, Home: 0, End: buttons.length - 1 }[event.key];
  if (to === undefined) return;
  event.preventDefault();
  event.stopPropagation();
  buttons[to]?.focus();
}
