"use client";

import { parseAsBoolean, parseAsStringLiteral, useQueryStates } from "nuqs";
import { type SortKey, sortKeys } from "../view-model/sort-services.ts";

/** The order of the table, `?sort=p99&descending=true`; a second choice of the same column turns it round. */
export function useSort() {
  const [{ sort, descending }, set] = useQueryStates({
    sort: parseAsStringLiteral(sortKeys).withDefault("name"),
    descending: parseAsBoolean.withDefault(false),
  });
  const choose = (key: SortKey) =>
    // Names read from A on, numbers are looked at from the largest.
    void set({
      sort: key,
      descending: key === sort ? !descending : !["name", "health", "mode"].includes(key),
    });
  return { sort, descending, choose };
}
