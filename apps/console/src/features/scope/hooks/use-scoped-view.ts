"use client";

import { useMemo } from "react";
import { scopedView } from "../view-model/scoped-view.ts";
import { useScope } from "./use-scope.ts";

/** The part of a map that is looked at; the same object for as long as map and scope are. */
export function useScopedView<T extends Parameters<typeof scopedView>[0]>(
  view: T | undefined,
): T | undefined {
  const { scope } = useScope();
  return useMemo(() => view && scopedView(view, scope), [view, scope]);
}
