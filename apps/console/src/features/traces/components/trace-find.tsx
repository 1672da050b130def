"use client";

import { ChevronDown, ChevronUp, Search } from "lucide-react";
import { type RefObject, useId } from "react";
import { Button } from "../../../ui/button.tsx";
import { formatCount, plural } from "../../../ui/format/numbers.ts";
import type { WaterfallState } from "../hooks/use-waterfall.ts";

interface FindProps {
  readonly state: WaterfallState;
  readonly grid: RefObject<HTMLElement | null>;
  readonly search: RefObject<HTMLInputElement | null>;
}

/** The search in the trace and the way through its matches. */
export function TraceFind({ state, grid, search }: FindProps) {
  const { find, setFind, fault } = state.found;
  const id = useId();
  return (
    <>
      <search className="relative max-sm:grow">
        <Search size={14} aria-hidden className="absolute top-2.5 left-2 text-faint" />
        <input
          ref={search}
          type="search"
          aria-label="Search in this trace"
          aria-invalid={fault !== undefined}
          aria-describedby={`${id}-status`}
          autoComplete="off"
          spellCheck={false}
          placeholder="error duration>20ms http.route=/pay …"
          title={
            'All of these at once, of one span: a text, error, a kind such as client, service = shop/cart, operation = "GET /cart", caller = web, version = v2, duration > 20ms, an attribute such as http.response.status_code = 500'
          }
          value={find}
          onChange={(event) => setFind(event.target.value)}
          onKeyDown={(event) => {
            if (event.key === "Enter") state.act({ type: "match", step: event.shiftKey ? -1 : 1 });
            if (event.key !== "Escape") return;
            // The browser would clear the field.
            event.preventDefault();
            grid.current?.focus();
          }}
          className="h-8 w-72 rounded-md border border-line-strong bg-surface pr-2 pl-7 max-sm:w-full aria-invalid:border-failing"
        />
      </search>
      {find !== "" && <Matches id={`${id}-status`} state={state} />}
    </>
  );
}

function Matches({ id, state }: { id: string; state: WaterfallState }) {
  const { matches, fault, asking, only, setOnly } = state.found;
  return (
    <span className="flex flex-wrap items-center gap-1">
      <span id={id} role="status" className={`text-xs ${fault ? "text-failing" : "text-muted"}`}>
        {fault ? fault.message : countOf(state)}
        {asking.isAsking && " …"}
      </span>
      {asking.failed && (
        <span className="text-failing text-xs">
          Attributes could not be searched.{" "}
          <Button look="quiet" size="small" onClick={asking.retry}>
            Try again
          </Button>
        </span>
      )}
      <Button
        look="quiet"
        size="small"
        aria-label="Previous match"
        disabled={matches.length === 0}
        onClick={() => state.act({ type: "match", step: -1 })}
      >
        <ChevronUp size={14} aria-hidden />
      </Button>
      <Button
        look="quiet"
        size="small"
        aria-label="Next match"
        disabled={matches.length === 0}
        onClick={() => state.act({ type: "match", step: 1 })}
      >
        <ChevronDown size={14} aria-hidden />
      </Button>
      <label className="ml-1 flex items-center gap-1.5 text-xs">
        <input
          type="checkbox"
          className="size-4 accent-(--accent)"
          checked={only}
          onChange={(event) => setOnly(event.target.checked)}
        />
        Matches only
      </label>
    </span>
  );
}

/** `3 of 17 matches` where the reader stands on one. */
function countOf({ found: { matches }, selected }: WaterfallState): string {
  const all = plural(matches.length, "match", "matches");
  const at = selected === undefined ? -1 : matches.indexOf(selected);
  return at < 0 ? all : `${formatCount(at + 1)} of ${all}`;
}
