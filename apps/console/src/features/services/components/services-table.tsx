"use client";

import { useMemo } from "react";
import { GapRow } from "../../../ui/gap-row.tsx";
import { SortHead } from "../../../ui/sort-head.tsx";
import { HeadCell } from "../../../ui/table.tsx";
import { useVirtualRows } from "../../../ui/use-virtual-rows.ts";
import { useSort } from "../hooks/use-sort.ts";
import type { CourseMark } from "../view-model/course-marks.ts";
import { type ServiceRow, type SortKey, sortServices } from "../view-model/sort-services.ts";
import { ServicesTableRow } from "./services-table-row.tsx";

const columns: readonly { text: string; column?: SortKey; numeric?: boolean }[] = [
  { text: "Service", column: "name" },
  { text: "Health", column: "health" },
  { text: "Mode", column: "mode" },
  { text: "Versions" },
  { text: "Requests over time" },
  { text: "Rate", column: "rate", numeric: true },
  { text: "Errors", column: "errors", numeric: true },
  { text: "p50", column: "p50", numeric: true },
  { text: "p95", column: "p95", numeric: true },
  { text: "p99", column: "p99", numeric: true },
];

interface ServicesTableProps {
  readonly rows: readonly ServiceRow[];
  /** What was changed, on the course of each. */
  marksOf(row: ServiceRow): readonly CourseMark[];
}

/** Services in the order people choose, as many as there are: only the rows in sight are in the page. */
export function ServicesTable({ rows: unsorted, marksOf }: ServicesTableProps) {
  const { sort, descending, choose } = useSort();
  const rows = useMemo(() => sortServices(unsorted, sort, descending), [unsorted, sort, descending]);
  const { box, inSight, above, below, measure } = useVirtualRows(rows, idOf);
  return (
    <section
      ref={box}
      aria-label="Services"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard (WCAG 2.1.1)
      tabIndex={0}
      className="relative max-h-[max(20rem,calc(100dvh-13rem))] overflow-auto"
    >
      <table aria-rowcount={rows.length + 1} className="w-full border-collapse text-sm">
        <caption className="sr-only">Services</caption>
        <thead className="sticky top-0 z-10 bg-surface">
          <tr aria-rowindex={1}>
            {columns.map(({ text, column, numeric = false }) =>
              column ? (
                <SortHead key={text} {...{ column, text, sort, descending, numeric }} onChoose={choose} />
              ) : (
                <HeadCell key={text}>{text}</HeadCell>
              ),
            )}
          </tr>
        </thead>
        <tbody>
          <GapRow height={above} columns={columns.length} />
          {inSight.map(({ row, index, key }) => (
            <ServicesTableRow key={key} {...{ row, index, measure }} marks={marksOf(row)} />
          ))}
          <GapRow height={below} columns={columns.length} />
        </tbody>
      </table>
    </section>
  );
}

function idOf({ id }: ServiceRow): string {
  return id;
}
