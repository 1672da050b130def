"use client";

import { parseAsBoolean, parseAsString, parseAsStringLiteral, useQueryStates } from "nuqs";
import { type SidecarSort, sidecarSorts } from "../view-model/sidecar-rows.ts";
import { sidecarStates } from "../view-model/sidecar-state.ts";

const largestFirst: readonly SidecarSort[] = ["added", "cpu", "memory", "since"];

/** Which sidecars are shown in which order; it stands in the address (`?sort=added&descending=true&state=refused&of=cart`). */
export function useSidecarView() {
  const [view, set] = useQueryStates({
    sort: parseAsStringLiteral(sidecarSorts).withDefault("state"),
    descending: parseAsBoolean.withDefault(false),
    state: parseAsStringLiteral(["any", ...sidecarStates]).withDefault("any"),
    of: parseAsString.withDefault(""),
  });
  return {
    ...view,
    setState: (state: typeof view.state) => void set({ state }),
    setOf: (of: string) => void set({ of }),
    /** A second choice of the same column turns it round. */
    choose: (sort: SidecarSort) =>
      void set({
        sort,
        descending: sort === view.sort ? !view.descending : largestFirst.includes(sort),
      }),
  };
}
