"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useTRPC } from "../../../client/trpc.ts";
import { Answer } from "../../../ui/answer.tsx";
import { formatCount, formatRate, formatSeconds, formatShare } from "../../../ui/format/numbers.ts";
import { formatMoment } from "../../../ui/format/times.ts";
import { Cell, HeadCell, Table } from "../../../ui/table.tsx";
import type { OfService } from "./service-overhead.tsx";

/** Methods and paths: what callers asked for (effective) against what reached the service (actual: each attempt). */
export function ServiceRoutes({ of }: { of: OfService }) {
  const routes = useQuery(useTRPC().services.routes.queryOptions(of, { placeholderData: keepPreviousData }));
  return (
    <Answer query={routes} what="its routes">
      {({ routes: rows, count, fromMs, toMs }) => {
        const seconds = Math.max(1, (toMs - fromMs) / 1_000);
        if (rows.length === 0)
          return <p className="p-4 text-muted">No request stands in the access logs of this window.</p>;
        return (
          <>
            <Table caption="Routes">
              <thead>
                <tr>
                  <HeadCell>Method</HeadCell>
                  <HeadCell>Path</HeadCell>
                  <HeadCell numeric>Effective</HeadCell>
                  <HeadCell numeric>Actual</HeadCell>
                  <HeadCell numeric>Errors</HeadCell>
                  <HeadCell numeric>p50</HeadCell>
                  <HeadCell numeric>p95</HeadCell>
                  <HeadCell numeric>p99</HeadCell>
                </tr>
              </thead>
              <tbody>
                {rows.map(({ method, path, effective, actual, p50, p95, p99 }) => (
                  <tr key={`${method} ${path}`} className="hover:bg-hover">
                    <Cell className="font-mono text-[0.8125rem]">{method}</Cell>
                    <Cell className="min-w-40 max-w-96 break-all font-mono text-[0.8125rem]">{path}</Cell>
                    <Cell numeric>{formatRate(effective.requests / seconds)}</Cell>
                    <Cell numeric>{formatRate(actual && actual.requests / seconds)}</Cell>
                    <Cell numeric className={effective.errors > 0 ? "text-failing" : "text-faint"}>
                      {effective.requests > 0 ? formatShare(effective.errors / effective.requests) : "–"}
                    </Cell>
                    <Cell numeric>{formatSeconds(p50)}</Cell>
                    <Cell numeric>{formatSeconds(p95)}</Cell>
                    <Cell numeric>{formatSeconds(p99)}</Cell>
                  </tr>
                ))}
              </tbody>
            </Table>
            <p className="px-4 py-2 text-faint text-xs">
              Effective: what callers asked for, each request once. Actual: what reached the service, each
              attempt by itself; more of it are retries, less never left the caller.
              {count > rows.length && ` The busiest ${rows.length} of ${formatCount(count)}.`} Read from{" "}
              {formatMoment(fromMs, toMs)} on.
            </p>
          </>
        );
      }}
    </Answer>
  );
}
