"use client";

import { type QueryClient, queryOptions, useQuery, useQueryClient } from "@tanstack/react-query";
import { alone } from "../../../client/make-clients.ts";
import { useTRPCClient } from "../../../client/trpc.ts";
import type { FoundTrace } from "../../../server/traces/by-id.ts";
import type { TraceLayout } from "../view-model/lay-out-trace.ts";
import { layOutInTurns } from "./lay-out-in-turns.ts";

export interface LaidOutTrace {
  readonly trace: FoundTrace;
  readonly layout: TraceLayout;
}

const retryMs = 3_000;
/** Spans of one trace come from many sidecars, each with its own batch: a young trace may not be whole. */
const settledAfterMs = 20_000;

/**
 * A trace with what is drawn of it; null: it is not here. Read again while it may still grow, unless `paused`. Asked for at
 * once, while React still takes over what the server drew, and laid out as it comes: the page draws once.
 */
export function useLaidOutTrace(traceId: string, paused: boolean) {
  const queries = useQueryClient();
  const options = useOptions(traceId, queries);
  // An effect would begin a third of a second later, on a page that opens with the trace.
  if (typeof window !== "undefined" && queries.getQueryState(options.queryKey) === undefined)
    void queries.prefetchQuery(options);
  return useQuery({
    ...options,
    refetchInterval: ({ state: { data } }) => {
      if (paused) return false;
      if (!data) return retryMs;
      return data.trace.nowMs - data.trace.endMs < settledAfterMs ? retryMs : false;
    },
  });
}

function useOptions(traceId: string, queries: QueryClient) {
  const client = useTRPCClient();
  const queryKey = [["traces", "laidOut"], traceId];
  return queryOptions<LaidOutTrace | null>({
    queryKey,
    // The tree goes in circles, and is new or the same as a whole.
    structuralSharing: false,
    queryFn: async ({ signal }) => {
      const trace = await client.traces.byId.query({ traceId }, { ...alone, signal });
      if (!trace.found) return null;
      const before = queries.getQueryData<LaidOutTrace | null>(queryKey);
      const same = before?.trace.columns === trace.columns;
      return { trace, layout: same ? before.layout : await layOutInTurns(trace) };
    },
  });
}
