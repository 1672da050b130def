"use client";

import { useVirtualizer } from "@tanstack/react-virtual";
import { useCallback, useRef } from "react";

const rowHeight = 36;

/**
 * The rows of a table that are in sight of the `box` it scrolls in, of as many as there are. `above` and `below` are the
 * heights, in pixels, of those that are not (see `GapRow`); `measure` is the `ref` of each row.
 */
export function useVirtualRows<T>(rows: readonly T[], keyOf: (row: T) => string) {
  const box = useRef<HTMLElement>(null);
  const keyAt = useCallback(
    (index: number) => {
      const row = rows[index];
      return row === undefined ? index : keyOf(row);
    },
    [rows, keyOf],
  );
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => box.current,
    estimateSize: () => rowHeight,
    getItemKey: keyAt,
    overscan: 8,
  });
  const items = virtual.getVirtualItems();
  return {
    box,
    inSight: items.flatMap(({ index, key }) => {
      const row = rows[index];
      return row === undefined ? [] : [{ row, index, key }];
    }),
    above: items[0]?.start ?? 0,
    below: virtual.getTotalSize() - (items.at(-1)?.end ?? 0),
    measure: virtual.measureElement,
  };
}
