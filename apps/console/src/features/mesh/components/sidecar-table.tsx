"use client";

import { GapRow } from "../../../ui/gap-row.tsx";
import { SortHead } from "../../../ui/sort-head.tsx";
import { HeadCell } from "../../../ui/table.tsx";
import { useVirtualRows } from "../../../ui/use-virtual-rows.ts";
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
  { text: "CPU", sort: "cpu", numeric: true },
  { text: "Memory", sort: "memory", numeric: true },
  { text: "Address" },
  { text: "Since", sort: "since" },
  { text: "Release", sort: "release" },
];

/** Sidecars, as many as there are: only the rows in sight are in the page. */
export function SidecarTable({ rows, nowMs, sort, descending, onSort }: SidecarTableProps) {
  const { box, inSight, above, below, measure } = useVirtualRows(rows, proxyIdOf);
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
          {inSight.map(({ row, index, key }) => (
            <SidecarTableRow key={key} {...{ row, index, nowMs, measure }} />
          ))}
          <GapRow height={below} columns={columns.length} />
        </tbody>
      </table>
    </section>
  );
}

function proxyIdOf({ proxyId }: SidecarRow): string {
  return proxyId;
}
