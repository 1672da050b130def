"use client";

import { parseAsInteger, useQueryState } from "nuqs";
import { useCallback, useMemo, useState } from "react";
import { allOpen, type Folding, revealing, stepLevels, withFolded } from "../view-model/folding.ts";
import type { SpanTree } from "../view-model/span-tree.ts";

/**
 * What is folded in a trace. The levels in sight stand in the address (`?levels=`); the spans that are opened or folded
 * one by one are the reader's own, and forgotten with the next choice of levels. `shown` is in sight at first.
 */
export function useFolding(tree: SpanTree, deepest: number, shown: string | null) {
  const [asked, setAsked] = useQueryState("levels", parseAsInteger);
  const levels = asked !== null && asked >= 1 ? asked : allOpen.levels;
  const [held, setHeld] = useState<Folding>(() => revealing({ ...allOpen, levels }, tree, shown ?? ""));
  const folding = useMemo<Folding>(
    () => (held.levels === levels ? held : { ...allOpen, levels }),
    [held, levels],
  );

  const change = useCallback(
    (next: (now: Folding) => Folding) =>
      setHeld((now) => next(now.levels === levels ? now : { ...allOpen, levels })),
    [levels],
  );
  const fold = useCallback(
    (key: string, folded: boolean) => {
      const node = tree.nodes.get(key);
      if (node) change((now) => withFolded(now, [node], folded));
    },
    [tree, change],
  );
  const reveal = useCallback((key: string) => change((now) => revealing(now, tree, key)), [tree, change]);
  const showLevels = useCallback(
    (next: number) => {
      const all = next >= deepest;
      setHeld({ ...allOpen, levels: all ? allOpen.levels : next });
      void setAsked(all ? null : next);
    },
    [deepest, setAsked],
  );
  const step = useCallback(
    (by: 1 | -1) => showLevels(stepLevels(levels, by, deepest)),
    [showLevels, levels, deepest],
  );
  return { folding, levels, deepest, fold, reveal, showLevels, stepLevels: step };
}
