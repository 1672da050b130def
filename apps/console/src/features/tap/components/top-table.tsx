"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { parseAsStringLiteral, useQueryState } from "nuqs";
import { useTRPC } from "../../../client/trpc.ts";
import type { TapFilter } from "../../../server/tap/tap-filter.ts";
import { ErrorState } from "../../../ui/error-state.tsx";
import { formatCount, formatRate, formatSeconds, formatShare } from "../../../ui/format/numbers.ts";
import { Segments } from "../../../ui/segments.tsx";
import { SkeletonRows } from "../../../ui/skeleton.tsx";
import { Cell, HeadCell, Table } from "../../../ui/table.tsx";

const groupings = ["edge", "route", "status"] as const;
const refreshMs = 2_000;

/** The last minute put together, the most frequent first; read again every two seconds unless paused. */
export function TopTable({ filter, paused }: { readonly filter: TapFilter; readonly paused: boolean }) {
  const [by, setBy] = useQueryState("by", parseAsStringLiteral(groupings).withDefault("route"));
  const top = useQuery(
    useTRPC().tap.top.queryOptions(
      { ...filter, by },
      { placeholderData: keepPreviousData, refetchInterval: paused ? false : refreshMs },
    ),
  );
  return (
    <div className="flex flex-col">
      <div className="flex items-center gap-3 p-3">
        <Segments
          label="Put together by"
          value={by}
          onChange={(next) => void setBy(next)}
          options={groupings.map((value) => ({ value, label: value }))}
        />
        <p className="text-muted text-xs">the last minute, by the access log</p>
      </div>
      {top.isPending && <SkeletonRows rows={8} what="requests" />}
      {top.isError && !top.data && (
        <ErrorState error={top.error} what="the requests" retry={() => void top.refetch()} />
      )}
      {top.data && (
        <Table caption="Most frequent requests of the last minute">
          <thead>
            <tr>
              <HeadCell>{by === "status" ? "Status" : by === "edge" ? "From, to" : "To, request"}</HeadCell>
              <HeadCell numeric>Requests</HeadCell>
              <HeadCell numeric>Rate</HeadCell>
              <HeadCell numeric>Success</HeadCell>
              <HeadCell numeric>p50</HeadCell>
              <HeadCell numeric>p95</HeadCell>
              <HeadCell numeric>p99</HeadCell>
            </tr>
          </thead>
          <tbody>
            {top.data.rows.map((row) => (
              <tr key={nameOf(row)} className="hover:bg-hover">
                <Cell className="max-w-xl truncate" title={nameOf(row)}>
                  {nameOf(row)}
                </Cell>
                <Cell numeric>{formatCount(row.requests)}</Cell>
                <Cell numeric>{formatRate(row.requests / top.data.seconds)}</Cell>
                <Cell numeric className={row.errors > 0 ? "text-failing" : undefined}>
                  {formatShare(1 - row.errors / row.requests)}
                </Cell>
                <Cell numeric>{formatSeconds(row.p50)}</Cell>
                <Cell numeric>{formatSeconds(row.p95)}</Cell>
                <Cell numeric>{formatSeconds(row.p99)}</Cell>
              </tr>
            ))}
          </tbody>
        </Table>
      )}
    </div>
  );
}

interface Service {
  readonly namespace: string;
  readonly service: string;
}

interface Named {
  readonly source: Service | undefined;
  readonly destination: Service | undefined;
  readonly method: string | undefined;
  readonly path: string | undefined;
  readonly status: number | undefined;
}

function nameOf({ source, destination, method, path, status }: Named): string {
  if (status !== undefined) return status === 0 ? "no response" : String(status);
  if (source) return `${fullName(source)} to ${fullName(destination)}`;
  return `${fullName(destination)} ${method} ${path}`;
}

function fullName(name: Service | undefined): string {
  return name === undefined || name.namespace === ""
    ? (name?.service ?? "")
    : `${name.namespace}/${name.service}`;
}
