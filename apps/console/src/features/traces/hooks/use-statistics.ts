"use client";

import { parseAsBoolean, parseAsStringLiteral, useQueryStates } from "nuqs";
import { useMemo } from "react";
import type { SpanTree } from "../view-model/span-tree.ts";
import {
  type StatisticsColumn,
  sortStatistics,
  statisticsColumns,
  traceStatistics,
} from "../view-model/trace-statistics.ts";

const parsers = {
  group: parseAsStringLiteral(["service", "operation"] as const).withDefault("service"),
  sort: parseAsStringLiteral(statisticsColumns).withDefault("selfNs"),
  ascending: parseAsBoolean.withDefault(false),
};

/** The statistics of a trace, grouped and sorted as the address says (`?group=&sort=&ascending=`). */
export function useStatistics(tree: SpanTree) {
  const [{ group, sort, ascending }, set] = useQueryStates(parsers);
  const found = useMemo(() => traceStatistics(tree, group), [tree, group]);
  const rows = useMemo(() => sortStatistics(found, sort, !ascending), [found, sort, ascending]);
  return {
    ...{ rows, group, sort, descending: !ascending },
    setGroup: (next: "service" | "operation") => void set({ group: next }),
    /** The same column again turns the order round; names begin at their first, numbers at their largest. */
    sortBy: (column: StatisticsColumn) =>
      void set({ sort: column, ascending: column === sort ? !ascending : column === "name" }),
  };
}
