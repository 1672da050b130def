"use client";

import { type KeyboardEvent, useState } from "react";
import { plural } from "../../../ui/format/numbers.ts";
import { formatMoment } from "../../../ui/format/times.ts";
import { Popover } from "../../../ui/popover.tsx";
import { type Tick, tickWords } from "../view-model/ticks.ts";
import { ChangeGlyph } from "./change-glyph.tsx";
import { ChangeList } from "./change-list.tsx";

interface ChangeTickProps {
  readonly tick: Tick;
  readonly nowMs: number;
  /** Tab stops here. */
  readonly isStop: boolean;
  onKeyDown(event: KeyboardEvent<HTMLButtonElement>): void;
}

/** A dashed line where something was changed, and at its foot what; opens who, when and why. */
export function ChangeTick({ tick, nowMs, isStop, onKeyDown }: ChangeTickProps) {
  const [open, setOpen] = useState(false);
  const { share, changes } = tick;
  const [first] = changes;
  const at = `${(share * 100).toFixed(3)}%`;
  return (
    <li className="group">
      <span
        aria-hidden
        className="absolute inset-y-0 border-muted border-l border-dashed opacity-70 group-focus-within:opacity-100 group-hover:opacity-100"
        style={{ left: at }}
      />
      <Popover
        open={open}
        onOpenChange={setOpen}
        label={plural(changes.length, "change")}
        align="center"
        tip={changes.length === 1 ? first.what : `${changes.length} changes, the first: ${first.what}`}
        trigger={
          <button
            type="button"
            tabIndex={isStop || open ? 0 : -1}
            aria-label={tickWords(tick, (ms) => formatMoment(ms, nowMs))}
            onKeyDown={onKeyDown}
            className="pointer-events-auto absolute top-full mt-0.5 flex h-4.5 min-w-4.5 -translate-x-1/2 items-center justify-center rounded-sm border border-line-strong bg-surface px-0.5 font-mono text-[0.6875rem] text-muted hover:border-muted hover:text-text data-[state=open]:border-accent data-[state=open]:text-accent"
            // A glyph at the border stays inside the box; its line is where it belongs.
            style={{ left: `clamp(0.5625rem, ${at}, calc(100% - 0.5625rem))` }}
          >
            {changes.length === 1 ? <ChangeGlyph kind={first.kind} size={11} /> : changes.length}
          </button>
        }
      >
        <div className="max-h-80 w-80 max-w-full overflow-y-auto p-3">
          <ChangeList changes={changes} nowMs={nowMs} />
        </div>
      </Popover>
    </li>
  );
}
