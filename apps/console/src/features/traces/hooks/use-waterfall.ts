"use client";

import { parseAsString, useQueryState } from "nuqs";
import { useCallback, useMemo, useState } from "react";
import { criticalPath } from "../view-model/critical-path.ts";
import { findSpans, stepMatch } from "../view-model/find-spans.ts";
import { spanTree } from "../view-model/span-tree.ts";
import { timeSplit } from "../view-model/time-split.ts";
import { traceFacts } from "../view-model/trace-facts.ts";
import type { WaterfallAction } from "../view-model/waterfall-keys.ts";
import { reveal, waterfallRows } from "../view-model/waterfall-rows.ts";
import type { WaterfallSpan } from "../view-model/waterfall-span.ts";

/**
 * The waterfall's state. The opened span (`?span=`) and the search (`?find=`) stand in the address, so that a link
 * shows the same; what is collapsed is the reader's own.
 */
export function useWaterfall(spans: readonly WaterfallSpan[]) {
  const [opened, setOpened] = useQueryState("span", parseAsString);
  const [find, setFind] = useQueryState("find", parseAsString.withDefault(""));
  const [selected, setSelected] = useState<string | undefined>(opened ?? undefined);
  const [collapsed, setCollapsed] = useState<ReadonlySet<string>>(new Set());

  const tree = useMemo(() => spanTree(spans), [spans]);
  const path = useMemo(() => criticalPath(tree), [tree]);
  const facts = useMemo(() => traceFacts(tree), [tree]);
  const split = useMemo(() => timeSplit(tree, path), [tree, path]);
  const rows = useMemo(() => waterfallRows(tree, collapsed), [tree, collapsed]);
  const matches = useMemo(() => findSpans(tree, find), [tree, find]);
  const matching = useMemo(() => new Set(matches), [matches]);

  const select = useCallback(
    (key: string) => {
      setCollapsed((now) => reveal(tree, now, key));
      setSelected(key);
      if (opened !== null) void setOpened(key);
    },
    [tree, opened, setOpened],
  );

  const open = useCallback(
    (key: string) => {
      setSelected(key);
      void setOpened(key);
    },
    [setOpened],
  );
  const fold = useCallback((key: string, collapse: boolean) => {
    setCollapsed((now) => (collapse ? new Set(now).add(key) : now.difference(new Set([key]))));
  }, []);

  const act = useCallback(
    (action: Exclude<WaterfallAction, { type: "search" }>) => {
      switch (action.type) {
        case "select":
          return select(action.key);
        case "match": {
          const key = stepMatch(matches, selected, action.step);
          return key === undefined ? undefined : select(key);
        }
        case "open":
          return open(action.key);
        case "close":
          return void setOpened(null);
        case "collapse":
        case "expand":
          return fold(action.key, action.type === "collapse");
      }
    },
    [select, matches, selected, open, fold, setOpened],
  );

  const collapseAll = useCallback(() => {
    setCollapsed(
      new Set([...tree.nodes.values()].filter((n) => n.children.length > 0 && n.depth > 0).map((n) => n.key)),
    );
  }, [tree]);
  const expandAll = useCallback(() => setCollapsed(new Set()), []);

  const detail = opened === null ? undefined : tree.nodes.get(opened);
  return {
    tree,
    path,
    facts,
    split,
    rows,
    matches,
    matching,
    selected,
    find,
    setFind,
    detail,
    /** By any key or button; another function after each move. */
    act,
    /** The same for as long as the page lives, so that rows need not be drawn again. */
    open,
    fold,
    collapseAll,
    expandAll,
  };
}

export type WaterfallState = ReturnType<typeof useWaterfall>;
