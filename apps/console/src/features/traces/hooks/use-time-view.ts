"use client";

import { createParser, useQueryState } from "nuqs";
import { useCallback, useMemo } from "react";
import { isWhole, parseView, printView, type TimeView, within } from "../view-model/time-view.ts";

const viewParam = createParser<TimeView>({
  parse: parseView,
  serialize: printView,
  eq: (a, b) => printView(a) === printView(b),
}).withOptions({ throttleMs: 200 });

/** The time that the bars show (`?time=`); the whole trace where the address says nothing. */
export function useTimeView(whole: TimeView) {
  const [asked, setAsked] = useQueryState("time", viewParam);
  const view = useMemo(() => (asked ? within(asked, whole) : whole), [asked, whole]);
  const setView = useCallback(
    (next: TimeView) => void setAsked(isWhole(next, whole) ? null : next),
    [setAsked, whole],
  );
  return { view, setView };
}
