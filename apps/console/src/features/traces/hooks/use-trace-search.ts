"use client";

import { keepPreviousData, useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { parseAsInteger, useQueryStates } from "nuqs";
import { useCallback, useEffect, useMemo, useState } from "react";
import { useTRPC } from "../../../client/trpc.ts";
import type { TracePageOfRows } from "../../../server/traces/search.ts";
import { useLive } from "../../live/index.ts";
import { useScope } from "../../scope/index.ts";
import { useWindow } from "../../time/index.ts";
import { newTraces, refreshed } from "../view-model/new-traces.ts";
import type { TraceQuery } from "../view-model/query/trace-query.ts";

const refreshMs = 4_000;
/** A link to more is shown as far as this. */
const mostPages = 40;

/**
 * Found traces, the newest first. New ones are counted, not put in, until `showNew` is called. `loadOlder` goes on from
 * the end of what is shown, and holds the window where it is (`?until=&pages=`), so that a link shows the same pages.
 */
export function useTraceSearch(query: TraceQuery) {
  const trpc = useTRPC();
  const { length } = useWindow();
  const { state } = useLive();
  const [{ until, pages }, setPages] = useQueryStates({ until: parseAsInteger, pages: parseAsInteger });
  const { asked } = useScope();
  const input = useMemo(
    () => ({ length, ...asked, ...query, attributes: [...query.attributes] }),
    [length, asked, query],
  );
  const key = JSON.stringify([input, until]);

  const head = useQuery(
    trpc.traces.search.queryOptions(
      { ...input, untilMs: until ?? undefined },
      {
        refetchInterval: state === "paused" || until !== null ? false : refreshMs,
        placeholderData: keepPreviousData,
      },
    ),
  );
  const fresh = head.isPlaceholderData ? undefined : head.data;
  const [held, setHeld] = useState<{ key: string; page: TracePageOfRows }>();
  // The first answer to a question is shown as it is, during the same render: no flash of the previous list. So is the
  // first that found any: an empty list has nothing that would move, and time may have run out before anything was found.
  const foundFirst = held?.page.traces.length === 0 && (fresh?.traces.length ?? 0) > 0 && pages === null;
  if (fresh && (held?.key !== key || foundFirst)) setHeld({ key, page: fresh });

  const page = held?.page;
  const wanted = Math.min(mostPages, pages ?? 0);
  const older = useInfiniteQuery(
    trpc.traces.search.infiniteQueryOptions(
      { ...input, untilMs: page?.untilMs },
      {
        ...(page?.next === undefined ? {} : { initialCursor: page.next }),
        getNextPageParam: (last) => last.next,
        enabled: wanted > 0 && page?.next !== undefined,
        staleTime: Number.POSITIVE_INFINITY,
      },
    ),
  );
  const { fetchNextPage, hasNextPage, isFetching, isError } = older;
  const read = older.data?.pages.length ?? 0;
  useEffect(() => {
    if (read > 0 && read < wanted && hasNextPage && !isFetching && !isError) void fetchNextPage();
  }, [read, wanted, hasNextPage, isFetching, isError, fetchNextPage]);

  const olderPages = wanted > 0 ? older.data?.pages : undefined;
  const rows = useMemo(
    () =>
      page
        ? [
            ...refreshed(page.traces, fresh?.traces ?? []),
            ...(olderPages?.flatMap((one) => one.traces) ?? []),
          ]
        : [],
    [page, fresh, olderPages],
  );
  const showNew = useCallback(() => {
    if (fresh) setHeld({ key, page: fresh });
    void setPages({ until: null, pages: null });
  }, [fresh, key, setPages]);
  const last = olderPages?.at(-1) ?? page;
  return {
    head,
    rows,
    /** The window that the rows are from. */
    page,
    waiting: page && fresh && held?.key === key ? newTraces(rows, fresh.traces) : 0,
    showNew,
    /** The window stays where it was when older traces were asked for. */
    isPinned: until !== null,
    hasOlder: last?.next !== undefined && wanted < mostPages,
    /** Of what began before, nothing is known yet. */
    searchedBackToMs: last?.searchedBackToMs,
    loadOlder: () =>
      isError
        ? void older.refetch()
        : void setPages({ until: page?.untilMs ?? null, pages: Math.max(read, wanted) + 1 }),
    olderState: older,
  };
}
