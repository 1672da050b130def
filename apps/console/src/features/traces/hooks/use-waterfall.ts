"use client";

import { parseAsString, useQueryState } from "nuqs";
import { useCallback, useMemo, useState } from "react";
import { failedSpans, stepMatch } from "../view-model/find/find-spans.ts";
import type { TraceLayout } from "../view-model/lay-out-trace.ts";
import { panned, zoomed } from "../view-model/time-view.ts";
import type { WaterfallAction } from "../view-model/waterfall-keys.ts";
import { waterfallRows } from "../view-model/waterfall-rows.ts";
import { useFind } from "./use-find.ts";
import { useFolding } from "./use-folding.ts";
import { useTimeView } from "./use-time-view.ts";

/** What the page's elements do themselves is left out. */
type StateAction = Exclude<WaterfallAction, { type: "search" | "scroll" }>;

/**
 * The waterfall's state. The opened span (`?span=`), the search (`?find=&only=`), the levels in sight (`?levels=`) and the
 * time shown (`?time=`) stand in the address, so that a link shows the same.
 */
export function useWaterfall(traceId: string, { tree, path, facts, split }: TraceLayout) {
  const [opened, setOpened] = useQueryState("span", parseAsString);
  const [selected, setSelected] = useState<string | undefined>(opened ?? undefined);
  const whole = useMemo(() => ({ fromNs: tree.startNs, toNs: tree.endNs }), [tree]);
  const { view, setView } = useTimeView(whole);
  const found = useFind(traceId, tree);
  const levels = useFolding(tree, facts.levels, opened);
  const { matches, kept } = found;
  const { folding, fold, reveal, showLevels, stepLevels } = levels;
  const rows = useMemo(() => waterfallRows(tree, folding, kept), [tree, folding, kept]);

  const select = useCallback(
    (key: string) => {
      reveal(key);
      setSelected(key);
      if (opened !== null) void setOpened(key);
    },
    [reveal, opened, setOpened],
  );
  const open = useCallback(
    (key: string) => {
      setSelected(key);
      void setOpened(key);
    },
    [setOpened],
  );

  const act = useCallback(
    (action: StateAction) => {
      const selectNext = (keys: readonly string[], step: 1 | -1) => {
        const key = stepMatch(keys, selected, step);
        if (key !== undefined) select(key);
      };
      switch (action.type) {
        case "select":
          return select(action.key);
        case "match":
          return selectNext(matches, action.step);
        case "error":
          return selectNext(failedSpans(tree), action.step);
        case "open":
          return open(action.key);
        case "close":
          return void setOpened(null);
        case "collapse":
        case "expand":
          return fold(action.key, action.type === "collapse");
        case "collapse-all":
          return showLevels(1);
        case "expand-all":
          return showLevels(Number.POSITIVE_INFINITY);
        case "levels":
          return showLevels(action.levels);
        case "step-levels":
          return stepLevels(action.step);
        case "zoom":
          return setView(zoomed(view, whole, action.factor));
        case "pan":
          return setView(panned(view, whole, action.step));
        case "whole":
          return setView(whole);
      }
    },
    [select, matches, selected, tree, open, fold, setOpened, showLevels, stepLevels, setView, view, whole],
  );

  const detail = opened === null ? undefined : tree.nodes.get(opened);
  return {
    ...{ tree, path, facts, split, rows, found, levels, selected, detail, whole, view, setView },
    /** By any key or button; another function after each move. */
    act,
    /** The same for as long as the page lives, so that rows need not be drawn again. */
    open,
    fold,
  };
}

export type WaterfallState = ReturnType<typeof useWaterfall>;
