"use client";

import { parseAsArrayOf, parseAsBoolean, parseAsStringLiteral, useQueryStates } from "nuqs";
import {
  isDescendingUnlessTold,
  isSortable,
  topKeys,
  topKeysUnlessTold,
  topMeasures,
} from "../../../server/tap/top-order.ts";

type Key = (typeof topKeys)[number];
type Sort = Key | (typeof topMeasures)[number];

/**
 * What requests are put together by, and in which order, `?by=source,status&sort=p99`; a second choice of the same
 * column turns it round. An address that sorts by what is not shown has the most frequent first.
 */
export function useTopOrder() {
  const [state, set] = useQueryStates({
    by: parseAsArrayOf(parseAsStringLiteral(topKeys)).withDefault([...topKeysUnlessTold]),
    sort: parseAsStringLiteral([...topKeys, ...topMeasures]).withDefault("requests"),
    descending: parseAsBoolean,
  });
  const asked = topKeys.filter((key) => state.by.includes(key));
  const by = asked.length > 0 ? asked : topKeysUnlessTold;
  const sort: Sort = isSortable(state.sort, by) ? state.sort : "requests";
  const descending = state.descending ?? isDescendingUnlessTold(sort);
  return {
    ...{ by, sort, descending },
    chooseKeys: (keys: readonly Key[]) => void set({ by: topKeys.filter((key) => keys.includes(key)) }),
    chooseSort: (next: Sort) => void set({ sort: next, descending: next === sort ? !descending : null }),
  };
}
