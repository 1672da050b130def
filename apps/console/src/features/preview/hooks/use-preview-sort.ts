"use client";

import { parseAsBoolean, parseAsStringLiteral, useQueryStates } from "nuqs";
import { type PreviewColumn, previewColumns } from "../view-model/outlook-rows.ts";

/** The order of the tables, `?sort=requests&descending=false`; a second choice of the same column turns it round. */
export function usePreviewSort() {
  const [{ sort, descending }, set] = useQueryStates({
    sort: parseAsStringLiteral(previewColumns).withDefault("refused"),
    descending: parseAsBoolean.withDefault(true),
  });
  const onChoose = (column: PreviewColumn) =>
    // Names read from A on, numbers are looked at from the largest.
    void set({
      sort: column,
      descending: column === sort ? !descending : !["name", "service"].includes(column),
    });
  return { sort, descending, onChoose };
}
