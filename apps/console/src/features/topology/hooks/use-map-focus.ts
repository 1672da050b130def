"use client";

import { neighbourWays } from "@weir/graph";
import { parseAsString, parseAsStringLiteral, useQueryStates } from "nuqs";
import { useMemo } from "react";
import { focusDepths } from "../view-model/view-around.ts";

/** The node whose neighbourhood alone the map shows, as `?around=shop/payments&depth=2&way=callers` in the address. */
export function useMapFocus() {
  const [{ around, depth, way }, set] = useQueryStates(
    {
      around: parseAsString,
      depth: parseAsStringLiteral(focusDepths).withDefault("1"),
      way: parseAsStringLiteral(neighbourWays).withDefault("both"),
    },
    { history: "push" },
  );
  const focus = useMemo(() => (around === null ? undefined : { around, depth, way }), [around, depth, way]);
  return {
    focus,
    focusOn: (next: { around: string; depth?: typeof depth; way?: typeof way }) =>
      void set({ depth: null, way: null, ...next }),
    change: (next: { depth?: typeof depth; way?: typeof way }) => void set(next),
    showAll: () => void set({ around: null, depth: null, way: null }),
  };
}
