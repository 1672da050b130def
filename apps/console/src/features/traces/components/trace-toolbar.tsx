"use client";

import type { ReactNode, RefObject } from "react";
import { Kbd } from "../../../ui/kbd.tsx";
import type { WaterfallState } from "../hooks/use-waterfall.ts";
import { LevelChoice } from "./level-choice.tsx";
import { TraceFind } from "./trace-find.tsx";

interface ToolbarProps {
  readonly state: WaterfallState;
  readonly grid: RefObject<HTMLElement | null>;
  readonly search: RefObject<HTMLInputElement | null>;
  /** Stands first. */
  readonly views: ReactNode;
}

/** Search in the trace, with its matches; how much of the tree is open; the keys. */
export function TraceToolbar({ state, grid, search, views }: ToolbarProps) {
  return (
    <div className="flex shrink-0 flex-wrap items-center gap-2 border-line border-b px-4 py-1.5">
      {views}
      <TraceFind state={state} grid={grid} search={search} />
      <LevelChoice state={state} />
      <span className="ml-auto flex items-center gap-1 text-faint text-xs max-2xl:hidden">
        <Kbd>j</Kbd>
        <Kbd>k</Kbd> move <Kbd>←</Kbd>
        <Kbd>→</Kbd> fold <Kbd>Enter</Kbd> details <Kbd>/</Kbd> search
        <span aria-hidden className="ml-3 inline-block h-[3px] w-5 bg-text" /> critical path
      </span>
    </div>
  );
}
