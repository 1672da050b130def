"use client";

import { useVirtualizer } from "@tanstack/react-virtual";
import { ArrowDown, ArrowUp } from "lucide-react";
import { useCallback, useRef } from "react";
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
            {columns.map((column) => (
              <Head key={column.text} {...column} {...{ descending, onSort }} active={column.sort === sort} />
            ))}
          </tr>
        </thead>
        <tbody>
          <Gap height={above} />
          {items.map(({ index, key }) => {
            const row = rows[index];
            return (
              row && <SidecarTableRow key={key} {...{ row, index, nowMs }} measure={virtual.measureElement} />
            );
          })}
          <Gap height={below} />
        </tbody>
      </table>
    </section>
  );
}

interface HeadProps {
  readonly text: string;
  readonly sort?: SidecarSort;
  readonly numeric?: boolean;
  readonly active: boolean;
  readonly descending: boolean;
  onSort(sort: SidecarSort): void;
}

function Head({ text, sort, numeric = false, active, descending, onSort }: HeadProps) {
  if (!sort) return <HeadCell numeric={numeric}>{text}</HeadCell>;
  const Arrow = descending ? ArrowDown : ArrowUp;
  return (
    <HeadCell numeric={numeric} aria-sort={active ? (descending ? "descending" : "ascending") : "none"}>
      <button
        type="button"
        onClick={() => onSort(sort)}
        className="inline-flex h-8 items-center gap-1 hover:text-text"
      >
        {text}
        {active && <Arrow size={12} aria-hidden />}
      </button>
    </HeadCell>
  );
}

/** Stands for the rows that are not in sight. */
function Gap({ height }: { height: number }) {
  if (height <= 0) return null;
  return (
    <tr aria-hidden>
      <td colSpan={columns.length} style={{ height, padding: 0 }} />
    </tr>
  );
}
