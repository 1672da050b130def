"use client";

import { ChevronDown, ChevronsDownUp, ChevronsUpDown, ChevronUp, Search } from "lucide-react";
import type { ReactNode, RefObject } from "react";
import { Button } from "../../../ui/button.tsx";
import { plural } from "../../../ui/format/numbers.ts";
import { Kbd } from "../../../ui/kbd.tsx";
import type { WaterfallState } from "../hooks/use-waterfall.ts";

interface ToolbarProps {
  readonly state: WaterfallState;
  readonly grid: RefObject<HTMLElement | null>;
  readonly search: RefObject<HTMLInputElement | null>;
  /** Stands first. */
  readonly views: ReactNode;
}

/** Search in the trace, with its matches; opening and closing everything; the keys. */
export function TraceToolbar({ state, grid, search, views }: ToolbarProps) {
  const { find, matches, act } = state;
  return (
    <div className="flex shrink-0 flex-wrap items-center gap-2 border-line border-b px-4 py-1.5">
      {views}
      <search className="relative max-sm:grow">
        <Search size={14} aria-hidden className="absolute top-2.5 left-2 text-faint" />
        <input
          ref={search}
          type="search"
          aria-label="Search in this trace"
          placeholder="name, error, client, duration>20ms …"
          value={find}
          onChange={(event) => void state.setFind(event.target.value || null)}
          onKeyDown={(event) => {
            if (event.key === "Enter") act({ type: "match", step: event.shiftKey ? -1 : 1 });
            if (event.key !== "Escape") return;
            // The browser would clear the field.
            event.preventDefault();
            grid.current?.focus();
          }}
          className="h-8 w-64 rounded-md border border-line-strong bg-surface pr-2 pl-7 max-sm:w-full"
        />
      </search>
      {find !== "" && (
        <span className="flex items-center gap-1">
          <span role="status" className="text-muted text-xs">
            {plural(matches.length, "match", "matches")}
          </span>
          <Button
            look="quiet"
            size="small"
            aria-label="Previous match"
            disabled={matches.length === 0}
            onClick={() => act({ type: "match", step: -1 })}
          >
            <ChevronUp size={14} aria-hidden />
          </Button>
          <Button
            look="quiet"
            size="small"
            aria-label="Next match"
            disabled={matches.length === 0}
            onClick={() => act({ type: "match", step: 1 })}
          >
            <ChevronDown size={14} aria-hidden />
          </Button>
          <label className="ml-1 flex items-center gap-1.5 text-xs">
            <input
              type="checkbox"
              className="size-4 accent-(--accent)"
              checked={state.only}
              onChange={(event) => void state.setOnly(event.target.checked || null)}
            />
            Matches only
          </label>
        </span>
      )}
      <Button look="quiet" size="small" onClick={state.expandAll}>
        <ChevronsUpDown size={13} aria-hidden /> <span className="max-sm:sr-only">Expand all</span>
      </Button>
      <Button look="quiet" size="small" onClick={state.collapseAll}>
        <ChevronsDownUp size={13} aria-hidden /> <span className="max-sm:sr-only">Collapse all</span>
      </Button>
      <span className="ml-auto flex items-center gap-1 text-faint text-xs max-2xl:hidden">
        <Kbd>j</Kbd>
        <Kbd>k</Kbd> move <Kbd>←</Kbd>
        <Kbd>→</Kbd> fold <Kbd>Enter</Kbd> details <Kbd>/</Kbd> search
        <span aria-hidden className="ml-3 inline-block h-[3px] w-5 bg-text" /> critical path
      </span>
    </div>
  );
}
