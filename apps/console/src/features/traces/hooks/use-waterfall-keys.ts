"use client";

import { type RefObject, useEffect } from "react";
import { isTyping } from "../../frame/index.ts";
import { waterfallKey } from "../view-model/waterfall-keys.ts";
import type { WaterfallState } from "./use-waterfall.ts";

/**
 * The waterfall's keys work as soon as the page is there, without a click into it first; never while something
 * else that uses keys has the focus. `/` goes to the search from anywhere but a field.
 */
export function useWaterfallKeys(
  { rows, selected, act }: Pick<WaterfallState, "rows" | "selected" | "act">,
  grid: RefObject<HTMLElement | null>,
  search: RefObject<HTMLInputElement | null>,
) {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
      const { target } = event;
      if (!(target instanceof HTMLElement) || isTyping(target)) return;
      const action = waterfallKey(event.key, rows, selected);
      const here = target === document.body || grid.current?.contains(target);
      if (!action || !(here || action.type === "search" || action.type === "close")) return;
      event.preventDefault();
      if (action.type === "search") search.current?.focus();
      else if (action.type === "scroll")
        grid.current?.scrollBy({ top: (action.step * grid.current.clientHeight) / 2 });
      else act(action);
      if (action.type === "close") grid.current?.focus();
    };
    document.addEventListener("keydown", onKeyDown);
    return () => document.removeEventListener("keydown", onKeyDown);
  }, [rows, selected, act, grid, search]);
}
