"use client";

import { CircleX } from "lucide-react";
import type { ReactNode } from "react";
import { formatCount, formatNs, formatShare } from "../../../ui/format/numbers.ts";
import { Segments } from "../../../ui/segments.tsx";
import { SortHead } from "../../../ui/sort-head.tsx";
import { Cell, Table } from "../../../ui/table.tsx";
import { useStatistics } from "../hooks/use-statistics.ts";
import type { TraceLayout } from "../view-model/lay-out-trace.ts";
import type { StatisticsColumn, StatisticsRow } from "../view-model/trace-statistics.ts";
import { hueOf, ServiceMark } from "./service-mark.tsx";

/** More lines than anybody reads, and about as many as a page draws at once. */
const mostRows = 1_000;

const columns: readonly { readonly column: StatisticsColumn; readonly text: string }[] = [
  { column: "spans", text: "Spans" },
  { column: "totalNs", text: "Total" },
  { column: "selfNs", text: "Self time" },
  { column: "minNs", text: "Min" },
  { column: "averageNs", text: "Average" },
  { column: "p95Ns", text: "p95" },
  { column: "maxNs", text: "Max" },
  { column: "failed", text: "Errors" },
];

interface StatisticsProps {
  readonly layout: TraceLayout;
  /** Stands first among the controls. */
  readonly views: ReactNode;
  /** Shows the spans of a row in the timeline. */
  onFind(service: string, operation: string | undefined): void;
}

/** A trace in numbers, by service or by operation. */
export function StatisticsView({ layout, views, onFind }: StatisticsProps) {
  const { rows, group, setGroup, sort, descending, sortBy } = useStatistics(layout.tree);
  return (
    <div className="flex min-h-0 grow flex-col">
      <div className="flex shrink-0 flex-wrap items-center gap-2 border-line border-b px-4 py-1.5">
        {views}
        <Segments
          label="A line for each"
          value={group}
          onChange={setGroup}
          options={[
            { value: "service", label: "By service" },
            { value: "operation", label: "By operation" },
          ]}
        />
        <p role="status" className="text-muted text-xs">
          {rows.length > mostRows &&
            `The first ${formatCount(mostRows)} of ${formatCount(rows.length)} lines. `}
          Choose a line to see its spans in the timeline.
        </p>
      </div>
      <div className="min-h-0 grow overflow-y-auto">
        <Table caption="Statistics of this trace">
          <thead>
            <tr>
              <SortHead
                column="name"
                text={group === "service" ? "Service" : "Service and operation"}
                sort={sort}
                descending={descending}
                onChoose={sortBy}
              />
              {columns.map(({ column, text }) => (
                <SortHead
                  key={column}
                  numeric
                  column={column}
                  text={text}
                  sort={sort}
                  descending={descending}
                  onChoose={sortBy}
                />
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.slice(0, mostRows).map((row) => (
              <Line
                key={row.key}
                row={row}
                hue={hueOf(layout.facts.services, row.service)}
                onFind={() => onFind(row.service, row.operation)}
              />
            ))}
          </tbody>
        </Table>
      </div>
    </div>
  );
}

function Line({ row, hue, onFind }: { row: StatisticsRow; hue: string; onFind(): void }) {
  return (
    <tr className="hover:bg-hover">
      <Cell className="min-w-40 max-w-[min(32rem,60vw)]">
        <button
          type="button"
          onClick={onFind}
          className="flex max-w-full items-center gap-1.5 text-left hover:underline"
        >
          <ServiceMark hue={hue} />
          <span className="wrap-anywhere min-w-0">
            <bdi>{row.service}</bdi> <bdi className="text-muted">{row.operation}</bdi>
          </span>
        </button>
      </Cell>
      <Cell numeric>{formatCount(row.spans)}</Cell>
      <Cell numeric>{formatNs(row.totalNs)}</Cell>
      <Cell numeric className="whitespace-nowrap">
        {formatNs(row.selfNs)} <span className="text-muted">{formatShare(row.share)}</span>
        <span aria-hidden className="mt-0.5 block h-1 rounded-sm bg-sunken">
          <span
            className="ml-auto block h-1 rounded-sm"
            style={{ width: `${row.share * 100}%`, background: hue }}
          />
        </span>
      </Cell>
      <Cell numeric>{formatNs(row.minNs)}</Cell>
      <Cell numeric>{formatNs(row.averageNs)}</Cell>
      <Cell numeric>{formatNs(row.p95Ns)}</Cell>
      <Cell numeric>{formatNs(row.maxNs)}</Cell>
      <Cell numeric>
        {row.failed > 0 ? (
          <span className="inline-flex items-center gap-1 text-failing">
            <CircleX size={12} aria-hidden />
            {formatCount(row.failed)}
          </span>
        ) : (
          "0"
        )}
      </Cell>
    </tr>
  );
}
