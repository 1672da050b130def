"use client";

import { useVirtualizer } from "@tanstack/react-virtual";
import { useCallback, useRef } from "react";
import { GapRow } from "../../../ui/gap-row.tsx";
import { SortHead } from "../../../ui/sort-head.tsx";
import { HeadCell } from "../../../ui/table.tsx";
import type { SidecarRow, SidecarSort } from "../view-model/sidecar-rows.ts";
import { SidecarTableRow } from "./sidecar-table-row.tsx";

interface SidecarTableProps {
  readonly rows: readonly SidecarRow[];
  readonly nowMs: number;
  readonly sort: SidecarSort;
  readonly descending: boolean;
  onSort(sort: SidecarSort): void;
}

const columns: readonly { text: string; sort?: SidecarSort; numeric?: boolean }[] = [
  { text: "Workload", sort: "workload" },
  { text: "Config", sort: "state" },
  { text: "Wanted" },
  { text: "Runs" },
  { text: "Added, mean", sort: "added", numeric: true },
  { text: "Address" },
  { text: "Since", sort: "since" },
  { text: "Release", sort: "release" },
];

const rowHeight = 36;

/** Sidecars, as many as there are: only the rows in sight are in the page. */
export function SidecarTable({ rows, nowMs, sort, descending, onSort }: SidecarTableProps) {
  const box = useRef<HTMLElement>(null);
  const keyOf = useCallback((index: number) => rows[index]?.proxyId ?? index, [rows]);
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => box.current,
    estimateSize: () => rowHeight,
    getItemKey: keyOf,
    overscan: 8,
  });
  const items = virtual.getVirtualItems();
  const above = items[0]?.start ?? 0;
  const below = virtual.getTotalSize() - (items.at(-1)?.end ?? 0);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard (WCAG 2.1.1)
    <section ref={box} aria-label="Sidecars" tabIndex={0} className="relative max-h-[70vh] overflow-auto">
      <table aria-rowcount={rows.length + 1} className="w-full border-collapse text-sm">
        <caption className="sr-only">Sidecars</caption>
        <thead className="sticky top-0 z-10 bg-surface">
          <tr aria-rowindex={1}>
            {columns.map(({ text, sort: column, numeric = false }) =>
              column ? (
                <SortHead key={text} {...{ column, text, sort, descending, numeric }} onChoose={onSort} />
              ) : (
                <HeadCell key={text}>{text}</HeadCell>
              ),
            )}
          </tr>
        </thead>
        <tbody>
          <GapRow height={above} columns={columns.length} />
          {items.map(({ index, key }) => {
            const row = rows[index];
            return (
              row && <SidecarTableRow key={key} {...{ row, index, nowMs }} measure={virtual.measureElement} />
            );
          })}
          <GapRow height={below} columns={columns.length} />
        </tbody>
      </table>
    </section>
  );
}
