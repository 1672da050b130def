"use client";

import { useQuery } from "@tanstack/react-query";
import { useSubscription } from "@trpc/tanstack-react-query";
import { useCallback, useEffect, useState } from "react";
import { useTRPC } from "../../../client/trpc.ts";
import type { TapFilter } from "../../../server/tap/tap-filter.ts";
import { emptyTapList, resumed, withBatch } from "../view-model/tap-list.ts";

/**
 * Requests as they come; begins anew with another filter. `held` keeps what is shown as it is, but for `letIn`, which
 * shows what has come until now.
 */
export function useTap(filter: TapFilter, held: boolean) {
  const trpc = useTRPC();
  const [list, setList] = useState(emptyTapList);
  const recent = useQuery(
    trpc.tap.recent.queryOptions(filter, { staleTime: Number.POSITIVE_INFINITY, gcTime: 0 }),
  );
  // biome-ignore lint/correctness/useExhaustiveDependencies: another filter is another list
  useEffect(() => setList(emptyTapList), [filter]);
  useEffect(() => {
    if (recent.data) setList((now) => withBatch(now, { requests: recent.data, missed: 0 }, false));
  }, [recent.data]);
  const tail = useSubscription(
    trpc.tap.requests.subscriptionOptions(filter, {
      onData: (batch) => setList((now) => withBatch(now, batch, held)),
    }),
  );
  useEffect(() => {
    if (!held) setList(resumed);
  }, [held]);
  const letIn = useCallback(() => setList(resumed), []);
  return { list, letIn, recent, isConnected: tail.status === "pending", error: tail.error };
}
