"use client";

import { keepPreviousData, useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { useCallback, useMemo, useState } from "react";
import { useTRPC } from "../../../client/trpc.ts";
import type { TracePageOfRows } from "../../../server/traces/search.ts";
import { useLive } from "../../live/index.ts";
import { useWindow } from "../../time/index.ts";
import { newTraces, refreshed } from "../view-model/new-traces.ts";
import { useTraceFilters } from "./use-trace-filters.ts";

const refreshMs = 4_000;

/**
 * Found traces, the newest first. New ones are counted, not put in, until `showNew` is called; `older` goes on from
 * the end of what is shown. Other filters or another window begin anew.
 */
export function useTraceSearch() {
  const trpc = useTRPC();
  const { length } = useWindow();
  const { filters } = useTraceFilters();
  const { state } = useLive();
  const input = useMemo(() => ({ length, ...filters }), [length, filters]);
  const key = JSON.stringify(input);

  const head = useQuery(
    trpc.traces.search.queryOptions(input, {
      refetchInterval: state === "paused" ? false : refreshMs,
      placeholderData: keepPreviousData,
    }),
  );
  const fresh = head.isPlaceholderData ? undefined : head.data;
  const [held, setHeld] = useState<{ key: string; page: TracePageOfRows }>();
  // The first answer to a question is shown as it is, during the same render: no flash of the previous list.
  if (fresh && held?.key !== key) setHeld({ key, page: fresh });

  const page = held?.page;
  const older = useInfiniteQuery(
    trpc.traces.search.infiniteQueryOptions(
      { ...input, untilMs: page?.untilMs },
      {
        ...(page?.next === undefined ? {} : { initialCursor: page.next }),
        getNextPageParam: (last) => last.next,
        enabled: false,
        staleTime: Number.POSITIVE_INFINITY,
      },
    ),
  );
  const olderRows = useMemo(() => older.data?.pages.flatMap((one) => one.traces) ?? [], [older.data]);
  const rows = useMemo(
    () => (page ? [...refreshed(page.traces, fresh?.traces ?? []), ...olderRows] : []),
    [page, fresh, olderRows],
  );

  const showNew = useCallback(() => {
    if (fresh) setHeld({ key, page: fresh });
  }, [fresh, key]);
  return {
    head,
    rows,
    /** The window that the rows are from. */
    page,
    waiting: page && fresh && held?.key === key ? newTraces(rows, fresh.traces) : 0,
    showNew,
    hasOlder: older.data ? older.hasNextPage : page?.next !== undefined,
    loadOlder: () => void older.fetchNextPage(),
    olderState: older,
  };
}
