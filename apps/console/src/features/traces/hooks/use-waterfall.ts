"use client";

import { parseAsBoolean, parseAsString, useQueryState } from "nuqs";
import { useCallback, useDeferredValue, useMemo, useState } from "react";
import { findSpans, stepMatch } from "../view-model/find-spans.ts";
import type { TraceLayout } from "../view-model/lay-out-trace.ts";
import { panned, zoomed } from "../view-model/time-view.ts";
import type { WaterfallAction } from "../view-model/waterfall-keys.ts";
import { reveal, waterfallRows, withAncestors } from "../view-model/waterfall-rows.ts";
import { useTimeView } from "./use-time-view.ts";

/** What the page's elements do themselves is left out. */
type StateAction = Exclude<WaterfallAction, { type: "search" | "scroll" }>;

/**
 * The waterfall's state. The opened span (`?span=`), the search (`?find=`) and the time shown (`?time=`) stand in the
 * address, so that a link shows the same; what is collapsed is the reader's own. `?only=` leaves out what the search does not find.
 */
export function useWaterfall({ tree, path, facts, split }: TraceLayout) {
  const [opened, setOpened] = useQueryState("span", parseAsString);
  const [find, setFind] = useQueryState("find", parseAsString.withDefault(""));
  const [only, setOnly] = useQueryState("only", parseAsBoolean.withDefault(false));
  const [selected, setSelected] = useState<string | undefined>(opened ?? undefined);
  const [collapsed, setCollapsed] = useState<ReadonlySet<string>>(new Set());

  const whole = useMemo(() => ({ fromNs: tree.startNs, toNs: tree.endNs }), [tree]);
  const { view, setView } = useTimeView(whole);
  const sought = useDeferredValue(find);
  const matches = useMemo(() => findSpans(tree, sought), [tree, sought]);
  const matching = useMemo(() => new Set(matches), [matches]);
  const kept = useMemo(
    () => (only && sought !== "" ? withAncestors(tree, matches) : undefined),
    [only, sought, tree, matches],
  );
  const rows = useMemo(() => waterfallRows(tree, collapsed, kept), [tree, collapsed, kept]);

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

  const collapseAll = useCallback(() => {
    const parents = [...tree.nodes.values()].filter((node) => node.children.length > 0 && node.depth > 0);
    setCollapsed(new Set(parents.map((node) => node.key)));
  }, [tree]);
  const expandAll = useCallback(() => setCollapsed(new Set()), []);

  const act = useCallback(
    (action: StateAction) => {
      switch (action.type) {
        case "select":
          return select(action.key);
        case "match": {
          const key = stepMatch(matches, selected, action.step);
          return key === undefined ? undefined : select(key);
        }
        case "error": {
          const key = stepMatch(findSpans(tree, "error"), selected, action.step);
          return key === undefined ? undefined : select(key);
        }
        case "open":
          return open(action.key);
        case "close":
          return void setOpened(null);
        case "collapse":
        case "expand":
          return fold(action.key, action.type === "collapse");
        case "collapse-all":
          return collapseAll();
        case "expand-all":
          return expandAll();
        case "zoom":
          return setView(zoomed(view, whole, action.factor));
        case "pan":
          return setView(panned(view, whole, action.step));
        case "whole":
          return setView(whole);
      }
    },
    [select, matches, selected, tree, open, fold, setOpened, collapseAll, expandAll, setView, view, whole],
  );

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
    only,
    setOnly,
    detail,
    whole,
    view,
    setView,
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
