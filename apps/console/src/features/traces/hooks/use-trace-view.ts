"use client";

import { parseAsBoolean, parseAsString, parseAsStringLiteral, useQueryStates } from "nuqs";

const views = ["timeline", "flame", "statistics"] as const;
export type TraceViewName = (typeof views)[number];

const parsers = {
  view: parseAsStringLiteral(views).withDefault("timeline"),
  find: parseAsString,
  only: parseAsBoolean,
};

/** How a trace is shown (`?view=`); each change is a step that Back undoes, and none what changes nothing. */
export function useTraceView() {
  const [{ view }, set] = useQueryStates(parsers, { history: "push" });
  return {
    view,
    setView: (next: TraceViewName) => {
      if (next !== view) void set({ view: next });
    },
    /** The spans that meet a search, alone in the timeline. */
    showFound: (find: string) => void set({ view: "timeline", find, only: true }),
  };
}
