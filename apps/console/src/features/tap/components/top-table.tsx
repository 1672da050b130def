"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useTRPC } from "../../../client/trpc.ts";
import type { TapFilter } from "../../../server/tap/tap-filter.ts";
import { EmptyState } from "../../../ui/empty-state.tsx";
import { ErrorState } from "../../../ui/error-state.tsx";
import { formatCount } from "../../../ui/format/numbers.ts";
import { SkeletonRows } from "../../../ui/skeleton.tsx";
import { SortHead } from "../../../ui/sort-head.tsx";
import { Table } from "../../../ui/table.tsx";
import { useTopOrder } from "../hooks/use-top-order.ts";
import { KeyChoice } from "./key-choice.tsx";
import { TopTableRow } from "./top-table-row.tsx";

const refreshMs = 2_000;

/** The last minute put together by choice; read again every two seconds unless paused. */
export function TopTable({ filter, paused }: { readonly filter: TapFilter; readonly paused: boolean }) {
  const { by, sort, descending, chooseKeys, chooseSort } = useTopOrder();
  const top = useQuery(
    useTRPC().tap.top.queryOptions(
      { ...filter, by: [...by], sort, descending },
      { placeholderData: keepPreviousData, refetchInterval: paused ? false : refreshMs },
    ),
  );
  // Rows are of the grouping they were read by, which may be the one before.
  const rows = top.data?.rows ?? [];
  const shownBy = rows[0] ? by.filter((key) => rows[0]?.[key] !== undefined) : by;
  const head = { sort, descending, onChoose: chooseSort };
  return (
    <div className="flex flex-col">
      <div className="flex flex-wrap items-center gap-3 p-3">
        <KeyChoice chosen={by} onChange={chooseKeys} />
        <p className="text-muted text-xs">
          the last minute, by the access log
          {top.data && top.data.groups > rows.length
            ? `; the first ${rows.length} of ${formatCount(top.data.groups)} rows`
            : ""}
        </p>
      </div>
      {top.isPending && <SkeletonRows rows={8} what="requests" />}
      {top.isError && <ErrorState error={top.error} what="the requests" retry={() => void top.refetch()} />}
      {top.data && rows.length === 0 && (
        <EmptyState title="No such request in the last minute">One that comes is counted at once.</EmptyState>
      )}
      {top.data && rows.length > 0 && (
        <Table caption="Requests of the last minute, put together">
          <thead>
            <tr>
              {shownBy.map((key) => (
                <SortHead {...head} key={key} column={key} text={headings[key]} />
              ))}
              <SortHead {...head} column="requests" text="Requests" numeric />
              <SortHead {...head} column="success" text="Success" numeric />
              <SortHead {...head} column="errors" text="Errors" numeric />
              <SortHead {...head} column="p50" text="p50" numeric />
              <SortHead {...head} column="p95" text="p95" numeric />
              <SortHead {...head} column="p99" text="p99" numeric />
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <TopTableRow
                key={JSON.stringify(shownBy.map((key) => row[key]))}
                row={row}
                by={shownBy}
                seconds={top.data.seconds}
              />
            ))}
          </tbody>
        </Table>
      )}
    </div>
  );
}

const headings = {
  ...{ source: "From", destination: "To", version: "Version" },
  ...{ method: "Method", path: "Path", status: "Status" },
} as const;
